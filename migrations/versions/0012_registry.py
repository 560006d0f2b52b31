"""The registry of innovations: its fields, affairs, supporting proposals and kecamatan; agencies that end

Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

ORIGINS = ('proposal', 'registered')
AFFAIRS = (
    'education', 'health', 'public_works', 'housing', 'public_order', 'social', 'labour', 'women_and_children', 'food',
    'land', 'environment', 'civil_registration', 'villages', 'population', 'transport', 'informatics', 'cooperatives',
    'investment', 'youth_and_sport', 'statistics', 'encryption', 'culture', 'libraries', 'archives', 'fisheries',
    'tourism', 'farming', 'forestry', 'energy', 'trade', 'industry', 'transmigration',
)
CLUSTERS = (
    'food', 'energy', 'education', 'health', 'downstream', 'infrastructure', 'villages', 'poverty', 'none',
)
PROSE = ('design', 'aims', 'benefits', 'results')
NEW = (
    'village_code', 'latitude', 'longitude', 'initiator_kind', 'named_at', 'form_key', 'form', 'classification',
    'is_digital', 'asta_cita', 'cluster', 'trial_on', 'applied_on', 'developed_on', *PROSE, 'cost', 'cost_source',
    'contact_agency_id', 'silo_reasons', 'silo_since', 'score',
)


def codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def allow(origins: tuple[str, ...]) -> None:
    """Change where an innovation may come from."""
    listed = ', '.join(f"'{code}'" for code in origins)
    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_innovations_origin'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_innovations_origin'), f'origin IN ({listed})')


def upgrade() -> None:
    with op.batch_alter_table('agencies', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_on', sa.Date(), nullable=True))

    with op.batch_alter_table('innovations', schema=None) as batch_op:
        batch_op.alter_column('name', existing_type=sa.String(80), type_=sa.String(160), existing_nullable=False)
        batch_op.add_column(sa.Column('village_code', sa.String(13), nullable=True))
        batch_op.add_column(sa.Column('latitude', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('longitude', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('initiator_kind', codes('initiator', 'regent', 'council', 'civil_servant', 'agency', 'community'), nullable=True))
        batch_op.add_column(sa.Column('named_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('form_key', sa.String(36), nullable=True))
        batch_op.add_column(sa.Column('form', codes('form', 'governance', 'public_service', 'other'), nullable=True))
        batch_op.add_column(sa.Column('classification', codes('classification', 'agency', 'village', 'community'), nullable=True))
        batch_op.add_column(sa.Column('is_digital', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('asta_cita', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('cluster', codes('cluster', *CLUSTERS), nullable=True))
        batch_op.add_column(sa.Column('trial_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('applied_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('developed_on', sa.Date(), nullable=True))
        for name in PROSE:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('cost', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('cost_source', sa.String(200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('contact_agency_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('silo_reasons', sa.String(120), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('silo_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('score', sa.Integer(), nullable=True))
    allow((*ORIGINS, 'agency', 'village', 'resident'))
    with op.batch_alter_table('innovations', schema=None) as batch_op:
        for name in (*PROSE, 'cost_source', 'silo_reasons'):
            batch_op.alter_column(name, server_default=None, existing_nullable=False)
        batch_op.create_foreign_key(batch_op.f('fk_innovations_village_code_regions'), 'regions', ['village_code'], ['code'])
        batch_op.create_foreign_key(batch_op.f('fk_innovations_contact_agency_id_agencies'), 'agencies', ['contact_agency_id'], ['id'])
        batch_op.create_unique_constraint(batch_op.f('uq_innovations_form_key'), ['form_key'])
        batch_op.create_check_constraint(batch_op.f('ck_innovations_named'), 'named_at IS NULL OR owner_id IS NOT NULL')
        batch_op.create_check_constraint(batch_op.f('ck_innovations_asta_cita'), 'asta_cita BETWEEN 1 AND 8')
        batch_op.create_check_constraint(batch_op.f('ck_innovations_cost'), 'cost >= 0')
        batch_op.create_check_constraint(batch_op.f('ck_innovations_score'), 'score BETWEEN 0 AND 111')
        batch_op.create_check_constraint(batch_op.f('ck_innovations_silo'), "(silo_reasons = '') = (silo_since IS NULL)")

    op.create_table('innovation_affairs',
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('affair', codes('affair', *AFFAIRS), nullable=False),
    sa.Column('is_main', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_innovation_affairs_innovation_id_innovations')),
    sa.PrimaryKeyConstraint('innovation_id', 'affair', name=op.f('pk_innovation_affairs'))
    )
    with op.batch_alter_table('innovation_affairs', schema=None) as batch_op:
        batch_op.create_index('uq_innovation_affairs_main', ['innovation_id'], unique=True, sqlite_where=sa.text('is_main'), postgresql_where=sa.text('is_main'))

    op.create_table('innovation_proposals',
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_innovation_proposals_added_by_id_people')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_innovation_proposals_innovation_id_innovations')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_innovation_proposals_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('innovation_id', 'proposal_id', name=op.f('pk_innovation_proposals'))
    )
    with op.batch_alter_table('innovation_proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_innovation_proposals_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('innovation_districts',
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('district_code', sa.String(length=13), nullable=False),
    sa.Column('link', codes('district_link', 'origin', 'adopter'), nullable=False),
    sa.ForeignKeyConstraint(['district_code'], ['regions.code'], name=op.f('fk_innovation_districts_district_code_regions')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovations.id'], name=op.f('fk_innovation_districts_innovation_id_innovations')),
    sa.PrimaryKeyConstraint('innovation_id', 'district_code', 'link', name=op.f('pk_innovation_districts'))
    )
    with op.batch_alter_table('innovation_districts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_innovation_districts_district_code'), ['district_code'], unique=False)

    # What grew out of a proposal comes from its village.
    op.execute(sa.text(
        "UPDATE innovations SET village_code = "
        "(SELECT village_code FROM proposals WHERE proposals.id = innovations.origin_proposal_id)"
    ))
    op.execute(sa.text(
        "INSERT INTO innovation_districts (innovation_id, district_code, link) "
        "SELECT innovations.id, regions.parent_code, 'origin' FROM innovations "
        "JOIN regions ON regions.code = innovations.village_code WHERE regions.parent_code IS NOT NULL"
    ))


def downgrade() -> None:
    with op.batch_alter_table('innovation_districts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_innovation_districts_district_code'))

    op.drop_table('innovation_districts')
    with op.batch_alter_table('innovation_proposals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_innovation_proposals_proposal_id'))

    op.drop_table('innovation_proposals')
    with op.batch_alter_table('innovation_affairs', schema=None) as batch_op:
        batch_op.drop_index('uq_innovation_affairs_main')

    op.drop_table('innovation_affairs')
    op.execute(sa.text("UPDATE innovations SET origin = 'registered' WHERE origin IN ('agency', 'village', 'resident')"))
    allow(ORIGINS)
    with op.batch_alter_table('innovations', schema=None) as batch_op:
        for name in ('silo', 'score', 'cost', 'asta_cita', 'named', 'cluster', 'classification', 'form', 'initiator'):
            batch_op.drop_constraint(batch_op.f(f'ck_innovations_{name}'), type_='check')
        batch_op.drop_constraint(batch_op.f('uq_innovations_form_key'), type_='unique')
        batch_op.drop_constraint(batch_op.f('fk_innovations_contact_agency_id_agencies'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_innovations_village_code_regions'), type_='foreignkey')
        for name in NEW:
            batch_op.drop_column(name)
        batch_op.alter_column('name', existing_type=sa.String(160), type_=sa.String(80), existing_nullable=False)

    with op.batch_alter_table('agencies', schema=None) as batch_op:
        batch_op.drop_column('ended_on')
