"""An action of the plan meets its gate by itself; who pays, and how far a rule has come, are the codes of backing

Documents that told of an action are withdrawn: the innovation hangs under the action itself.

Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

REASON = 'Kini dicatat sebagai aksi RAD: gantungkan inovasi ini di bawah aksinya.'
SOURCES = ('regency', 'province', 'state', 'village', 'company', 'community')
FUNDS = ('regency', 'province', 'nation', 'village', 'company', 'community', 'other')
LEGAL_STATUSES = ('draft', 'harmonising', 'in_force', 'revoked')
ACT_STATES = ('draft', 'harmonised', 'in_force', 'revoked', 'withdrawn')


def recode(table: str, column: str, names: tuple[str, str], codes: tuple[str, ...], changed: dict[str, str]) -> None:
    """Give a column other codes, and its CHECK the name of them."""
    old, new = names
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(f'ck_{table}_{old}'), type_='check')
    for before, after in changed.items():
        where = sa.column(column) == before
        op.execute(sa.update(sa.table(table, sa.column(column))).where(where).values({column: after}))
    listed = ', '.join(f"'{code}'" for code in codes)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f(f'ck_{table}_{new}'), f'{column} IN ({listed})')


def upgrade() -> None:
    op.execute(
        sa.text(
            'UPDATE innovation_provisions SET withdrawn_at = CURRENT_TIMESTAMP, withdrawal = :reason'
            " WHERE kind = 'rad_action' AND withdrawn_at IS NULL"
        ).bindparams(reason=REASON)
    )
    recode('rad_funds', 'source', ('source', 'fund'), FUNDS, {'state': 'nation'})
    recode('rad_actions', 'legal_status', ('legal_status', 'act_state'), ACT_STATES, {'harmonising': 'harmonised'})


def downgrade() -> None:
    # A source that had no name of its own counts as the regency's, where that pays nothing in the year.
    op.execute(
        sa.text(
            "DELETE FROM rad_funds WHERE source = 'other' AND EXISTS (SELECT 1 FROM rad_funds AS own WHERE"
            " own.action_id = rad_funds.action_id AND own.year = rad_funds.year AND own.source = 'regency')"
        )
    )
    recode('rad_funds', 'source', ('fund', 'source'), SOURCES, {'nation': 'state', 'other': 'regency'})
    back = {'harmonised': 'harmonising', 'withdrawn': 'revoked'}
    recode('rad_actions', 'legal_status', ('act_state', 'legal_status'), LEGAL_STATUSES, back)
    op.execute(
        sa.text(
            "UPDATE innovation_provisions SET withdrawn_at = NULL, withdrawal = ''"
            " WHERE kind = 'rad_action' AND withdrawal = :reason"
        ).bindparams(reason=REASON)
    )
