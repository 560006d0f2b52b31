"""A catalog of works; what a proposal says of its entry, place and group, its versions, and answers given so far

Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('proposal_drafts',
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('typed_by_id', sa.Integer(), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_proposal_drafts_author_id_people')),
    sa.ForeignKeyConstraint(['typed_by_id'], ['people.id'], name=op.f('fk_proposal_drafts_typed_by_id_people')),
    sa.PrimaryKeyConstraint('author_id', 'form_key', name=op.f('pk_proposal_drafts'))
    )
    with op.batch_alter_table('proposal_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposal_drafts_typed_by_id'), ['typed_by_id'], unique=False)

    op.create_table('catalog_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('plan_year', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('definition', sa.String(length=300), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('price_low', sa.BigInteger(), nullable=True),
    sa.Column('price_high', sa.BigInteger(), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('authorities', sa.JSON(), nullable=False),
    sa.Column('misi_id', sa.Integer(), nullable=True),
    sa.Column('pillar', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('works', 'goods', 'service', 'training', 'grant', 'social_aid', 'referral', 'free', name='entry_kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('is_retired', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(price_low IS NULL) = (price_high IS NULL)', name=op.f('ck_catalog_entries_prices')),
    sa.CheckConstraint('price_low IS NULL OR price_low BETWEEN 1 AND price_high', name=op.f('ck_catalog_entries_price_order')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_catalog_entries_agency_id_agencies')),
    sa.ForeignKeyConstraint(['misi_id'], ['misi.id'], name=op.f('fk_catalog_entries_misi_id_misi')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_catalog_entries_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalog_entries')),
    sa.UniqueConstraint('regency_code', 'plan_year', 'code', name=op.f('uq_catalog_entries_regency_code_plan_year_code'))
    )
    with op.batch_alter_table('catalog_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_catalog_entries_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_catalog_entries_misi_id'), ['misi_id'], unique=False)

    op.create_table('proposal_versions',
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_proposal_versions_proposal_id_proposals')),
    sa.ForeignKeyConstraint(['written_by_id'], ['people.id'], name=op.f('fk_proposal_versions_written_by_id_people')),
    sa.PrimaryKeyConstraint('proposal_id', 'number', name=op.f('pk_proposal_versions'))
    )
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.add_column(sa.Column('entry_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('group_name', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('group_registration', sa.String(length=60), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('latitude', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('longitude', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('is_at_home', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f('ix_proposals_entry_id'), ['entry_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_proposals_entry_id_catalog_entries'), 'catalog_entries', ['entry_id'], ['id'])

    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.alter_column('group_name', existing_type=sa.String(length=80), server_default=None)
        batch_op.alter_column('group_registration', existing_type=sa.String(length=60), server_default=None)
        batch_op.alter_column('is_at_home', existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_proposals_entry_id_catalog_entries'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_proposals_entry_id'))
        batch_op.drop_column('is_at_home')
        batch_op.drop_column('longitude')
        batch_op.drop_column('latitude')
        batch_op.drop_column('group_registration')
        batch_op.drop_column('group_name')
        batch_op.drop_column('entry_id')

    op.drop_table('proposal_versions')
    with op.batch_alter_table('catalog_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_catalog_entries_misi_id'))
        batch_op.drop_index(batch_op.f('ix_catalog_entries_agency_id'))

    op.drop_table('catalog_entries')
    with op.batch_alter_table('proposal_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposal_drafts_typed_by_id'))

    op.drop_table('proposal_drafts')
