"""The regional action plan: actions, indicators, targets, funds, and the innovations under them

Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rad_actions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=False),
    sa.Column('misi_id', sa.Integer(), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('program', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('risk', sa.Text(), nullable=False),
    sa.Column('risk_answer', sa.Text(), nullable=False),
    sa.Column('legal_form', sa.Enum('assignment', 'agency_decree', 'regent_decree', 'regent_regulation', 'regional_regulation', name='legal_form', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('legal_number', sa.String(length=80), nullable=False),
    sa.Column('legal_dated', sa.Date(), nullable=True),
    sa.Column('legal_title', sa.String(length=200), nullable=False),
    sa.Column('legal_status', sa.Enum('draft', 'harmonising', 'in_force', 'revoked', name='legal_status', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('status', sa.Enum('draft', 'adopted', 'ended', name='action_status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('status_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('end_reason', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(legal_form IS NULL) = (legal_title = '')", name=op.f('ck_rad_actions_legal_basis')),
    sa.CheckConstraint("(status = 'ended') = (end_reason <> '')", name=op.f('ck_rad_actions_ended')),
    sa.CheckConstraint('(legal_form IS NULL) = (legal_status IS NULL)', name=op.f('ck_rad_actions_legal_status_known')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_rad_actions_agency_id_agencies')),
    sa.ForeignKeyConstraint(['misi_id'], ['misi.id'], name=op.f('fk_rad_actions_misi_id_misi')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillars.id'], name=op.f('fk_rad_actions_pillar_id_pillars')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_rad_actions_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rad_actions')),
    sa.UniqueConstraint('regency_code', 'code', name=op.f('uq_rad_actions_regency_code_code'))
    )
    with op.batch_alter_table('rad_actions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rad_actions_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index('ix_rad_actions_matrix', ['regency_code', 'pillar_id', 'code'], unique=False)
        batch_op.create_index(batch_op.f('ix_rad_actions_misi_id'), ['misi_id'], unique=False)

    op.create_table('rad_funds',
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('source', sa.Enum('regency', 'province', 'state', 'village', 'company', 'community', name='source', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_rad_funds_amount')),
    sa.ForeignKeyConstraint(['action_id'], ['rad_actions.id'], name=op.f('fk_rad_funds_action_id_rad_actions')),
    sa.PrimaryKeyConstraint('action_id', 'year', 'source', name=op.f('pk_rad_funds'))
    )
    op.create_table('rad_indicators',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('measure', sa.Enum('output', 'outcome', name='measure', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('direction', sa.Enum('up', 'down', name='direction', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('baseline', sa.BigInteger(), nullable=False),
    sa.Column('baseline_year', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['rad_actions.id'], name=op.f('fk_rad_indicators_action_id_rad_actions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rad_indicators')),
    sa.UniqueConstraint('action_id', 'name', name=op.f('uq_rad_indicators_action_id_name'))
    )
    op.create_table('rad_supporters',
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['rad_actions.id'], name=op.f('fk_rad_supporters_action_id_rad_actions')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_rad_supporters_agency_id_agencies')),
    sa.PrimaryKeyConstraint('action_id', 'agency_id', name=op.f('pk_rad_supporters'))
    )
    with op.batch_alter_table('rad_supporters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rad_supporters_agency_id'), ['agency_id'], unique=False)

    op.create_table('rad_targets',
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['rad_indicators.id'], name=op.f('fk_rad_targets_indicator_id_rad_indicators')),
    sa.PrimaryKeyConstraint('indicator_id', 'year', name=op.f('pk_rad_targets'))
    )
    op.create_table('rad_innovations',
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['rad_actions.id'], name=op.f('fk_rad_innovations_action_id_rad_actions')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_rad_innovations_added_by_id_people')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_rad_innovations_innovation_id_innovations')),
    sa.PrimaryKeyConstraint('action_id', 'innovation_id', name=op.f('pk_rad_innovations'))
    )
    with op.batch_alter_table('rad_innovations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rad_innovations_innovation_id'), ['innovation_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('rad_innovations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rad_innovations_innovation_id'))

    op.drop_table('rad_innovations')
    op.drop_table('rad_targets')
    with op.batch_alter_table('rad_supporters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rad_supporters_agency_id'))

    op.drop_table('rad_supporters')
    op.drop_table('rad_indicators')
    op.drop_table('rad_funds')
    with op.batch_alter_table('rad_actions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rad_actions_misi_id'))
        batch_op.drop_index('ix_rad_actions_matrix')
        batch_op.drop_index(batch_op.f('ix_rad_actions_agency_id'))

    op.drop_table('rad_actions')
