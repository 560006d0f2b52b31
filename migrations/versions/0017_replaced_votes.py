"""On which day a vote was replaced, and why a paper says what a third person has decided

Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('roll', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaced_on', sa.Date(), nullable=True))
    with op.batch_alter_table('paper_ballots', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=500), nullable=False, server_default=''))
    with op.batch_alter_table('paper_ballots', schema=None) as batch_op:
        batch_op.alter_column('reason', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('paper_ballots', schema=None) as batch_op:
        batch_op.drop_column('reason')
    with op.batch_alter_table('roll', schema=None) as batch_op:
        batch_op.drop_column('replaced_on')
