"""The moderators' desk: assignments, notes, visits, merges, splits, bulk answers, verdicts, points, reports

Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

EVENTS = (
    'submit', 'publish', 'return', 'resubmit', 'reject', 'appeal', 'merge', 'shortlist', 'select', 'defer', 'reopen',
    'escalate', 'route', 'plan', 'budget', 'start', 'finish', 'withdraw',
)
NEW_EVENTS = ('undo', 'separate', 'take_in', 'give_back', 'split', 'visit', 'visited', 'verdict', 'deviate')
REASONS = (
    'duplicate', 'location_unclear', 'already_built', 'not_authority', 'land_not_ready', 'over_ceiling',
    'unreasonable_cost', 'incomplete', 'outside_plan', 'breaks_spatial_plan', 'private_data',
)


def allow(column: str, codes: tuple[str, ...]) -> None:
    """Change which codes a column of the timeline takes."""
    listed = ', '.join(f"'{code}'" for code in codes)
    name = f'ck_proposal_timeline_{column}'
    with op.batch_alter_table('proposal_timeline', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(name), type_='check')
        batch_op.create_check_constraint(batch_op.f(name), f'{column} IN ({listed})')


def upgrade() -> None:
    allow('event', EVENTS + NEW_EVENTS)
    allow('reason_code', (*REASONS, 'wrong_agency', 'not_selected'))
    op.create_table('abuse_reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject_kind', sa.Enum('proposal', 'comment', name='subject_kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('village_code', sa.String(length=13), nullable=False),
    sa.Column('reporter_id', sa.Integer(), nullable=False),
    sa.Column('wrong', sa.Enum('private_data', 'insult', 'spam', 'false', name='wrong', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finding', sa.Enum('upheld', 'dismissed', name='finding', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(closed_at IS NULL) = (finding IS NULL)', name=op.f('ck_abuse_reports_closed')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_abuse_reports_author_id_people')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_abuse_reports_closed_by_id_people')),
    sa.ForeignKeyConstraint(['reporter_id'], ['people.id'], name=op.f('fk_abuse_reports_reporter_id_people')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_abuse_reports_village_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_abuse_reports')),
    sa.UniqueConstraint('subject_kind', 'subject_id', 'reporter_id', name=op.f('uq_abuse_reports_subject_kind_subject_id_reporter_id'))
    )
    with op.batch_alter_table('abuse_reports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_abuse_reports_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_abuse_reports_open', ['closed_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_abuse_reports_reporter_id'), ['reporter_id'], unique=False)

    op.create_table('batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('moderator_id', sa.Integer(), nullable=False),
    sa.Column('decision', sa.Enum('terbitkan', 'kembalikan', 'tolak', name='decision', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['moderator_id'], ['people.id'], name=op.f('fk_batches_moderator_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_batches'))
    )
    with op.batch_alter_table('batches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_batches_moderator_id'), ['moderator_id'], unique=False)

    op.create_table('criteria',
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=4), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('low', sa.String(length=120), nullable=False),
    sa.Column('middle', sa.String(length=120), nullable=False),
    sa.Column('high', sa.String(length=120), nullable=False),
    sa.CheckConstraint('weight BETWEEN 0 AND 100', name=op.f('ck_criteria_weight')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_criteria_cycle_id_cycles')),
    sa.PrimaryKeyConstraint('cycle_id', 'code', name=op.f('pk_criteria'))
    )
    op.create_table('village_sizes',
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('village_code', sa.String(length=13), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint('people > 0', name=op.f('ck_village_sizes_people')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_village_sizes_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_village_sizes_village_code_regions')),
    sa.PrimaryKeyConstraint('cycle_id', 'village_code', name=op.f('pk_village_sizes'))
    )
    op.create_table('assignments',
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('moderator_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['moderator_id'], ['people.id'], name=op.f('fk_assignments_moderator_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_assignments_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('proposal_id', name=op.f('pk_assignments'))
    )
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignments_moderator_id'), ['moderator_id'], unique=False)

    op.create_table('batch_items',
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('was_held_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('was_held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('was_public_since', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['batch_id'], ['batches.id'], name=op.f('fk_batch_items_batch_id_batches')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_batch_items_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('batch_id', 'proposal_id', name=op.f('pk_batch_items'))
    )
    with op.batch_alter_table('batch_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_batch_items_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('merges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('merged_id', sa.Integer(), nullable=False),
    sa.Column('into_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('was', sa.Enum('draft', 'submitted', 'returned', 'published', 'merged', 'rejected', 'shortlisted', 'selected', 'deferred', 'escalated', 'routed', 'planned', 'budgeted', 'underway', 'completed', 'withdrawn', name='status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('was_held_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('was_held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('was_public_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('merged_id <> into_id', name=op.f('ck_merges_not_itself')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_merges_by_id_people')),
    sa.ForeignKeyConstraint(['into_id'], ['proposals.id'], name=op.f('fk_merges_into_id_proposals')),
    sa.ForeignKeyConstraint(['merged_id'], ['proposals.id'], name=op.f('fk_merges_merged_id_proposals')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['people.id'], name=op.f('fk_merges_undone_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merges'))
    )
    with op.batch_alter_table('merges', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_merges_into_id'), ['into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_merges_merged_id'), ['merged_id'], unique=False)
        batch_op.create_index('uq_merges_in_force', ['merged_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('rank_notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('discussion', 'deviation', name='rank_note_kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('document', sa.String(length=120), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'deviation') = (place IS NOT NULL)", name=op.f('ck_rank_notes_place')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_rank_notes_by_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_rank_notes_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rank_notes'))
    )
    with op.batch_alter_table('rank_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rank_notes_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('review_notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_review_notes_author_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_review_notes_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_notes'))
    )
    with op.batch_alter_table('review_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_notes_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_notes_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('scores',
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=4), nullable=False),
    sa.Column('assessor_id', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('points BETWEEN 1 AND 5', name=op.f('ck_scores_points')),
    sa.ForeignKeyConstraint(['assessor_id'], ['people.id'], name=op.f('fk_scores_assessor_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_scores_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('proposal_id', 'code', 'assessor_id', name=op.f('pk_scores'))
    )
    with op.batch_alter_table('scores', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scores_assessor_id'), ['assessor_id'], unique=False)

    op.create_table('site_visits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('found_by_id', sa.Integer(), nullable=True),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finding', sa.Text(), nullable=True),
    sa.CheckConstraint('(found_at IS NULL) = (finding IS NULL)', name=op.f('ck_site_visits_finding')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_site_visits_asked_by_id_people')),
    sa.ForeignKeyConstraint(['found_by_id'], ['people.id'], name=op.f('fk_site_visits_found_by_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_site_visits_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site_visits'))
    )
    with op.batch_alter_table('site_visits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_site_visits_proposal_id'), ['proposal_id'], unique=False)
        batch_op.create_index('uq_site_visits_open', ['proposal_id'], unique=True, sqlite_where=sa.text('found_at IS NULL'), postgresql_where=sa.text('found_at IS NULL'))

    op.create_table('splits',
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_splits_by_id_people')),
    sa.ForeignKeyConstraint(['from_id'], ['proposals.id'], name=op.f('fk_splits_from_id_proposals')),
    sa.ForeignKeyConstraint(['part_id'], ['proposals.id'], name=op.f('fk_splits_part_id_proposals')),
    sa.PrimaryKeyConstraint('part_id', name=op.f('pk_splits'))
    )
    with op.batch_alter_table('splits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_splits_from_id'), ['from_id'], unique=False)

    op.create_table('verdicts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.Enum('village', 'planning', 'district', 'agency', 'regency', name='level', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('outcome', sa.Enum('accept', 'accept_with_changes', 'defer', 'return', 'reject', 'reroute', name='outcome', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('reason_code', sa.Enum('duplicate', 'location_unclear', 'already_built', 'not_authority', 'land_not_ready', 'over_ceiling', 'unreasonable_cost', 'incomplete', 'outside_plan', 'breaks_spatial_plan', 'private_data', 'wrong_agency', 'not_selected', name='reason_code', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('volume', sa.Integer(), nullable=True),
    sa.Column('budget', sa.BigInteger(), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('to_agency_id', sa.Integer(), nullable=True),
    sa.Column('document', sa.String(length=120), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(outcome = 'reroute') = (to_agency_id IS NOT NULL)", name=op.f('ck_verdicts_reroute')),
    sa.CheckConstraint("outcome = 'accept' OR reason <> ''", name=op.f('ck_verdicts_reason')),
    sa.CheckConstraint('budget IS NULL OR budget >= 0', name=op.f('ck_verdicts_budget')),
    sa.CheckConstraint('volume IS NULL OR volume > 0', name=op.f('ck_verdicts_volume')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_verdicts_agency_id_agencies')),
    sa.ForeignKeyConstraint(['given_by_id'], ['people.id'], name=op.f('fk_verdicts_given_by_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_verdicts_proposal_id_proposals')),
    sa.ForeignKeyConstraint(['to_agency_id'], ['agencies.id'], name=op.f('fk_verdicts_to_agency_id_agencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verdicts'))
    )
    with op.batch_alter_table('verdicts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_verdicts_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('merge_moves',
    sa.Column('merge_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('key', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['merge_id'], ['merges.id'], name=op.f('fk_merge_moves_merge_id_merges')),
    sa.PrimaryKeyConstraint('merge_id', 'kind', 'key', name=op.f('pk_merge_moves'))
    )


def downgrade() -> None:
    op.drop_table('merge_moves')
    with op.batch_alter_table('verdicts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_verdicts_proposal_id'))

    op.drop_table('verdicts')
    with op.batch_alter_table('splits', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_splits_from_id'))

    op.drop_table('splits')
    with op.batch_alter_table('site_visits', schema=None) as batch_op:
        batch_op.drop_index('uq_site_visits_open', sqlite_where=sa.text('found_at IS NULL'), postgresql_where=sa.text('found_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_site_visits_proposal_id'))

    op.drop_table('site_visits')
    with op.batch_alter_table('scores', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scores_assessor_id'))

    op.drop_table('scores')
    with op.batch_alter_table('review_notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_notes_proposal_id'))
        batch_op.drop_index(batch_op.f('ix_review_notes_author_id'))

    op.drop_table('review_notes')
    with op.batch_alter_table('rank_notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rank_notes_proposal_id'))

    op.drop_table('rank_notes')
    with op.batch_alter_table('merges', schema=None) as batch_op:
        batch_op.drop_index('uq_merges_in_force', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_merges_merged_id'))
        batch_op.drop_index(batch_op.f('ix_merges_into_id'))

    op.drop_table('merges')
    with op.batch_alter_table('batch_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_batch_items_proposal_id'))

    op.drop_table('batch_items')
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignments_moderator_id'))

    op.drop_table('assignments')
    op.drop_table('village_sizes')
    op.drop_table('criteria')
    with op.batch_alter_table('batches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_batches_moderator_id'))

    op.drop_table('batches')
    with op.batch_alter_table('abuse_reports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_abuse_reports_reporter_id'))
        batch_op.drop_index('ix_abuse_reports_open')
        batch_op.drop_index(batch_op.f('ix_abuse_reports_author_id'))

    op.drop_table('abuse_reports')
    # The older timeline has no words for these steps, and one reason less.
    newer = ', '.join(f"'{code}'" for code in NEW_EVENTS)
    op.execute(sa.text(f"DELETE FROM proposal_timeline WHERE event IN ({newer})"))
    op.execute(sa.text("UPDATE proposal_timeline SET reason_code = 'outside_plan' WHERE reason_code = 'wrong_agency'"))
    allow('event', EVENTS)
    allow('reason_code', (*REASONS, 'not_selected'))
