"""Provisions become the documents of a stage: money, people, acts and partners move to the tables of their own

What was named without a recorded consent is kept, and not shown until the consent is recorded. The agency and the
pillar stand in the innovation itself already.

Revises: 0019
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

KEPT = {
    'initiative': ('title', 'dated', 'text'),
    'assessment': ('dated', 'text'),
    'trial_period': ('dated', 'until'),
    'baseline': ('title', 'quantity', 'unit'),
    'evaluation': ('dated', 'text'),
    'rad_action': ('title', 'year', 'quantity', 'unit'),
}
MOVED = {
    'decree': ('number', 'dated'),
    'agency': ('agency_id',),
    'regulation': ('legal_form', 'number', 'dated', 'title'),
    'people': ('person', 'title'),
    'budget': ('title', 'year', 'amount'),
    'partner': ('title', 'text'),
    'pillar': ('pillar_id',),
}
LEGAL_FORMS = ('assignment', 'agency_decree', 'regent_decree', 'regent_regulation', 'regional_regulation')
COLUMNS = (
    'id', 'innovation_id', 'kind', 'legal_form', 'agency_id', 'pillar_id', 'title', 'number', 'person', 'dated', 'until',
    'year', 'amount', 'text', 'added_by_id', 'at',
)
DATES, MOMENTS = ('dated', 'until', 'since', 'planned_on', 'agreed_on'), ('at', 'withdrawn_at')


def table(name: str, *columns: str) -> sa.TableClause:
    kinds = {one: sa.Date() for one in DATES} | {one: sa.DateTime(timezone=True) for one in MOMENTS}
    return sa.table(name, *(sa.column(one, kinds.get(one)) for one in columns))


PROVISIONS = table('innovation_provisions', *COLUMNS)
COMMITMENTS = table(
    'commitments', 'innovation_id', 'kind', 'state', 'title', 'person', 'fund', 'amount', 'since', 'until', 'agreed_on',
    'added_by_id', 'at', 'withdrawal', 'withdrawn_at',
)
ACTS = table(
    'legal_acts', 'innovation_id', 'purpose', 'form', 'state', 'title', 'number', 'dated', 'note', 'added_by_id', 'at',
    'withdrawal', 'withdrawn_at',
)
PARTNERS = table(
    'innovation_partners', 'innovation_id', 'kind', 'name', 'role', 'agreement', 'added_by_id', 'at', 'withdrawal',
    'withdrawn_at',
)


def carry(row: sa.Row) -> sa.Insert | None:
    """The row as it stands in the table of its own."""
    told = {'innovation_id': row.innovation_id, 'added_by_id': row.added_by_id, 'at': row.at, 'withdrawal': ''}
    if row.kind in ('decree', 'regulation'):
        is_trial = row.kind == 'decree'
        return ACTS.insert().values(
            **told,
            purpose='trial' if is_trial else 'use',
            form='regent_decree' if is_trial else row.legal_form,
            state='in_force',
            title=row.title or 'Keputusan tentang uji coba',
            number=row.number,
            dated=row.dated,
            note=row.text or '',
        )
    firm = {'state': 'agreed', 'title': row.title, 'agreed_on': row.at.date()}
    if row.kind == 'people':
        return COMMITMENTS.insert().values(**told, **firm, kind='people', person=row.person, since=row.at.date())
    if row.kind == 'budget':
        year = {'since': date(row.year, 1, 1), 'until': date(row.year, 12, 31)}
        return COMMITMENTS.insert().values(
            **told, **firm, **year, kind='budget', person='', fund='other', amount=row.amount
        )
    if row.kind == 'partner':
        return PARTNERS.insert().values(**told, kind='community', name=row.title, role=row.text, agreement='')
    return None


def bring_over(bind: sa.Connection) -> None:
    partners = set()
    for row in bind.execute(sa.select(PROVISIONS).where(PROVISIONS.c.kind.in_(MOVED)).order_by(PROVISIONS.c.id)).all():
        name = (row.innovation_id, row.title) if row.kind == 'partner' else None
        insert = carry(row)
        if insert is not None and name not in partners:
            bind.execute(insert)
        if name:
            partners.add(name)
    bind.execute(PROVISIONS.delete().where(PROVISIONS.c.kind.in_(MOVED)))


def take_back(bind: sa.Connection) -> None:
    """What fits into the one table again: firm money and people, acts in force, partners."""
    add = PROVISIONS.insert()
    there = COMMITMENTS.c.state.in_(('agreed', 'delivered')) & COMMITMENTS.c.kind.in_(('people', 'budget'))
    for row in bind.execute(sa.select(COMMITMENTS).where(there)).all():
        told = {'innovation_id': row.innovation_id, 'title': row.title, 'added_by_id': row.added_by_id, 'at': row.at}
        more = {'person': row.person} if row.kind == 'people' else {'year': row.since.year, 'amount': row.amount}
        bind.execute(add.values(**told, kind=row.kind, **more))
    for row in bind.execute(sa.select(ACTS).where(ACTS.c.state == 'in_force')).all():
        told = {'innovation_id': row.innovation_id, 'title': row.title, 'added_by_id': row.added_by_id, 'at': row.at}
        kind = 'decree' if row.purpose == 'trial' else 'regulation'
        form = None if row.purpose == 'trial' else row.form
        bind.execute(add.values(**told, kind=kind, legal_form=form, number=row.number, dated=row.dated))
    for row in bind.execute(sa.select(PARTNERS).where(PARTNERS.c.withdrawn_at.is_(None))).all():
        told = {'innovation_id': row.innovation_id, 'added_by_id': row.added_by_id, 'at': row.at}
        bind.execute(add.values(**told, kind='partner', title=row.name[:200], text=row.role))


def complete(kinds: dict[str, tuple[str, ...]]) -> None:
    """Say which kinds there are, and what each of them must have."""
    listed = ', '.join(f"'{kind}'" for kind in kinds)
    rows = (f"(kind = '{kind}' AND {' AND '.join(f'{one} IS NOT NULL' for one in must)})" for kind, must in kinds.items())
    with op.batch_alter_table('innovation_provisions', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_innovation_provisions_kind'), f'kind IN ({listed})')
        batch_op.create_check_constraint(batch_op.f('ck_innovation_provisions_complete'), ' OR '.join(rows))


def forget_checks() -> None:
    with op.batch_alter_table('innovation_provisions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_innovation_provisions_kind'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_innovation_provisions_complete'), type_='check')


def upgrade() -> None:
    bring_over(op.get_bind())
    forget_checks()
    with op.batch_alter_table('innovation_provisions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_innovation_provisions_legal_form'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_innovation_provisions_pillar_id_pillars'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_innovation_provisions_agency_id_agencies'), type_='foreignkey')
        for name in ('person', 'pillar_id', 'legal_form', 'number', 'agency_id'):
            batch_op.drop_column(name)
        batch_op.add_column(sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('withdrawal', sa.Text(), nullable=False, server_default=''))
    with op.batch_alter_table('innovation_provisions', schema=None) as batch_op:
        batch_op.alter_column('withdrawal', server_default=None, existing_nullable=False)
        batch_op.create_foreign_key(batch_op.f('fk_innovation_provisions_withdrawn_by_id_people'), 'people', ['withdrawn_by_id'], ['id'])
    complete(KEPT)


def downgrade() -> None:
    op.execute(sa.text('DELETE FROM innovation_provisions WHERE withdrawn_at IS NOT NULL'))
    forget_checks()
    with op.batch_alter_table('innovation_provisions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_innovation_provisions_withdrawn_by_id_people'), type_='foreignkey')
        for name in ('withdrawal', 'withdrawn_by_id', 'withdrawn_at'):
            batch_op.drop_column(name)
        batch_op.add_column(sa.Column('agency_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('number', sa.String(80), nullable=True))
        batch_op.add_column(sa.Column('legal_form', sa.Enum(*LEGAL_FORMS, name='legal_form', native_enum=False, create_constraint=True, length=24), nullable=True))
        batch_op.add_column(sa.Column('pillar_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('person', sa.String(80), nullable=True))
    with op.batch_alter_table('innovation_provisions', schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f('fk_innovation_provisions_agency_id_agencies'), 'agencies', ['agency_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_innovation_provisions_pillar_id_pillars'), 'pillars', ['pillar_id'], ['id'])
    complete(KEPT | MOVED)
    take_back(op.get_bind())
