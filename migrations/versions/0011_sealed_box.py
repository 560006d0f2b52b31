"""Sealed envelopes, the log of them, witnesses, paper ballots, objections, and the files of a contest as published

Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


STATUSES = "'prepared', 'opened', 'closed', 'certified', 'cancelled'"
STATUSES_COUNTED = "'prepared', 'opened', 'closed', 'counted', 'certified', 'cancelled'"
KEEP = (
    "CREATE FUNCTION keep_logged_leaves() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log of envelopes only grows'; END $$",
    "CREATE TRIGGER logged_leaves_grow BEFORE UPDATE OR DELETE ON logged_leaves "
    "FOR EACH ROW EXECUTE FUNCTION keep_logged_leaves()",
)


def keep_the_log() -> None:
    """The log only grows: the database itself refuses the rest."""
    if op.get_bind().dialect.name == 'postgresql':
        for statement in KEEP:
            op.execute(sa.text(statement))
        return
    for event in ('UPDATE', 'DELETE'):
        op.execute(sa.text(
            f"CREATE TRIGGER logged_leaves_no_{event.lower()} BEFORE {event} ON logged_leaves "
            "BEGIN SELECT RAISE(ABORT, 'the log of envelopes only grows'); END"
        ))


def replace_check(batch_op: object, table: str, name: str, condition: str) -> None:
    batch_op.drop_constraint(batch_op.f(f'ck_{table}_{name}'), type_='check')
    batch_op.create_check_constraint(batch_op.f(f'ck_{table}_{name}'), condition)


def upgrade() -> None:
    op.create_table('contest_objections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f('ck_contest_objections_answered')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_contest_objections_answered_by_id_people')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_contest_objections_author_id_people')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_contest_objections_contest_id_contests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contest_objections')),
    sa.UniqueConstraint('contest_id', 'form_key', name=op.f('uq_contest_objections_contest_id_form_key'))
    )
    with op.batch_alter_table('contest_objections', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contest_objections_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contest_objections_contest_id'), ['contest_id'], unique=False)

    op.create_table('counted_ballots',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('village', sa.String(length=200), nullable=False),
    sa.Column('channel', sa.String(length=8), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_counted_ballots_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'number', name=op.f('pk_counted_ballots')),
    sqlite_with_rowid=False
    )
    op.create_table('envelopes',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('handle', sa.LargeBinary(length=16), nullable=False),
    sa.Column('content', sa.LargeBinary(length=208), nullable=True),
    sa.Column('replaced', sa.Integer(), nullable=False),
    sa.CheckConstraint('content IS NULL OR length(content) = 208', name=op.f('ck_envelopes_content')),
    sa.CheckConstraint('length(handle) = 16', name=op.f('ck_envelopes_handle')),
    sa.CheckConstraint('replaced >= 0', name=op.f('ck_envelopes_replaced')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_envelopes_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'handle', name=op.f('pk_envelopes')),
    sqlite_with_rowid=False
    )
    op.create_table('log_heads',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('root', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('box_sha256', sa.String(length=64), nullable=True),
    sa.Column('signature', sa.String(length=128), nullable=False),
    sa.CheckConstraint('number >= 1 AND size >= 0', name=op.f('ck_log_heads_head')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_log_heads_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'number', name=op.f('pk_log_heads')),
    sqlite_with_rowid=False
    )
    op.create_table('logged_leaves',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('leaf', sa.LargeBinary(length=32), nullable=False),
    sa.CheckConstraint('length(leaf) = 32', name=op.f('ck_logged_leaves_leaf')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_logged_leaves_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'position', name=op.f('pk_logged_leaves')),
    sqlite_with_rowid=False
    )
    op.create_table('paper_stacks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('village_code', sa.String(length=13), nullable=False),
    sa.Column('station', sa.String(length=40), nullable=False),
    sa.Column('attendance', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sheet_sha256', sa.String(length=64), nullable=True),
    sa.Column('first_typist_id', sa.Integer(), nullable=True),
    sa.Column('second_typist_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.CheckConstraint('attendance >= 1 AND size >= 0', name=op.f('ck_paper_stacks_counts')),
    sa.CheckConstraint('second_typist_id IS NULL OR second_typist_id <> first_typist_id', name=op.f('ck_paper_stacks_two_people')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_paper_stacks_contest_id_contests')),
    sa.ForeignKeyConstraint(['first_typist_id'], ['people.id'], name=op.f('fk_paper_stacks_first_typist_id_people')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_paper_stacks_made_by_id_people')),
    sa.ForeignKeyConstraint(['second_typist_id'], ['people.id'], name=op.f('fk_paper_stacks_second_typist_id_people')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_paper_stacks_village_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_stacks')),
    sa.UniqueConstraint('contest_id', 'station', name=op.f('uq_paper_stacks_contest_id_station'))
    )
    with op.batch_alter_table('paper_stacks', schema=None) as batch_op:
        batch_op.create_index('ix_paper_stacks_village', ['contest_id', 'village_code'], unique=False)

    op.create_table('waiting_leaves',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('leaf', sa.LargeBinary(length=32), nullable=False),
    sa.CheckConstraint('length(leaf) = 32', name=op.f('ck_waiting_leaves_leaf')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_waiting_leaves_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'leaf', name=op.f('pk_waiting_leaves')),
    sqlite_with_rowid=False
    )
    op.create_table('witnesses',
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('institution', sa.String(length=120), nullable=False),
    sa.Column('share_sha256', sa.String(length=64), nullable=False),
    sa.Column('ballots_sha256', sa.String(length=64), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('number BETWEEN 1 AND 3', name=op.f('ck_witnesses_number')),
    sa.ForeignKeyConstraint(['contest_id'], ['contests.id'], name=op.f('fk_witnesses_contest_id_contests')),
    sa.PrimaryKeyConstraint('contest_id', 'number', name=op.f('pk_witnesses'))
    )
    op.create_table('paper_ballots',
    sa.Column('stack_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('first', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('second', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('agreed', sa.JSON(none_as_null=True), nullable=True),
    sa.CheckConstraint('number >= 1', name=op.f('ck_paper_ballots_number')),
    sa.ForeignKeyConstraint(['stack_id'], ['paper_stacks.id'], name=op.f('fk_paper_ballots_stack_id_paper_stacks')),
    sa.PrimaryKeyConstraint('stack_id', 'number', name=op.f('pk_paper_ballots'))
    )
    with op.batch_alter_table('contests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_weighted', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('roll_ends', sa.Enum('at_opening', 'at_closing', name='roll_end', native_enum=False, create_constraint=True, length=24), nullable=False, server_default='at_closing'))
        batch_op.add_column(sa.Column('quorum_percent', sa.Integer(), nullable=False, server_default='5'))
        batch_op.add_column(sa.Column('threshold_percent', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('objection_days', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('box_key', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('head_key', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('definition', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('definition_sha256', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('box_sha256', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('ballots_sha256', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('counted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('result', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('result_sha256', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('result_signature', sa.String(length=128), nullable=True))

    with op.batch_alter_table('roll', schema=None) as batch_op:
        batch_op.add_column(sa.Column('village_code', sa.String(length=13), nullable=True))
        batch_op.add_column(sa.Column('channel', sa.Enum('internet', 'assisted', 'paper', name='channel', native_enum=False, create_constraint=True, length=24), nullable=False, server_default='internet'))
        batch_op.add_column(sa.Column('voted_on', sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_roll_village_code_regions'), 'regions', ['village_code'], ['code'])

    op.execute(sa.text("UPDATE contests SET counted_at = certified_at WHERE status = 'certified'"))
    with op.batch_alter_table('contests', schema=None) as batch_op:
        replace_check(batch_op, 'contests', 'contest_status', f'status IN ({STATUSES_COUNTED})')
        replace_check(batch_op, 'contests', 'rule', "rule IN ('most_votes', 'equal_shares')")
        replace_check(batch_op, 'contests', 'closed', "(status IN ('closed', 'counted', 'certified')) = (closed_at IS NOT NULL)")
        replace_check(batch_op, 'contests', 'counted', "(status IN ('counted', 'certified')) = (counted_at IS NOT NULL)")
        for name, condition in {
            'ballot_count': '(counted_at IS NULL) = (ballot_count IS NULL)',
            'labels': 'quorum_percent BETWEEN 0 AND 50 AND threshold_percent BETWEEN 0 AND 20',
            'objections': 'objection_days BETWEEN 0 AND 30',
            'keys': '(box_key IS NULL) = (head_key IS NULL)',
            'definition': '(definition IS NULL) = (definition_sha256 IS NULL)',
            'result': '(result IS NULL) = (result_sha256 IS NULL)',
        }.items():
            batch_op.create_check_constraint(batch_op.f(f'ck_contests_{name}'), condition)
        for column in ('is_weighted', 'roll_ends', 'quorum_percent', 'threshold_percent', 'objection_days'):
            batch_op.alter_column(column, server_default=None)
    with op.batch_alter_table('contest_options', schema=None) as batch_op:
        replace_check(
            batch_op, 'contest_options', 'outcome',
            "outcome IN ('won', 'over_ceiling', 'no_votes', 'below_threshold', 'not_paid')",
        )
        replace_check(batch_op, 'contest_options', 'left_counted', 'votes IS NOT NULL OR left_at_turn IS NULL')
    with op.batch_alter_table('roll', schema=None) as batch_op:
        batch_op.alter_column('channel', server_default=None)
    keep_the_log()


def downgrade() -> None:
    with op.batch_alter_table('contest_options', schema=None) as batch_op:
        replace_check(batch_op, 'contest_options', 'outcome', "outcome IN ('won', 'over_ceiling', 'no_votes')")
        replace_check(batch_op, 'contest_options', 'left_counted', '(votes IS NULL) = (left_at_turn IS NULL)')
    with op.batch_alter_table('contests', schema=None) as batch_op:
        for name in ('ballot_count', 'labels', 'objections', 'keys', 'definition', 'result'):
            batch_op.drop_constraint(batch_op.f(f'ck_contests_{name}'), type_='check')
        replace_check(batch_op, 'contests', 'contest_status', f'status IN ({STATUSES})')
        replace_check(batch_op, 'contests', 'rule', "rule IN ('most_votes')")
        replace_check(batch_op, 'contests', 'closed', "(status IN ('closed', 'certified')) = (closed_at IS NOT NULL)")
        replace_check(batch_op, 'contests', 'counted', '(certified_at IS NULL) = (ballot_count IS NULL)')
    with op.batch_alter_table('roll', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_roll_village_code_regions'), type_='foreignkey')
        batch_op.drop_column('voted_on')
        batch_op.drop_constraint(batch_op.f('ck_roll_channel'), type_='check')
        batch_op.drop_column('channel')
        batch_op.drop_column('village_code')

    with op.batch_alter_table('contests', schema=None) as batch_op:
        batch_op.drop_column('result_signature')
        batch_op.drop_column('result_sha256')
        batch_op.drop_column('result')
        batch_op.drop_column('counted_at')
        batch_op.drop_column('ballots_sha256')
        batch_op.drop_column('box_sha256')
        batch_op.drop_column('definition_sha256')
        batch_op.drop_column('definition')
        batch_op.drop_column('head_key')
        batch_op.drop_column('box_key')
        batch_op.drop_column('objection_days')
        batch_op.drop_column('threshold_percent')
        batch_op.drop_column('quorum_percent')
        batch_op.drop_constraint(batch_op.f('ck_contests_roll_end'), type_='check')
        batch_op.drop_column('roll_ends')
        batch_op.drop_column('is_weighted')

    op.drop_table('paper_ballots')
    op.drop_table('witnesses')
    op.drop_table('waiting_leaves')
    with op.batch_alter_table('paper_stacks', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_stacks_village')

    op.drop_table('paper_stacks')
    op.drop_table('logged_leaves')
    op.drop_table('log_heads')
    op.drop_table('envelopes')
    op.drop_table('counted_ballots')
    with op.batch_alter_table('contest_objections', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contest_objections_contest_id'))
        batch_op.drop_index(batch_op.f('ix_contest_objections_author_id'))

    op.drop_table('contest_objections')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(sa.text("DROP FUNCTION keep_logged_leaves()"))
