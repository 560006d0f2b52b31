"""What innovations stand on: commitments, legal acts, partners, tasks, replications, documents; and holds

Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

EVENTS = ('register', 'pass', 'replicate', 'send_back', 'resume', 'stop', 'reject')


def allow(events: tuple[str, ...]) -> None:
    """Change which events the history of an innovation takes."""
    listed = ', '.join(f"'{code}'" for code in events)
    with op.batch_alter_table('innovation_history', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_innovation_history_stage_event'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_innovation_history_stage_event'), f'event IN ({listed})')


def upgrade() -> None:
    op.create_table('stored_documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('attached_to', sa.String(length=24), nullable=False),
    sa.Column('attached_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('bytes', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('bytes > 0', name=op.f('ck_stored_documents_shows_something')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_stored_documents_owner_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_documents')),
    sa.UniqueConstraint('attached_to', 'attached_id', name=op.f('uq_stored_documents_attached_to_attached_id')),
    sa.UniqueConstraint('key', name=op.f('uq_stored_documents_key'))
    )
    op.create_table('commitments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('budget', 'people', 'technology', name='resource', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('state', sa.Enum('planned', 'agreed', 'delivered', 'withdrawn', name='commitment_state', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('person', sa.String(length=80), nullable=False),
    sa.Column('consented_on', sa.Date(), nullable=True),
    sa.Column('fund', sa.Enum('regency', 'province', 'nation', 'village', 'company', 'community', 'other', name='fund', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('planned_on', sa.Date(), nullable=True),
    sa.Column('agreed_on', sa.Date(), nullable=True),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawal', sa.Text(), nullable=False),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f('ck_commitments_withdrawn')),
    sa.CheckConstraint("kind <> 'budget' OR (fund IS NOT NULL AND amount IS NOT NULL AND until IS NOT NULL)", name=op.f('ck_commitments_budget')),
    sa.CheckConstraint("kind <> 'people' OR person <> ''", name=op.f('ck_commitments_people')),
    sa.CheckConstraint("state <> 'delivered' OR delivered_on IS NOT NULL", name=op.f('ck_commitments_delivered')),
    sa.CheckConstraint("state NOT IN ('agreed', 'delivered') OR agreed_on IS NOT NULL", name=op.f('ck_commitments_agreed')),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_commitments_amount')),
    sa.CheckConstraint('until >= since', name=op.f('ck_commitments_period')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_commitments_added_by_id_people')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_commitments_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['people.id'], name=op.f('fk_commitments_withdrawn_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitments'))
    )
    with op.batch_alter_table('commitments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commitments_innovation_id'), ['innovation_id'], unique=False)

    op.create_table('cover_warnings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.Enum('budget', 'people', 'technology', 'act', 'agreement', name='subject', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_cover_warnings_innovation_id_innovations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cover_warnings')),
    sa.UniqueConstraint('innovation_id', 'subject', 'ends_on', name=op.f('uq_cover_warnings_innovation_id_subject_ends_on'))
    )
    op.create_table('innovation_partners',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('agency', 'village', 'campus', 'company', 'media', 'community', name='partner_kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('village_code', sa.String(length=13), nullable=True),
    sa.Column('agreement', sa.String(length=200), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=True),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawal', sa.Text(), nullable=False),
    sa.CheckConstraint("(kind = 'agency') = (agency_id IS NOT NULL)", name=op.f('ck_innovation_partners_agency')),
    sa.CheckConstraint("(kind = 'village') = (village_code IS NOT NULL)", name=op.f('ck_innovation_partners_village')),
    sa.CheckConstraint('ends >= agreed_on', name=op.f('ck_innovation_partners_period')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_innovation_partners_added_by_id_people')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_innovation_partners_agency_id_agencies')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_innovation_partners_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_innovation_partners_village_code_regions')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['people.id'], name=op.f('fk_innovation_partners_withdrawn_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovation_partners'))
    )
    with op.batch_alter_table('innovation_partners', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_innovation_partners_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index('uq_innovation_partners_name', ['innovation_id', 'kind', 'name'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))

    op.create_table('legal_acts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('trial', 'use', name='purpose', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('form', sa.Enum('assignment', 'agency_decree', 'regent_decree', 'regent_regulation', 'regional_regulation', name='legal_form', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('state', sa.Enum('draft', 'harmonised', 'in_force', 'revoked', 'withdrawn', name='act_state', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('expires', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawal', sa.Text(), nullable=False),
    sa.CheckConstraint("(state = 'revoked') = (revoked_on IS NOT NULL)", name=op.f('ck_legal_acts_revoked')),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f('ck_legal_acts_withdrawn')),
    sa.CheckConstraint("state NOT IN ('in_force', 'revoked') OR (number <> '' AND dated IS NOT NULL)", name=op.f('ck_legal_acts_enacted')),
    sa.CheckConstraint('expires >= dated', name=op.f('ck_legal_acts_period')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_legal_acts_added_by_id_people')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_legal_acts_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['people.id'], name=op.f('fk_legal_acts_withdrawn_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_acts'))
    )
    with op.batch_alter_table('legal_acts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_legal_acts_innovation_id'), ['innovation_id'], unique=False)

    op.create_table('replications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('village_code', sa.String(length=13), nullable=False),
    sa.Column('state', sa.Enum('asked', 'confirmed', 'refused', 'ended', name='state', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('adopter', sa.String(length=160), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name=op.f('ck_replications_decided')),
    sa.CheckConstraint("state NOT IN ('refused', 'ended') OR reason <> ''", name=op.f('ck_replications_reason')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_replications_asked_by_id_people')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_replications_decided_by_id_people')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_replications_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_replications_village_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replications')),
    sa.UniqueConstraint('form_key', name=op.f('uq_replications_form_key'))
    )
    with op.batch_alter_table('replications', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_replications_innovation_id'), ['innovation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_replications_village_code'), ['village_code'], unique=False)
        batch_op.create_index('uq_replications_village', ['innovation_id', 'village_code'], unique=True, sqlite_where=sa.text("state IN ('asked', 'confirmed')"), postgresql_where=sa.text("state IN ('asked', 'confirmed')"))

    op.create_table('silo_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.String(length=120), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_silo_changes_innovation_id_innovations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_silo_changes'))
    )
    with op.batch_alter_table('silo_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_silo_changes_innovation_id'), ['innovation_id'], unique=False)

    op.create_table('innovation_tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('partner_id', sa.Integer(), nullable=True),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('open', 'done', 'dropped', name='task_state', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f('ck_innovation_tasks_closed')),
    sa.CheckConstraint('(agency_id IS NULL) = (partner_id IS NOT NULL)', name=op.f('ck_innovation_tasks_one_doer')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_innovation_tasks_added_by_id_people')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_innovation_tasks_agency_id_agencies')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_innovation_tasks_closed_by_id_people')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_innovation_tasks_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['partner_id'], ['innovation_partners.id'], name=op.f('fk_innovation_tasks_partner_id_innovation_partners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovation_tasks'))
    )
    with op.batch_alter_table('innovation_tasks', schema=None) as batch_op:
        batch_op.create_index('ix_innovation_tasks_agency', ['agency_id', 'state', 'due', 'id'], unique=False)
        batch_op.create_index('ix_innovation_tasks_innovation', ['innovation_id', 'state', 'due', 'id'], unique=False)

    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('held_until', sa.Date(), nullable=True))
    with op.batch_alter_table('innovation_history', schema=None) as batch_op:
        batch_op.add_column(sa.Column('until', sa.Date(), nullable=True))
    allow((*EVENTS[:3], 'hold', *EVENTS[3:]))
    with op.batch_alter_table('innovation_history', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_innovation_history_hold'), "(event = 'hold') = (until IS NOT NULL)")


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM innovation_history WHERE event = 'hold'"))
    with op.batch_alter_table('innovation_history', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_innovation_history_hold'), type_='check')
    allow(EVENTS)
    with op.batch_alter_table('innovation_history', schema=None) as batch_op:
        batch_op.drop_column('until')
    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.drop_column('held_until')
    with op.batch_alter_table('innovation_tasks', schema=None) as batch_op:
        batch_op.drop_index('ix_innovation_tasks_innovation')
        batch_op.drop_index('ix_innovation_tasks_agency')

    op.drop_table('innovation_tasks')
    with op.batch_alter_table('silo_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_silo_changes_innovation_id'))

    op.drop_table('silo_changes')
    with op.batch_alter_table('replications', schema=None) as batch_op:
        batch_op.drop_index('uq_replications_village', sqlite_where=sa.text("state IN ('asked', 'confirmed')"), postgresql_where=sa.text("state IN ('asked', 'confirmed')"))
        batch_op.drop_index(batch_op.f('ix_replications_village_code'))
        batch_op.drop_index(batch_op.f('ix_replications_innovation_id'))

    op.drop_table('replications')
    with op.batch_alter_table('legal_acts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_legal_acts_innovation_id'))

    op.drop_table('legal_acts')
    with op.batch_alter_table('innovation_partners', schema=None) as batch_op:
        batch_op.drop_index('uq_innovation_partners_name', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_innovation_partners_agency_id'))

    op.drop_table('innovation_partners')
    op.drop_table('cover_warnings')
    with op.batch_alter_table('commitments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_commitments_innovation_id'))

    op.drop_table('commitments')
    op.drop_table('stored_documents')
