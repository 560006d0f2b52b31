"""Proposals by district, every list in the order of an index, and words searched within a place

Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

OLD = {
    'ix_proposals_newest': ('regency_code', 'public_since', 'id'),
    'ix_proposals_supported': ('regency_code', 'support_count', 'id'),
    'ix_proposals_village': ('village_code', 'status', 'id'),
    'ix_proposals_queue': ('status', 'held_since', 'id'),
}
NEW = {
    'ix_proposals_newest': ('regency_code', 'public_since', 'id', 'status'),
    'ix_proposals_supported': ('regency_code', 'support_count', 'id', 'status', 'public_since'),
    'ix_proposals_queue': ('regency_code', 'status', 'held_since', 'id', 'held_until'),
    'ix_proposals_district_newest': ('district_code', 'public_since', 'id', 'status'),
    'ix_proposals_district_supported': ('district_code', 'support_count', 'id', 'status', 'public_since'),
    'ix_proposals_district_queue': ('district_code', 'status', 'held_since', 'id', 'held_until'),
    'ix_proposals_village_newest': ('village_code', 'public_since', 'id', 'status'),
    'ix_proposals_village_supported': ('village_code', 'support_count', 'id', 'status', 'public_since'),
    'ix_proposals_village_queue': ('village_code', 'status', 'held_since', 'id', 'held_until'),
    'ix_proposals_status_newest': ('regency_code', 'status', 'public_since', 'id'),
    'ix_proposals_status_supported': ('regency_code', 'status', 'support_count', 'id', 'public_since'),
    'ix_proposals_queue_of_all': ('status', 'held_since', 'id', 'held_until'),
}
FTS5 = "CREATE VIRTUAL TABLE search_index USING fts5({}, content='search_documents', content_rowid='id', {})"
TOKENS = "tokenize='unicode61 remove_diacritics 0'"
GIN = "CREATE INDEX ix_search_documents_terms ON search_documents USING gin ({})"
VECTOR = "tsvector GENERATED ALWAYS AS (to_tsvector('simple', places || ' ' || terms)) STORED"
# As app.search.rules.places_of writes them.
PLACES = """
    UPDATE search_documents SET places = (
        SELECT 'proposal' || replace(regency_code, '.', '') || ' proposal' || replace(district_code, '.', '')
        || ' proposal' || replace(village_code, '.', '') FROM proposals WHERE proposals.id = ref_id
    ) WHERE kind = 'proposal'"""


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def exchange(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> None:
    for name in old:
        op.drop_index(name, table_name='proposals')
    for name, columns in new.items():
        op.create_index(name, 'proposals', list(columns), unique=False)


def index_words(columns: str, options: str, gin: str) -> None:
    if is_sqlite():
        op.get_bind().exec_driver_sql(FTS5.format(columns, options))
        op.execute(sa.text("INSERT INTO search_index(search_index) VALUES ('rebuild')"))
    else:
        op.execute(sa.text(GIN.format(gin)))


def forget_words() -> None:
    op.execute(sa.text("DROP TABLE search_index" if is_sqlite() else "DROP INDEX ix_search_documents_terms"))


def upgrade() -> None:
    # SQLite stores such a column in new tables only; here it computes it.
    computed = sa.Computed("substr(village_code, 1, 8)", persisted=not is_sqlite())
    op.add_column('proposals', sa.Column('district_code', sa.String(length=8), computed, nullable=True))
    exchange(OLD, NEW)
    forget_words()
    with op.batch_alter_table('search_documents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('places', sa.Text(), server_default='', nullable=False))
    op.execute(sa.text(PLACES))
    with op.batch_alter_table('search_documents', schema=None) as batch_op:
        batch_op.alter_column('places', existing_type=sa.Text(), server_default=None)
    if not is_sqlite():
        op.execute(sa.text(f"ALTER TABLE search_documents ADD COLUMN search_vector {VECTOR}"))
    index_words("places, terms", f"{TOKENS}, prefix='2 3'", "search_vector")


def downgrade() -> None:
    forget_words()
    if not is_sqlite():
        op.drop_column('search_documents', 'search_vector')
    with op.batch_alter_table('search_documents', schema=None) as batch_op:
        batch_op.drop_column('places')
    index_words("terms", TOKENS, "to_tsvector('simple', terms)")
    for name in NEW:
        op.drop_index(name, table_name='proposals')
    op.drop_column('proposals', 'district_code')
    exchange({}, OLD)
