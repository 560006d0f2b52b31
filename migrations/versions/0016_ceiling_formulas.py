"""The formula by which ceilings are shared out between the kecamatan, and its figures

Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ceiling_formulas',
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('equal_percent', sa.Integer(), nullable=False),
    sa.Column('people_percent', sa.Integer(), nullable=False),
    sa.Column('poor_percent', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('equal_percent + people_percent + poor_percent = 100', name=op.f('ck_ceiling_formulas_whole')),
    sa.CheckConstraint('equal_percent >= 0 AND people_percent >= 0 AND poor_percent >= 0', name=op.f('ck_ceiling_formulas_parts')),
    sa.CheckConstraint('total >= 0', name=op.f('ck_ceiling_formulas_total')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_ceiling_formulas_cycle_id_cycles')),
    sa.PrimaryKeyConstraint('cycle_id', name=op.f('pk_ceiling_formulas'))
    )
    op.create_table('ceiling_figures',
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('region_code', sa.String(length=13), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('poor', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 0 AND poor >= 0', name=op.f('ck_ceiling_figures_figures')),
    sa.ForeignKeyConstraint(['cycle_id'], ['ceiling_formulas.cycle_id'], name=op.f('fk_ceiling_figures_cycle_id_ceiling_formulas')),
    sa.ForeignKeyConstraint(['region_code'], ['regions.code'], name=op.f('fk_ceiling_figures_region_code_regions')),
    sa.PrimaryKeyConstraint('cycle_id', 'region_code', name=op.f('pk_ceiling_figures'))
    )


def downgrade() -> None:
    op.drop_table('ceiling_figures')
    op.drop_table('ceiling_formulas')
