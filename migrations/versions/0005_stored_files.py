"""Photos: drafts of forms, and what they are attached to

Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stored_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=36), nullable=True),
    sa.Column('attached_to', sa.String(length=24), nullable=True),
    sa.Column('attached_id', sa.Integer(), nullable=True),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('bytes', sa.Integer(), nullable=False),
    sa.Column('source_digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(attached_to IS NULL) = (attached_id IS NULL)', name=op.f('ck_stored_files_attached_to_something')),
    sa.CheckConstraint('(form_key IS NULL) = (attached_to IS NOT NULL)', name=op.f('ck_stored_files_draft_or_attached')),
    sa.CheckConstraint('width > 0 AND height > 0 AND bytes > 0', name=op.f('ck_stored_files_shows_something')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_stored_files_owner_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_files')),
    sa.UniqueConstraint('attached_to', 'attached_id', 'source_digest', name=op.f('uq_stored_files_attached_to_attached_id_source_digest')),
    sa.UniqueConstraint('key', name=op.f('uq_stored_files_key')),
    sa.UniqueConstraint('owner_id', 'form_key', 'source_digest', name=op.f('uq_stored_files_owner_id_form_key_source_digest'))
    )


def downgrade() -> None:
    # Only the rows go; the next sweep takes what they named.
    op.drop_table('stored_files')
