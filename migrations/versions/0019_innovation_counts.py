"""A resident enters an innovation in no role; an index that counts the board

Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

TALLIED = [
    'regency_code', 'stage', 'pillar_id', 'origin', 'stage_since', 'registered_at', 'silo_reasons', 'score', 'agency_id',
]


def upgrade() -> None:
    with op.batch_alter_table('innovation_history', schema=None) as batch_op:
        batch_op.alter_column('role', existing_type=sa.String(24), nullable=True)

    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.create_index('ix_innovations_tally', TALLIED, unique=False)


def downgrade() -> None:
    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.drop_index('ix_innovations_tally')

    op.execute(sa.text("UPDATE innovation_history SET role = 'facilitator' WHERE role IS NULL"))
    with op.batch_alter_table('innovation_history', schema=None) as batch_op:
        batch_op.alter_column('role', existing_type=sa.String(24), nullable=False)
