"""Reading cycles."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.cycles.models import Ceiling, CeilingFigures, CeilingFormula, Cycle, Phase
from app.cycles.rules import Activity, CycleFacts, Figures, Formula, Part, PhaseFacts, open_for
from app.db.session import session
from app.kernel.outcomes import Missing
from app.kernel.windows import Window


@dataclass(frozen=True)
class KeptFormula:
    """How the ceilings of a cycle were shared out: the formula, its figures by code, where they are from and when."""

    formula: Formula
    figures: tuple[Figures, ...]
    source: str
    set_at: datetime


def cycles_of(regency_code: str) -> list[CycleFacts]:
    """The regency's cycles, the latest plan year first, with their phases in order of opening; one statement."""
    rows = session.execute(
        select(Cycle.id, Cycle.plan_year, Phase.kind, Phase.opens, Phase.closes)
        .outerjoin(Phase, Phase.cycle_id == Cycle.id)
        .where(Cycle.regency_code == regency_code)
        .order_by(Cycle.plan_year.desc(), Phase.opens, Phase.id)
    )
    phases: dict[tuple[int, int], list[PhaseFacts]] = {}
    for row in rows:
        of_cycle = phases.setdefault((row.id, row.plan_year), [])
        if row.kind is not None:
            of_cycle.append(PhaseFacts(row.kind, Window(row.opens, row.closes)))
    return [CycleFacts(id_, regency_code, year, tuple(found)) for (id_, year), found in phases.items()]


def open_cycle(regency_code: str, activity: Activity, now: datetime) -> CycleFacts | None:
    """The cycle in which the activity is open now."""
    return open_for(cycles_of(regency_code), activity, now)


def find_cycle(regency_code: str, plan_year: int) -> Cycle | None:
    return session.scalars(
        select(Cycle).where(Cycle.regency_code == regency_code, Cycle.plan_year == plan_year)
    ).first()


def get_locked(cycle_id: int) -> Cycle:
    """The cycle locked, so that only one planner dates its phases or sets its ceilings; what refers to it goes on."""
    cycle = session.get(Cycle, cycle_id, with_for_update={"key_share": True}, populate_existing=True)
    if cycle is None:
        raise Missing
    return cycle


def ceilings_of(cycle_id: int) -> dict[str, int]:
    """Region code to rupiah, by code."""
    rows = session.execute(
        select(Ceiling.region_code, Ceiling.amount).where(Ceiling.cycle_id == cycle_id).order_by(Ceiling.region_code)
    )
    return {row.region_code: row.amount for row in rows}


def formula_of(cycle_id: int) -> KeptFormula | None:
    """None where nobody has shared the ceilings out by a formula."""
    kept = session.get(CeilingFormula, cycle_id)
    if kept is None:
        return None
    percent = {Part.EQUAL: kept.equal_percent, Part.PEOPLE: kept.people_percent, Part.POOR: kept.poor_percent}
    rows = session.execute(
        select(CeilingFigures.region_code, CeilingFigures.people, CeilingFigures.poor)
        .where(CeilingFigures.cycle_id == cycle_id)
        .order_by(CeilingFigures.region_code)
    )
    figures = tuple(Figures(*row) for row in rows)
    return KeptFormula(Formula(kept.total, percent), figures, kept.source, kept.set_at)
