"""Works: routed proposals on their way, their progress, and what residents say of their end; steps of innovations

Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


EVENTS = (
    'submit', 'publish', 'return', 'resubmit', 'reject', 'appeal', 'merge', 'shortlist', 'select', 'defer', 'reopen',
    'escalate', 'route', 'plan', 'budget', 'start', 'finish', 'withdraw', 'undo', 'separate', 'take_in', 'give_back',
    'split', 'visit', 'visited', 'verdict', 'deviate', 'revise',
)


def allow(events: tuple[str, ...]) -> None:
    """Change which events the timeline takes."""
    listed = ', '.join(f"'{code}'" for code in events)
    with op.batch_alter_table('proposal_timeline', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_proposal_timeline_event'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_proposal_timeline_event'), f'event IN ({listed})')


def upgrade() -> None:
    allow((*EVENTS, 'advance'))
    op.create_table('works',
    sa.Column('proposal_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('plan_year', sa.Integer(), nullable=False),
    sa.Column('plan_code', sa.String(length=40), nullable=False),
    sa.Column('plan_name', sa.String(length=200), nullable=False),
    sa.Column('budget_year', sa.Integer(), nullable=True),
    sa.Column('budget_code', sa.String(length=40), nullable=True),
    sa.Column('budget_name', sa.String(length=200), nullable=True),
    sa.Column('budget_fund', sa.Enum('regency', 'province', 'nation', 'village', 'company', 'community', 'other', name='fund', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('budget_amount', sa.BigInteger(), nullable=True),
    sa.Column('done_by', sa.String(length=120), nullable=True),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('finished_on', sa.Date(), nullable=True),
    sa.Column('final_cost', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('(budget_amount IS NULL) = (budget_year IS NULL)', name=op.f('ck_works_budget')),
    sa.CheckConstraint('budget_amount > 0 AND final_cost >= 0', name=op.f('ck_works_amounts')),
    sa.CheckConstraint('due_on >= started_on AND finished_on >= started_on', name=op.f('ck_works_days')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_works_agency_id_agencies')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_works_proposal_id_proposals')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_works_regency_code_regencies')),
    sa.PrimaryKeyConstraint('proposal_id', name=op.f('pk_works'))
    )
    with op.batch_alter_table('works', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_works_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_works_regency_code'), ['regency_code'], unique=False)

    op.create_table('work_checks',
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Enum('done', 'not_yet', 'different', name='answer', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_work_checks_person_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['works.proposal_id'], name=op.f('fk_work_checks_proposal_id_works')),
    sa.PrimaryKeyConstraint('proposal_id', 'person_id', name=op.f('pk_work_checks'))
    )
    with op.batch_alter_table('work_checks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_work_checks_person_id'), ['person_id'], unique=False)

    op.create_table('work_progress',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('reached_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('percent BETWEEN 0 AND 100', name=op.f('ck_work_progress_percent')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_work_progress_by_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['works.proposal_id'], name=op.f('fk_work_progress_proposal_id_works')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_progress')),
    sa.UniqueConstraint('proposal_id', 'percent', name=op.f('uq_work_progress_proposal_id_percent'))
    )


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM proposal_timeline WHERE event = 'advance'"))
    allow(EVENTS)
    op.drop_table('work_progress')
    with op.batch_alter_table('work_checks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_work_checks_person_id'))

    op.drop_table('work_checks')
    with op.batch_alter_table('works', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_works_regency_code'))
        batch_op.drop_index(batch_op.f('ix_works_agency_id'))

    op.drop_table('works')
