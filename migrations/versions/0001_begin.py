"""The first tables: regions, plans, people, cycles, proposals, support, voting, innovations, the log

Revises: 
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('audit_entries',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('act', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entries_subject'), ['subject'], unique=False)

    op.create_table('regions',
    sa.Column('code', sa.String(length=13), nullable=False),
    sa.Column('level', sa.Enum('regency', 'district', 'village', name='region_level', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('kind', sa.Enum('kabupaten', 'kota', 'kecamatan', 'desa', 'kelurahan', name='region_kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('parent_code', sa.String(length=13), nullable=True),
    sa.Column('latitude', sa.Double(), nullable=False),
    sa.Column('longitude', sa.Double(), nullable=False),
    sa.Column('boundary', sa.JSON(none_as_null=True), nullable=True),
    sa.ForeignKeyConstraint(['parent_code'], ['regions.code'], name=op.f('fk_regions_parent_code_regions')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_regions'))
    )
    with op.batch_alter_table('regions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_regions_parent_code'), ['parent_code'], unique=False)

    op.create_table('sign_in_tries',
    sa.Column('name_digest', sa.String(length=64), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name_digest', 'since', name=op.f('pk_sign_in_tries'))
    )
    op.create_table('people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('card_number', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('phone', sa.String(length=16), nullable=True),
    sa.Column('password_hash', sa.String(length=160), nullable=True),
    sa.Column('village_code', sa.String(length=13), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.CheckConstraint('level BETWEEN 0 AND 2', name=op.f('ck_people_level')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_people_village_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('card_number', name=op.f('uq_people_card_number')),
    sa.UniqueConstraint('form_key', name=op.f('uq_people_form_key'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_people_phone'), ['phone'], unique=False)
        batch_op.create_index('ix_people_village_waiting', ['village_code', 'level', 'id'], unique=False)

    op.create_table('regencies',
    sa.Column('code', sa.String(length=13), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('number_prefix', sa.String(length=5), nullable=False),
    sa.Column('time_zone', sa.String(length=40), nullable=False),
    sa.Column('capital', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['code'], ['regions.code'], name=op.f('fk_regencies_code_regions')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_regencies')),
    sa.UniqueConstraint('number_prefix', name=op.f('uq_regencies_number_prefix')),
    sa.UniqueConstraint('slug', name=op.f('uq_regencies_slug'))
    )
    op.create_table('agencies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('short_name', sa.String(length=60), nullable=False),
    sa.Column('needs_check', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_agencies_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agencies')),
    sa.UniqueConstraint('regency_code', 'short_name', name=op.f('uq_agencies_regency_code_short_name'))
    )
    op.create_table('attestations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('attester_id', sa.Integer(), nullable=False),
    sa.Column('document', sa.Enum('ktp', 'kk', 'known', name='document', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attester_id'], ['people.id'], name=op.f('fk_attestations_attester_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_attestations_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attestations')),
    sa.UniqueConstraint('person_id', name=op.f('uq_attestations_person_id'))
    )
    with op.batch_alter_table('attestations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attestations_attester_id'), ['attester_id'], unique=False)

    op.create_table('cycles',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('plan_year', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_cycles_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cycles')),
    sa.UniqueConstraint('regency_code', 'plan_year', name=op.f('uq_cycles_regency_code_plan_year'))
    )
    op.create_table('innovation_sequences',
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_innovation_sequences_regency_code_regencies')),
    sa.PrimaryKeyConstraint('regency_code', name=op.f('pk_innovation_sequences'))
    )
    op.create_table('misi',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('short', sa.String(length=60), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_misi_number')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_misi_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_misi')),
    sa.UniqueConstraint('regency_code', 'number', name=op.f('uq_misi_regency_code_number'))
    )
    op.create_table('pillars',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('national', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_pillars_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pillars')),
    sa.UniqueConstraint('regency_code', 'number', name=op.f('uq_pillars_regency_code_number'))
    )
    with op.batch_alter_table('pillars', schema=None) as batch_op:
        batch_op.create_index('uq_pillars_national', ['number'], unique=True, sqlite_where=sa.text('regency_code IS NULL'), postgresql_where=sa.text('regency_code IS NULL'))

    op.create_table('plans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('kind', sa.Enum('RPJMD', 'RAD', name='plan_kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('first_year', sa.Integer(), nullable=False),
    sa.Column('last_year', sa.Integer(), nullable=False),
    sa.Column('vision', sa.Text(), nullable=False),
    sa.Column('vision_meaning', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('innovations_counted', sa.Integer(), nullable=True),
    sa.Column('innovations_counted_note', sa.Text(), nullable=False),
    sa.CheckConstraint('last_year >= first_year', name=op.f('ck_plans_years')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_plans_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plans')),
    sa.UniqueConstraint('regency_code', 'kind', 'first_year', name=op.f('uq_plans_regency_code_kind_first_year'))
    )
    op.create_table('role_grants',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('facilitator', 'moderator', 'planner', 'officer', 'auditor', 'administrator', name='role', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('scope', sa.String(length=13), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('granted_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('until IS NULL OR until > since', name=op.f('ck_role_grants_until_after_since')),
    sa.ForeignKeyConstraint(['granted_by_id'], ['people.id'], name=op.f('fk_role_grants_granted_by_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_role_grants_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grants'))
    )
    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grants_person_id'), ['person_id'], unique=False)

    op.create_table('ceilings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('region_code', sa.String(length=13), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_ceilings_amount')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_ceilings_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['region_code'], ['regions.code'], name=op.f('fk_ceilings_region_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ceilings')),
    sa.UniqueConstraint('cycle_id', 'region_code', name=op.f('uq_ceilings_cycle_id_region_code'))
    )
    op.create_table('contests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('region_code', sa.String(length=13), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('ceiling', sa.BigInteger(), nullable=False),
    sa.Column('max_choices', sa.Integer(), nullable=False),
    sa.Column('rule', sa.Enum('most_votes', name='rule', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('status', sa.Enum('prepared', 'opened', 'closed', 'certified', 'cancelled', name='contest_status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('opens', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes', sa.DateTime(timezone=True), nullable=False),
    sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('draw_seed', sa.String(length=64), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('close_reason', sa.Text(), nullable=False),
    sa.Column('certified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('certified_by_id', sa.Integer(), nullable=True),
    sa.Column('ballot_count', sa.Integer(), nullable=True),
    sa.CheckConstraint("(status = 'certified') = (certified_at IS NOT NULL)", name=op.f('ck_contests_certified')),
    sa.CheckConstraint("(status IN ('closed', 'certified')) = (closed_at IS NOT NULL)", name=op.f('ck_contests_closed')),
    sa.CheckConstraint("(status IN ('prepared', 'cancelled')) = (opened_at IS NULL)", name=op.f('ck_contests_opened')),
    sa.CheckConstraint('(certified_at IS NULL) = (ballot_count IS NULL)', name=op.f('ck_contests_counted')),
    sa.CheckConstraint('(opened_at IS NULL) = (draw_seed IS NULL)', name=op.f('ck_contests_drawn')),
    sa.CheckConstraint('ceiling > 0', name=op.f('ck_contests_ceiling')),
    sa.CheckConstraint('closed_at IS NULL OR closed_at >= closes OR length(close_reason) >= 10', name=op.f('ck_contests_closed_early')),
    sa.CheckConstraint('closes > opens', name=op.f('ck_contests_window')),
    sa.CheckConstraint('max_choices BETWEEN 1 AND 5', name=op.f('ck_contests_max_choices')),
    sa.CheckConstraint('substr(region_code, 1, length(regency_code)) = regency_code', name=op.f('ck_contests_region')),
    sa.ForeignKeyConstraint(['certified_by_id'], ['people.id'], name=op.f('fk_contests_certified_by_id_people')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_contests_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_contests_regency_code_regencies')),
    sa.ForeignKeyConstraint(['region_code'], ['regions.code'], name=op.f('fk_contests_region_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contests'))
    )
    with op.batch_alter_table('contests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contests_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index('ix_contests_regency', ['regency_code', 'status', 'closes'], unique=False)

    op.create_table('number_sequences',
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_number_sequences_cycle_id_cycles')),
    sa.PrimaryKeyConstraint('cycle_id', name=op.f('pk_number_sequences'))
    )
    op.create_table('phases',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('gathering', 'review', 'voting', 'results', 'delivery', name='phase_kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('opens', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('closes > opens', name=op.f('ck_phases_window')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_phases_cycle_id_cycles')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phases')),
    sa.UniqueConstraint('cycle_id', 'kind', name=op.f('uq_phases_cycle_id_kind'))
    )
    op.create_table('plan_values',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('meaning', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_plan_values_plan_id_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_values')),
    sa.UniqueConstraint('plan_id', 'position', name=op.f('uq_plan_values_plan_id_position'))
    )
    op.create_table('proposals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=16), nullable=True),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('village_code', sa.String(length=13), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('typed_by_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=36), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('work', sa.Text(), nullable=False),
    sa.Column('hamlet', sa.String(length=60), nullable=False),
    sa.Column('volume', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('estimate', sa.BigInteger(), nullable=False),
    sa.Column('beneficiaries', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('draft', 'submitted', 'returned', 'published', 'merged', 'rejected', 'shortlisted', 'selected', 'deferred', 'escalated', 'routed', 'planned', 'budgeted', 'underway', 'completed', 'withdrawn', name='status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('holder', sa.Enum('author', 'moderator', 'residents', 'planner', 'agency', 'nobody', name='holder', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('held_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('support_count', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('draft', 'withdrawn')) OR number IS NOT NULL", name=op.f('ck_proposals_number_once_submitted')),
    sa.CheckConstraint('estimate >= 0 AND volume > 0 AND beneficiaries >= 0', name=op.f('ck_proposals_amounts')),
    sa.CheckConstraint('support_count >= 0', name=op.f('ck_proposals_support_count')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_proposals_author_id_people')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_proposals_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_proposals_regency_code_regencies')),
    sa.ForeignKeyConstraint(['typed_by_id'], ['people.id'], name=op.f('fk_proposals_typed_by_id_people')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_proposals_village_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposals')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_proposals_author_id_form_key')),
    sa.UniqueConstraint('number', name=op.f('uq_proposals_number'))
    )
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposals_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index('ix_proposals_newest', ['regency_code', 'public_since', 'id'], unique=False)
        batch_op.create_index('ix_proposals_queue', ['status', 'held_since', 'id'], unique=False)
        batch_op.create_index('ix_proposals_supported', ['regency_code', 'support_count', 'id'], unique=False)
        batch_op.create_index('ix_proposals_village', ['village_code', 'status', 'id'], unique=False)

    op.create_table('ballots',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('handle', sa.String(length=32), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_ballots_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'handle', name=op.f('pk_ballots')),
    sqlite_with_rowid=False
    )
    op.create_table('contest_options',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=False),
    sa.Column('votes', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.Enum('won', 'over_ceiling', 'no_votes', name='outcome', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('left_at_turn', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('(votes IS NULL) = (left_at_turn IS NULL)', name=op.f('ck_contest_options_left_counted')),
    sa.CheckConstraint('(votes IS NULL) = (outcome IS NULL)', name=op.f('ck_contest_options_outcome_counted')),
    sa.CheckConstraint('cost > 0', name=op.f('ck_contest_options_cost')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_contest_options_number')),
    sa.CheckConstraint('votes >= 0', name=op.f('ck_contest_options_votes')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_contest_options_contest_id_contests')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_contest_options_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contest_options')),
    sa.UniqueConstraint('contest_id', 'number', name=op.f('uq_contest_options_contest_id_number')),
    sa.UniqueConstraint('contest_id', 'proposal_id', name=op.f('uq_contest_options_contest_id_proposal_id'))
    )
    with op.batch_alter_table('contest_options', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contest_options_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('innovation_decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('novelty', sa.Boolean(), nullable=False),
    sa.Column('novelty_answer', sa.Text(), nullable=False),
    sa.Column('benefit', sa.Boolean(), nullable=False),
    sa.Column('benefit_answer', sa.Text(), nullable=False),
    sa.Column('no_burden', sa.Boolean(), nullable=False),
    sa.Column('no_burden_answer', sa.Text(), nullable=False),
    sa.Column('authority', sa.Boolean(), nullable=False),
    sa.Column('authority_answer', sa.Text(), nullable=False),
    sa.Column('replicable', sa.Boolean(), nullable=False),
    sa.Column('replicable_answer', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Enum('escalated', 'routed', name='outcome', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(outcome = 'escalated') = (novelty AND benefit AND no_burden AND authority AND replicable)", name=op.f('ck_innovation_decisions_five_yes')),
    sa.CheckConstraint("outcome = 'escalated' OR note <> ''", name=op.f('ck_innovation_decisions_note_when_routed')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_innovation_decisions_agency_id_agencies')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_innovation_decisions_decided_by_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_innovation_decisions_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovation_decisions')),
    sa.UniqueConstraint('proposal_id', name=op.f('uq_innovation_decisions_proposal_id'))
    )
    op.create_table('innovations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=16), nullable=False),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('expansion', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('stage', sa.Enum('idea', 'curation', 'proposal', 'assessed', 'trial_approved', 'trial', 'evaluation', 'adopted', 'institutionalised', 'replicating', 'revision', 'stopped', 'rejected', name='stage', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('stage_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('origin', sa.Enum('proposal', 'registered', name='origin', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('origin_proposal_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('initiator', sa.String(length=120), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(origin = 'proposal') = (origin_proposal_id IS NOT NULL)", name=op.f('ck_innovations_origin_proposal')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_innovations_agency_id_agencies')),
    sa.ForeignKeyConstraint(['origin_proposal_id'], ['proposals.id'], name=op.f('fk_innovations_origin_proposal_id_proposals')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_innovations_owner_id_people')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillars.id'], name=op.f('fk_innovations_pillar_id_pillars')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_innovations_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovations')),
    sa.UniqueConstraint('number', name=op.f('uq_innovations_number')),
    sa.UniqueConstraint('origin_proposal_id', name=op.f('uq_innovations_origin_proposal_id')),
    sa.UniqueConstraint('regency_code', 'name', name=op.f('uq_innovations_regency_code_name'))
    )
    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_innovations_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index('ix_innovations_board', ['regency_code', 'stage', 'stage_since', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_innovations_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_innovations_pillar_id'), ['pillar_id'], unique=False)

    op.create_table('proposal_misi',
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('misi_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['misi_id'], ['misi.id'], name=op.f('fk_proposal_misi_misi_id_misi')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_proposal_misi_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('proposal_id', 'misi_id', name=op.f('pk_proposal_misi'))
    )
    with op.batch_alter_table('proposal_misi', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposal_misi_misi_id'), ['misi_id'], unique=False)

    op.create_table('proposal_timeline',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.Enum('submit', 'publish', 'return', 'resubmit', 'reject', 'appeal', 'merge', 'shortlist', 'select', 'defer', 'reopen', 'escalate', 'route', 'plan', 'budget', 'start', 'finish', 'withdraw', name='event', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('status', sa.Enum('draft', 'submitted', 'returned', 'published', 'merged', 'rejected', 'shortlisted', 'selected', 'deferred', 'escalated', 'routed', 'planned', 'budgeted', 'underway', 'completed', 'withdrawn', name='status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('holder', sa.Enum('author', 'moderator', 'residents', 'planner', 'agency', 'nobody', name='holder', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason_code', sa.Enum('duplicate', 'location_unclear', 'already_built', 'not_authority', 'land_not_ready', 'over_ceiling', 'unreasonable_cost', 'incomplete', 'outside_plan', 'breaks_spatial_plan', 'private_data', 'not_selected', name='reason_code', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['people.id'], name=op.f('fk_proposal_timeline_actor_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_proposal_timeline_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposal_timeline'))
    )
    with op.batch_alter_table('proposal_timeline', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposal_timeline_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('roll',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_roll_contest_id_contests')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_roll_person_id_people')),
    sa.PrimaryKeyConstraint('contest_id', 'person_id', name=op.f('pk_roll')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('roll', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roll_person_id'), ['person_id'], unique=False)

    op.create_table('supports',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_supports_person_id_people')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_supports_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('person_id', 'proposal_id', name=op.f('pk_supports'))
    )
    with op.batch_alter_table('supports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_supports_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('innovation_history',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.Enum('register', 'pass', 'replicate', 'send_back', 'resume', 'stop', 'reject', name='stage_event', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('stage', sa.Enum('idea', 'curation', 'proposal', 'assessed', 'trial_approved', 'trial', 'evaluation', 'adopted', 'institutionalised', 'replicating', 'revision', 'stopped', 'rejected', name='stage', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.Enum('facilitator', 'moderator', 'planner', 'officer', 'auditor', 'administrator', name='role', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('lesson', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['people.id'], name=op.f('fk_innovation_history_actor_id_people')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_innovation_history_innovation_id_innovations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovation_history'))
    )
    with op.batch_alter_table('innovation_history', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_innovation_history_innovation_id'), ['innovation_id'], unique=False)

    op.create_table('innovation_misi',
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('misi_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_innovation_misi_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['misi_id'], ['misi.id'], name=op.f('fk_innovation_misi_misi_id_misi')),
    sa.PrimaryKeyConstraint('innovation_id', 'misi_id', name=op.f('pk_innovation_misi'))
    )
    with op.batch_alter_table('innovation_misi', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_innovation_misi_misi_id'), ['misi_id'], unique=False)

    op.create_table('innovation_provisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('initiative', 'assessment', 'decree', 'agency', 'trial_period', 'baseline', 'evaluation', 'regulation', 'people', 'budget', 'partner', 'pillar', 'rad_action', name='kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('legal_form', sa.Enum('assignment', 'agency_decree', 'regent_decree', 'regent_regulation', 'regional_regulation', name='legal_form', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('pillar_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=True),
    sa.Column('number', sa.String(length=80), nullable=True),
    sa.Column('person', sa.String(length=80), nullable=True),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('quantity', sa.Integer(), nullable=True),
    sa.Column('unit', sa.String(length=40), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(kind = 'initiative' AND title IS NOT NULL AND dated IS NOT NULL AND text IS NOT NULL) OR (kind = 'assessment' AND dated IS NOT NULL AND text IS NOT NULL) OR (kind = 'decree' AND number IS NOT NULL AND dated IS NOT NULL) OR (kind = 'agency' AND agency_id IS NOT NULL) OR (kind = 'trial_period' AND dated IS NOT NULL AND until IS NOT NULL) OR (kind = 'baseline' AND title IS NOT NULL AND quantity IS NOT NULL AND unit IS NOT NULL) OR (kind = 'evaluation' AND dated IS NOT NULL AND text IS NOT NULL) OR (kind = 'regulation' AND legal_form IS NOT NULL AND number IS NOT NULL AND dated IS NOT NULL AND title IS NOT NULL) OR (kind = 'people' AND person IS NOT NULL AND title IS NOT NULL) OR (kind = 'budget' AND title IS NOT NULL AND year IS NOT NULL AND amount IS NOT NULL) OR (kind = 'partner' AND title IS NOT NULL AND text IS NOT NULL) OR (kind = 'pillar' AND pillar_id IS NOT NULL) OR (kind = 'rad_action' AND title IS NOT NULL AND year IS NOT NULL AND quantity IS NOT NULL AND unit IS NOT NULL)", name=op.f('ck_innovation_provisions_complete')),
    sa.CheckConstraint('amount >= 0 AND quantity >= 0', name=op.f('ck_innovation_provisions_amounts')),
    sa.CheckConstraint('until >= dated', name=op.f('ck_innovation_provisions_period')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_innovation_provisions_added_by_id_people')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_innovation_provisions_agency_id_agencies')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_innovation_provisions_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillars.id'], name=op.f('fk_innovation_provisions_pillar_id_pillars')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovation_provisions'))
    )
    with op.batch_alter_table('innovation_provisions', schema=None) as batch_op:
        batch_op.create_index('ix_innovation_provisions_kind', ['innovation_id', 'kind'], unique=False)




def downgrade() -> None:

    with op.batch_alter_table('innovation_provisions', schema=None) as batch_op:
        batch_op.drop_index('ix_innovation_provisions_kind')

    op.drop_table('innovation_provisions')
    with op.batch_alter_table('innovation_misi', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_innovation_misi_misi_id'))

    op.drop_table('innovation_misi')
    with op.batch_alter_table('innovation_history', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_innovation_history_innovation_id'))

    op.drop_table('innovation_history')
    with op.batch_alter_table('supports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_supports_proposal_id'))

    op.drop_table('supports')
    with op.batch_alter_table('roll', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_roll_person_id'))

    op.drop_table('roll')
    with op.batch_alter_table('proposal_timeline', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposal_timeline_proposal_id'))

    op.drop_table('proposal_timeline')
    with op.batch_alter_table('proposal_misi', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposal_misi_misi_id'))

    op.drop_table('proposal_misi')
    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_innovations_pillar_id'))
        batch_op.drop_index(batch_op.f('ix_innovations_owner_id'))
        batch_op.drop_index('ix_innovations_board')
        batch_op.drop_index(batch_op.f('ix_innovations_agency_id'))

    op.drop_table('innovations')
    op.drop_table('innovation_decisions')
    with op.batch_alter_table('contest_options', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contest_options_proposal_id'))

    op.drop_table('contest_options')
    op.drop_table('ballots')
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.drop_index('ix_proposals_village')
        batch_op.drop_index('ix_proposals_supported')
        batch_op.drop_index('ix_proposals_queue')
        batch_op.drop_index('ix_proposals_newest')
        batch_op.drop_index(batch_op.f('ix_proposals_cycle_id'))

    op.drop_table('proposals')
    op.drop_table('plan_values')
    op.drop_table('phases')
    op.drop_table('number_sequences')
    with op.batch_alter_table('contests', schema=None) as batch_op:
        batch_op.drop_index('ix_contests_regency')
        batch_op.drop_index(batch_op.f('ix_contests_cycle_id'))

    op.drop_table('contests')
    op.drop_table('ceilings')
    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grants_person_id'))

    op.drop_table('role_grants')
    op.drop_table('plans')
    with op.batch_alter_table('pillars', schema=None) as batch_op:
        batch_op.drop_index('uq_pillars_national', sqlite_where=sa.text('regency_code IS NULL'), postgresql_where=sa.text('regency_code IS NULL'))

    op.drop_table('pillars')
    op.drop_table('misi')
    op.drop_table('innovation_sequences')
    op.drop_table('cycles')
    with op.batch_alter_table('attestations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attestations_attester_id'))

    op.drop_table('attestations')
    op.drop_table('agencies')
    op.drop_table('regencies')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_index('ix_people_village_waiting')
        batch_op.drop_index(batch_op.f('ix_people_phone'))

    op.drop_table('people')
    op.drop_table('sign_in_tries')
    with op.batch_alter_table('regions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_regions_parent_code'))

    op.drop_table('regions')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entries_subject'))

    op.drop_table('audit_entries')

