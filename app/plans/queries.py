"""Reading plans."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db.session import session
from app.kernel.actor import AgencyFacts
from app.plans.models import Agency, Misi, Pillar, Plan, PlanValue
from app.plans.rules import MisiFacts


def plans_of(regency_code: str) -> Sequence[Plan]:
    """The regency's plans, RPJMD before RAD."""
    return session.scalars(
        select(Plan).where(Plan.regency_code == regency_code).order_by(Plan.kind.desc(), Plan.id)
    ).all()


def values_of(plan_id: int) -> Sequence[PlanValue]:
    return session.scalars(select(PlanValue).where(PlanValue.plan_id == plan_id).order_by(PlanValue.position)).all()


def misi_of(regency_code: str) -> list[MisiFacts]:
    rows = session.execute(
        select(Misi.id, Misi.number, Misi.text, Misi.short)
        .where(Misi.regency_code == regency_code)
        .order_by(Misi.number)
    )
    return [MisiFacts(*row) for row in rows]


def misi_rows(regency_code: str) -> Sequence[Misi]:
    return session.scalars(select(Misi).where(Misi.regency_code == regency_code).order_by(Misi.number)).all()


def own_pillars(regency_code: str | None) -> Sequence[Pillar]:
    """The pillars of the regency itself; the national ones for None."""
    return session.scalars(
        select(Pillar).where(Pillar.regency_code.is_not_distinct_from(regency_code)).order_by(Pillar.number)
    ).all()


def pillars_of(regency_code: str) -> Sequence[Pillar]:
    """The regency's own pillars, or the national ones where it has none."""
    rows = session.scalars(
        select(Pillar)
        .where((Pillar.regency_code == regency_code) | Pillar.regency_code.is_(None))
        .order_by(Pillar.number)
    ).all()
    own = [row for row in rows if row.regency_code is not None]
    return own or rows


def all_agencies() -> list[AgencyFacts]:
    """Of every regency, by regency and name."""
    rows = session.execute(
        select(Agency.id, Agency.regency_code, Agency.name).order_by(Agency.regency_code, Agency.name, Agency.id)
    )
    return [AgencyFacts(*row) for row in rows]


def agencies_of(regency_code: str) -> Sequence[Agency]:
    return session.scalars(select(Agency).where(Agency.regency_code == regency_code).order_by(Agency.name)).all()
