"""A group of villages is named by all its codes: a kecamatan has more of them than 200 letters hold

Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

KEPT = {'table_kwargs': {'sqlite_with_rowid': False}}


def upgrade() -> None:
    with op.batch_alter_table('counted_ballots', schema=None, **KEPT) as batch_op:
        batch_op.alter_column('village', existing_type=sa.String(length=200), type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('counted_ballots', schema=None, **KEPT) as batch_op:
        batch_op.alter_column('village', existing_type=sa.Text(), type_=sa.String(length=200), existing_nullable=False)
