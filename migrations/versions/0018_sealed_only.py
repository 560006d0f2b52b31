"""Sealed ballots only: what was counted, the fingerprints of counted envelopes, no box of open ballots any more

Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# The ballots of certified contests stay published, sorted; what is still open has to be finished before.
KEEP = (
    "INSERT INTO counted_ballots (contest_id, number, village, channel, choices) "
    "SELECT ballots.contest_id, row_number() OVER (PARTITION BY ballots.contest_id "
    "ORDER BY CAST(ballots.choices AS TEXT)), '', '', ballots.choices "
    "FROM ballots JOIN contests ON contests.id = ballots.contest_id WHERE contests.status = 'certified'"
)


def upgrade() -> None:
    op.create_table(
        "counted_leaves",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("length(leaf) = 32", name=op.f("ck_counted_leaves_leaf")),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_counted_leaves_contest_id_contests")),
        sa.PrimaryKeyConstraint("contest_id", "leaf", name=op.f("pk_counted_leaves")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("contests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counts", sa.Text(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_contests_counts"), "(counts IS NULL) = (box_sha256 IS NULL)")
    op.execute(sa.text(KEEP))
    op.drop_table("ballots")


def downgrade() -> None:
    op.create_table(
        "ballots",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(length=32), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_ballots_contest_id_contests")),
        sa.PrimaryKeyConstraint("contest_id", "handle", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("contests", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_contests_counts"), type_="check")
        batch_op.drop_column("counts")
    op.drop_table("counted_leaves")
