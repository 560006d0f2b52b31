"""Opening a cycle, dating its phases, setting ceilings."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.audit.actions import record
from app.cycles import queries
from app.cycles.models import Ceiling, CeilingFigures, CeilingFormula, Cycle, Phase
from app.cycles.permissions import POLICY, Can
from app.cycles.rules import (
    Figures,
    Formula,
    Part,
    PhaseFacts,
    Refusal,
    refuse_ceiling,
    refuse_formula,
    refuse_phase,
    share_out,
)
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within


def open_cycle(actor: Actor, regency_code: str, plan_year: int, phases: Sequence[PhaseFacts], now: datetime) -> Cycle:
    """Begin the plan year of a regency with its dated phases."""
    POLICY.require(actor, Can.RUN_CYCLE, Within(regency_code))
    cycle = Cycle(regency_code=regency_code, plan_year=plan_year, opened_at=now)
    try:
        with session.begin_nested():
            session.add(cycle)
    except IntegrityError:  # it is there, perhaps since a moment ago
        raise Refused(Refusal.YEAR_TAKEN, year=plan_year) from None
    for phase in phases:
        set_phase(actor, cycle, phase, now)
    record(actor, "open_cycle", f"cycle:{cycle.id}", now, plan_year=plan_year)
    return cycle


def set_phase(actor: Actor, cycle: Cycle, phase: PhaseFacts, now: datetime) -> Phase:
    """Date a phase of the cycle, or change its dates."""
    cycle = queries.get_locked(cycle.id)
    POLICY.require(actor, Can.RUN_CYCLE, Within(cycle.regency_code))
    if refusal := refuse_phase(phase.window.opens, phase.window.closes):
        raise Refused(refusal)
    row = session.scalars(select(Phase).where(Phase.cycle_id == cycle.id, Phase.kind == phase.kind)).first()
    if row is None:
        row = Phase(cycle_id=cycle.id, kind=phase.kind, opens=phase.window.opens, closes=phase.window.closes)
        session.add(row)
    row.opens, row.closes = phase.window.opens, phase.window.closes
    session.flush()
    record(actor, "set_phase", f"cycle:{cycle.id}", now, phase=phase.kind, opens=row.opens, closes=row.closes)
    return row


def set_ceilings(actor: Actor, cycle: Cycle, ceilings: Mapping[str, int], now: datetime) -> None:
    """Set the ceilings of regions, in rupiah; those not named stay."""
    cycle = queries.get_locked(cycle.id)
    POLICY.require(actor, Can.RUN_CYCLE, Within(cycle.regency_code))
    known = {row.region_code: row for row in session.scalars(select(Ceiling).where(Ceiling.cycle_id == cycle.id))}
    for code, amount in ceilings.items():
        if refusal := refuse_ceiling(amount):
            raise Refused(refusal)
        if code in known:
            known[code].amount = amount
        else:
            session.add(Ceiling(cycle_id=cycle.id, region_code=code, amount=amount))
    session.flush()
    record(actor, "set_ceilings", f"cycle:{cycle.id}", now, ceilings=dict(ceilings))


def share_ceilings(
    actor: Actor, cycle: Cycle, formula: Formula, figures: Sequence[Figures], source: str, now: datetime
) -> None:
    """Share a sum out between the kecamatan: keep the formula with its figures, and set the ceilings that follow."""
    cycle = queries.get_locked(cycle.id)
    POLICY.require(actor, Can.RUN_CYCLE, Within(cycle.regency_code))
    if refusal := refuse_formula(formula, figures):
        raise Refused(refusal)
    session.execute(delete(CeilingFigures).where(CeilingFigures.cycle_id == cycle.id))
    kept = session.get(CeilingFormula, cycle.id) or CeilingFormula(cycle_id=cycle.id)
    kept.total, kept.source, kept.set_at = formula.total, source, now
    kept.equal_percent, kept.people_percent, kept.poor_percent = (formula.percent[part] for part in Part)
    session.add(kept)
    session.flush()
    session.add_all(
        CeilingFigures(cycle_id=cycle.id, region_code=one.code, people=one.people, poor=one.poor) for one in figures
    )
    percent = {part.value: formula.percent[part] for part in Part}
    record(actor, "share_ceilings", f"cycle:{cycle.id}", now, total=formula.total, percent=percent, source=source)
    set_ceilings(actor, cycle, {one.code: one.amount for one in share_out(formula, figures)}, now)
