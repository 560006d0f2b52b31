"""Comments, follows, supports by year, and the inbox

Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('follows',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('proposal', 'village', 'misi', name='topic', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_follows_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', 'kind', 'ref', name=op.f('pk_follows'))
    )
    with op.batch_alter_table('follows', schema=None) as batch_op:
        batch_op.create_index('ix_follows_topic', ['kind', 'ref'], unique=False)

    op.create_table('inbox_marks',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('read_to', sa.Integer(), nullable=False),
    sa.Column('told_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_inbox_marks_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_inbox_marks'))
    )
    op.create_table('comment_counts',
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_comment_counts_count')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_comment_counts_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('proposal_id', name=op.f('pk_comment_counts'))
    )
    op.create_table('comments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=False),
    sa.Column('voice', sa.Enum('resident', 'author', 'facilitator', 'moderator', 'planner', 'officer', name='voice', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('village_code', sa.String(length=13), nullable=False),
    sa.Column('stance', sa.Enum('for', 'against', 'question', name='stance', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('status', sa.Enum('shown', 'deleted', 'hidden', name='comment_status', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hide_code', sa.Enum('private_data', 'insult', 'hate', 'spam', 'off_topic', name='hide_code', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('hide_reason', sa.Text(), nullable=False),
    sa.Column('hidden_by_id', sa.Integer(), nullable=True),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replies', sa.Integer(), nullable=False),
    sa.Column('waits', sa.Boolean(), nullable=False),
    sa.CheckConstraint("(voice = 'officer') OR agency_id IS NULL", name=op.f('ck_comments_agency')),
    sa.CheckConstraint("stance = 'question' OR NOT waits", name=op.f('ck_comments_waits')),
    sa.CheckConstraint("status <> 'deleted' OR text = ''", name=op.f('ck_comments_deleted_is_empty')),
    sa.CheckConstraint("status <> 'hidden' OR (hide_code IS NOT NULL AND hide_reason <> '')", name=op.f('ck_comments_hidden_why')),
    sa.CheckConstraint('(parent_id IS NULL) = (stance IS NOT NULL)', name=op.f('ck_comments_stance_on_top')),
    sa.CheckConstraint('replies >= 0', name=op.f('ck_comments_replies')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_comments_agency_id_agencies')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_comments_author_id_people')),
    sa.ForeignKeyConstraint(['hidden_by_id'], ['people.id'], name=op.f('fk_comments_hidden_by_id_people')),
    sa.ForeignKeyConstraint(['parent_id'], ['comments.id'], name=op.f('fk_comments_parent_id_comments')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_comments_proposal_id_proposals')),
    sa.ForeignKeyConstraint(['village_code'], ['regions.code'], name=op.f('fk_comments_village_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comments')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_comments_author_id_form_key'))
    )
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.create_index('ix_comments_answers', ['parent_id', 'id'], unique=False)
        batch_op.create_index('ix_comments_page', ['proposal_id', 'parent_id', 'id'], unique=False)
        batch_op.create_index('ix_comments_waiting', ['proposal_id', 'parent_id', 'waits', 'id'], unique=False)

    op.create_table('support_counts',
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_support_counts_count')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_support_counts_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_support_counts_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('proposal_id', 'cycle_id', name=op.f('pk_support_counts'))
    )
    op.create_table('news',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('step', 'answer', 'statement', 'talk', name='news_kind', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=True),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'step') = (entry_id IS NOT NULL)", name=op.f('ck_news_step')),
    sa.CheckConstraint("(kind = 'talk') = (day IS NOT NULL)", name=op.f('ck_news_talk')),
    sa.CheckConstraint("(kind IN ('answer', 'statement')) = (comment_id IS NOT NULL)", name=op.f('ck_news_comment')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_news_comment_id_comments')),
    sa.ForeignKeyConstraint(['entry_id'], ['proposal_timeline.id'], name=op.f('fk_news_entry_id_proposal_timeline')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_news_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_news')),
    sa.UniqueConstraint('comment_id', name=op.f('uq_news_comment_id')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_news_entry_id')),
    sa.UniqueConstraint('proposal_id', 'day', name=op.f('uq_news_proposal_id_day'))
    )
    with op.batch_alter_table('news', schema=None) as batch_op:
        batch_op.create_index('ix_news_at', ['at'], unique=False)

    op.create_table('news_for',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('news_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['news_id'], ['news.id'], name=op.f('fk_news_for_news_id_news')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_news_for_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', 'news_id', name=op.f('pk_news_for'))
    )
    with op.batch_alter_table('news_for', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_news_for_news_id'), ['news_id'], unique=False)

    op.create_table('news_topics',
    sa.Column('kind', sa.Enum('proposal', 'village', 'misi', name='topic', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('news_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['news_id'], ['news.id'], name=op.f('fk_news_topics_news_id_news')),
    sa.PrimaryKeyConstraint('kind', 'ref', 'news_id', name=op.f('pk_news_topics'))
    )
    with op.batch_alter_table('news_topics', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_news_topics_news_id'), ['news_id'], unique=False)

    # Until now no proposal has come into a second year.
    with op.batch_alter_table('supports', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cycle_id', sa.Integer(), nullable=True))
    op.execute(sa.text(
        "UPDATE supports SET cycle_id = (SELECT cycle_id FROM proposals WHERE proposals.id = supports.proposal_id)"
    ))
    op.execute(sa.text(
        "INSERT INTO support_counts (proposal_id, cycle_id, count) "
        "SELECT proposal_id, cycle_id, count(*) FROM supports GROUP BY proposal_id, cycle_id"
    ))
    with op.batch_alter_table('supports', schema=None) as batch_op:
        batch_op.alter_column('cycle_id', existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(batch_op.f('fk_supports_cycle_id_cycles'), 'cycles', ['cycle_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('supports', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_supports_cycle_id_cycles'), type_='foreignkey')
        batch_op.drop_column('cycle_id')

    with op.batch_alter_table('news_topics', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_news_topics_news_id'))

    op.drop_table('news_topics')
    with op.batch_alter_table('news_for', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_news_for_news_id'))

    op.drop_table('news_for')
    with op.batch_alter_table('news', schema=None) as batch_op:
        batch_op.drop_index('ix_news_at')

    op.drop_table('news')
    op.drop_table('support_counts')
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.drop_index('ix_comments_waiting')
        batch_op.drop_index('ix_comments_page')
        batch_op.drop_index('ix_comments_answers')

    op.drop_table('comments')
    op.drop_table('comment_counts')
    op.drop_table('inbox_marks')
    with op.batch_alter_table('follows', schema=None) as batch_op:
        batch_op.drop_index('ix_follows_topic')

    op.drop_table('follows')
