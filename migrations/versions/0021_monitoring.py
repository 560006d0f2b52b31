"""Monitoring: standings, quarterly reports, citizen checks and evaluations; innovations have indicators of their own

Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('citizen_checks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('is_attested', sa.Boolean(), nullable=False),
    sa.Column('answer', sa.Enum('yes', 'not_yet', 'wrong', name='answer', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_citizen_checks_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_citizen_checks_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_citizen_checks')),
    sa.UniqueConstraint('innovation_id', 'year', 'quarter', 'person_id', name=op.f('uq_citizen_checks_innovation_id_year_quarter_person_id'))
    )
    with op.batch_alter_table('citizen_checks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_citizen_checks_person_id'), ['person_id'], unique=False)

    op.create_table('monitoring_evaluations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.Enum('trial_end', 'yearly', name='occasion', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('finding', sa.Text(), nullable=False),
    sa.Column('recommendation', sa.Enum('continue', 'change', 'stop', 'replicate', name='recommendation', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_monitoring_evaluations_added_by_id_people')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_monitoring_evaluations_innovation_id_innovations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_monitoring_evaluations')),
    sa.UniqueConstraint('form_key', name=op.f('uq_monitoring_evaluations_form_key'))
    )
    with op.batch_alter_table('monitoring_evaluations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_monitoring_evaluations_innovation_id'), ['innovation_id'], unique=False)

    op.create_table('monitoring_reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=True),
    sa.Column('innovation_id', sa.Integer(), nullable=True),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('sent', 'returned', 'accepted', name='report_status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('physical', sa.BigInteger(), nullable=False),
    sa.Column('spent', sa.BigInteger(), nullable=False),
    sa.Column('obstacles', sa.Text(), nullable=False),
    sa.Column('follow_up', sa.Text(), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('achievement', sa.BigInteger(), nullable=True),
    sa.Column('light', sa.Enum('green', 'yellow', 'red', 'grey', name='progress', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.CheckConstraint("(status = 'sent') = (reviewed_at IS NULL)", name=op.f('ck_monitoring_reports_reviewed')),
    sa.CheckConstraint("status <> 'returned' OR comment <> ''", name=op.f('ck_monitoring_reports_reason')),
    sa.CheckConstraint('(action_id IS NULL) <> (innovation_id IS NULL)', name=op.f('ck_monitoring_reports_one_thing')),
    sa.CheckConstraint('physical BETWEEN 0 AND 1000000', name=op.f('ck_monitoring_reports_physical')),
    sa.CheckConstraint('quarter BETWEEN 1 AND 4', name=op.f('ck_monitoring_reports_quarter')),
    sa.CheckConstraint('spent >= 0', name=op.f('ck_monitoring_reports_spent')),
    sa.ForeignKeyConstraint(['action_id'], ['rad_actions.id'], name=op.f('fk_monitoring_reports_action_id_rad_actions')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_monitoring_reports_agency_id_agencies')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_monitoring_reports_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_monitoring_reports_regency_code_regencies')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['people.id'], name=op.f('fk_monitoring_reports_reviewed_by_id_people')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['people.id'], name=op.f('fk_monitoring_reports_sent_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_monitoring_reports')),
    sa.UniqueConstraint('action_id', 'year', 'quarter', name=op.f('uq_monitoring_reports_action_id_year_quarter')),
    sa.UniqueConstraint('innovation_id', 'year', 'quarter', name=op.f('uq_monitoring_reports_innovation_id_year_quarter'))
    )
    with op.batch_alter_table('monitoring_reports', schema=None) as batch_op:
        batch_op.create_index('ix_monitoring_reports_quarter', ['regency_code', 'year', 'quarter'], unique=False)

    op.create_table('monitoring_standings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=True),
    sa.Column('innovation_id', sa.Integer(), nullable=True),
    sa.Column('regency_code', sa.String(length=13), nullable=False),
    sa.Column('pillar_id', sa.Integer(), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('light', sa.Enum('green', 'yellow', 'red', 'grey', name='progress', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('achievement', sa.BigInteger(), nullable=True),
    sa.Column('alerts', sa.String(length=80), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(action_id IS NULL) <> (innovation_id IS NULL)', name=op.f('ck_monitoring_standings_one_thing')),
    sa.ForeignKeyConstraint(['action_id'], ['rad_actions.id'], name=op.f('fk_monitoring_standings_action_id_rad_actions')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_monitoring_standings_agency_id_agencies')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_monitoring_standings_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['pillar_id'], ['pillars.id'], name=op.f('fk_monitoring_standings_pillar_id_pillars')),
    sa.ForeignKeyConstraint(['regency_code'], ['regencies.code'], name=op.f('fk_monitoring_standings_regency_code_regencies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_monitoring_standings')),
    sa.UniqueConstraint('action_id', name=op.f('uq_monitoring_standings_action_id')),
    sa.UniqueConstraint('innovation_id', name=op.f('uq_monitoring_standings_innovation_id'))
    )
    with op.batch_alter_table('monitoring_standings', schema=None) as batch_op:
        batch_op.create_index('ix_monitoring_standings_place', ['regency_code', 'is_open', 'pillar_id', 'agency_id'], unique=False)

    op.create_table('monitoring_earlier_versions',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('physical', sa.BigInteger(), nullable=False),
    sa.Column('spent', sa.BigInteger(), nullable=False),
    sa.Column('obstacles', sa.Text(), nullable=False),
    sa.Column('follow_up', sa.Text(), nullable=False),
    sa.Column('figures', sa.Text(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['monitoring_reports.id'], name=op.f('fk_monitoring_earlier_versions_report_id_monitoring_reports')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['people.id'], name=op.f('fk_monitoring_earlier_versions_sent_by_id_people')),
    sa.PrimaryKeyConstraint('report_id', 'version', name=op.f('pk_monitoring_earlier_versions'))
    )
    op.create_table('monitoring_figures',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['rad_indicators.id'], name=op.f('fk_monitoring_figures_indicator_id_rad_indicators')),
    sa.ForeignKeyConstraint(['report_id'], ['monitoring_reports.id'], name=op.f('fk_monitoring_figures_report_id_monitoring_reports')),
    sa.PrimaryKeyConstraint('report_id', 'indicator_id', name=op.f('pk_monitoring_figures'))
    )
    with op.batch_alter_table('monitoring_figures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_monitoring_figures_indicator_id'), ['indicator_id'], unique=False)

    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('progress', sa.Enum('green', 'yellow', 'red', 'grey', name='progress', native_enum=False, create_constraint=True, length=24), nullable=True))

    with op.batch_alter_table('rad_actions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('progress', sa.Enum('green', 'yellow', 'red', 'grey', name='progress', native_enum=False, create_constraint=True, length=24), nullable=True))

    # Innovations are measured as actions are.
    with op.batch_alter_table('rad_indicators', schema=None) as batch_op:
        batch_op.add_column(sa.Column('innovation_id', sa.Integer(), nullable=True))
        batch_op.alter_column('action_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_unique_constraint(batch_op.f('uq_rad_indicators_innovation_id_name'), ['innovation_id', 'name'])
        batch_op.create_foreign_key(batch_op.f('fk_rad_indicators_innovation_id_innovations'), 'innovations', ['innovation_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_rad_indicators_one_thing'), '(action_id IS NULL) <> (innovation_id IS NULL)')


def downgrade() -> None:
    with op.batch_alter_table('monitoring_figures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_monitoring_figures_indicator_id'))

    op.drop_table('monitoring_figures')
    op.drop_table('monitoring_earlier_versions')

    op.execute(sa.text(
        'DELETE FROM rad_targets WHERE indicator_id IN (SELECT id FROM rad_indicators WHERE action_id IS NULL)'
    ))
    op.execute(sa.text('DELETE FROM rad_indicators WHERE action_id IS NULL'))
    with op.batch_alter_table('rad_indicators', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_rad_indicators_one_thing'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_rad_indicators_innovation_id_innovations'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_rad_indicators_innovation_id_name'), type_='unique')
        batch_op.alter_column('action_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('innovation_id')

    with op.batch_alter_table('rad_actions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_rad_actions_progress'), type_='check')
        batch_op.drop_column('progress')

    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_innovations_progress'), type_='check')
        batch_op.drop_column('progress')

    with op.batch_alter_table('monitoring_standings', schema=None) as batch_op:
        batch_op.drop_index('ix_monitoring_standings_place')

    op.drop_table('monitoring_standings')
    with op.batch_alter_table('monitoring_reports', schema=None) as batch_op:
        batch_op.drop_index('ix_monitoring_reports_quarter')

    op.drop_table('monitoring_reports')
    with op.batch_alter_table('monitoring_evaluations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_monitoring_evaluations_innovation_id'))

    op.drop_table('monitoring_evaluations')
    with op.batch_alter_table('citizen_checks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_citizen_checks_person_id'))

    op.drop_table('citizen_checks')
