"""The stems of texts, and each engine's full-text index over them

Fill it with: flask search rebuild

Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

POSTGRESQL_INDEX = (
    "CREATE INDEX ix_search_documents_terms ON search_documents USING gin (to_tsvector('simple', terms))"
)
SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "terms, content='search_documents', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
)


def upgrade() -> None:
    op.create_table('search_documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('ref_id', sa.Integer(), nullable=False),
    sa.Column('terms', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_documents')),
    sa.UniqueConstraint('kind', 'ref_id', name=op.f('uq_search_documents_kind_ref_id'))
    )
    if op.get_bind().dialect.name == 'sqlite':
        op.get_bind().exec_driver_sql(SQLITE_INDEX)
    else:
        op.execute(sa.text(POSTGRESQL_INDEX))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text("DROP TABLE search_index"))
    op.drop_table('search_documents')
