"""Indicators by year, evidence with its review, and the government's part of the index

Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('indicators',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('is_required', sa.Boolean(), nullable=False),
    sa.Column('needs_document', sa.Boolean(), nullable=False),
    sa.Column('file_kind', sa.Enum('pdf', 'image', 'video', name='file_kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.CheckConstraint('weight BETWEEN 1 AND 20', name=op.f('ck_indicators_weight')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicators')),
    sa.UniqueConstraint('year', 'number', name=op.f('uq_indicators_year_number'))
    )
    op.create_table('indicator_bases',
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=1), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('level_1', sa.String(length=200), nullable=False),
    sa.Column('level_2', sa.String(length=200), nullable=False),
    sa.Column('level_3', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicators.id'], name=op.f('fk_indicator_bases_indicator_id_indicators')),
    sa.PrimaryKeyConstraint('indicator_id', 'code', name=op.f('pk_indicator_bases'))
    )
    op.create_table('government_figures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('figure', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('figure BETWEEN 0 AND 630000', name=op.f('ck_government_figures_figure')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['people.id'], name=op.f('fk_government_figures_noted_by_id_people')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_government_figures_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_government_figures'))
    )
    with op.batch_alter_table('government_figures', schema=None) as batch_op:
        batch_op.create_index('ix_government_figures_year', ['regency_code', 'year', 'id'], unique=False)

    op.create_table('evidences',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('basis', sa.String(length=1), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('taken_from_id', sa.Integer(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'accepted', 'returned', name='state', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('accepted_level', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_because', sa.Text(), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (accepted_level IS NOT NULL)", name=op.f('ck_evidences_accepted')),
    sa.CheckConstraint("(state = 'waiting') = (reviewed_at IS NULL)", name=op.f('ck_evidences_reviewed')),
    sa.CheckConstraint("ended_because = '' OR ended_at IS NOT NULL", name=op.f('ck_evidences_ended')),
    sa.CheckConstraint("state = 'waiting' OR accepted_level = level OR reason <> ''", name=op.f('ck_evidences_reason')),
    sa.CheckConstraint('accepted_level BETWEEN 1 AND level', name=op.f('ck_evidences_accepted_level')),
    sa.CheckConstraint('level BETWEEN 1 AND 3', name=op.f('ck_evidences_level')),
    sa.CheckConstraint('reviewed_by_id <> added_by_id', name=op.f('ck_evidences_not_own')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_evidences_added_by_id_people')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['people.id'], name=op.f('fk_evidences_ended_by_id_people')),
    sa.ForeignKeyConstraint(['indicator_id', 'basis'], ['indicator_bases.indicator_id', 'indicator_bases.code'], name=op.f('fk_evidences_indicator_id_indicator_bases')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_evidences_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['people.id'], name=op.f('fk_evidences_reviewed_by_id_people')),
    sa.ForeignKeyConstraint(['taken_from_id'], ['evidences.id'], name=op.f('fk_evidences_taken_from_id_evidences')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidences'))
    )
    with op.batch_alter_table('evidences', schema=None) as batch_op:
        batch_op.create_index('ix_evidences_history', ['innovation_id', 'indicator_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidences_indicator_id'), ['indicator_id'], unique=False)
        batch_op.create_index('ix_evidences_waiting', ['at', 'id'], unique=False, sqlite_where=sa.text("ended_at IS NULL AND state = 'waiting'"), postgresql_where=sa.text("ended_at IS NULL AND state = 'waiting'"))
        batch_op.create_index('uq_evidences_current', ['innovation_id', 'indicator_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('evidences', schema=None) as batch_op:
        batch_op.drop_index('uq_evidences_current', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index('ix_evidences_waiting', sqlite_where=sa.text("ended_at IS NULL AND state = 'waiting'"), postgresql_where=sa.text("ended_at IS NULL AND state = 'waiting'"))
        batch_op.drop_index(batch_op.f('ix_evidences_indicator_id'))
        batch_op.drop_index('ix_evidences_history')

    op.drop_table('evidences')
    with op.batch_alter_table('government_figures', schema=None) as batch_op:
        batch_op.drop_index('ix_government_figures_year')

    op.drop_table('government_figures')
    op.drop_table('indicator_bases')
    op.drop_table('indicators')
