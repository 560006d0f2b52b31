"""How long answers took, counted as they are given; proposals by the form that they came with

What was answered before is counted by `flask moderation recount`.

Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposals_form_key'), ['form_key'], unique=False)

    op.create_table('service_answers',
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('desk', sa.String(length=24), nullable=False),
    sa.Column('district_code', sa.String(length=13), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('is_in_time', sa.Boolean(), nullable=False),
    sa.CheckConstraint('days >= 0', name=op.f('ck_service_answers_days')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_service_answers_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['district_code'], ['regions.code'], name=op.f('fk_service_answers_district_code_regions')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_service_answers_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('proposal_id', 'place', name=op.f('pk_service_answers'))
    )
    with op.batch_alter_table('service_answers', schema=None) as batch_op:
        batch_op.create_index('ix_service_answers_counted', ['cycle_id', 'desk', 'district_code', 'days', 'is_in_time'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('service_answers', schema=None) as batch_op:
        batch_op.drop_index('ix_service_answers_counted')

    op.drop_table('service_answers')
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposals_form_key'))
