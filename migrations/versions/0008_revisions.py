"""The step of a published proposal that says something else from now on

Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

EVENTS = (
    'submit', 'publish', 'return', 'resubmit', 'reject', 'appeal', 'merge', 'shortlist', 'select', 'defer', 'reopen',
    'escalate', 'route', 'plan', 'budget', 'start', 'finish', 'withdraw', 'undo', 'separate', 'take_in', 'give_back',
    'split', 'visit', 'visited', 'verdict', 'deviate',
)


def allow(events: tuple[str, ...]) -> None:
    """Change which events the timeline takes."""
    listed = ', '.join(f"'{code}'" for code in events)
    with op.batch_alter_table('proposal_timeline', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_proposal_timeline_event'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_proposal_timeline_event'), f'event IN ({listed})')


def upgrade() -> None:
    allow((*EVENTS, 'revise'))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM proposal_timeline WHERE event = 'revise'"))
    allow(EVENTS)
