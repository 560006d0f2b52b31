"""Browsers in which people are signed in, and how grants end

Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sign_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('browser', sa.String(length=20), nullable=False),
    sa.Column('system', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sign_ins_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins')),
    sa.UniqueConstraint('digest', name=op.f('uq_sign_ins_digest'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_begun_at'), ['begun_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_ins_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('end_reason', sa.String(length=300), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_role_grants_ended_by_id_people'), 'people', ['ended_by_id'], ['id'])
        batch_op.drop_constraint(batch_op.f('ck_role_grants_until_after_since'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_role_grants_until_not_before_since'), 'until IS NULL OR until >= since')


def downgrade() -> None:
    # A grant that ended in the moment it began was never in force, and the older tables have no place for it.
    op.execute(sa.text("DELETE FROM role_grants WHERE until = since"))
    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_role_grants_ended_by_id_people'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('ck_role_grants_until_not_before_since'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_role_grants_until_after_since'), 'until IS NULL OR until > since')
        batch_op.drop_column('end_reason')
        batch_op.drop_column('ended_by_id')

    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_ins_person_id'))
        batch_op.drop_index(batch_op.f('ix_sign_ins_begun_at'))

    op.drop_table('sign_ins')
