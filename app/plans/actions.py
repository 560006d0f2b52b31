"""Bringing plans in, and entering the misi that a source did not have."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.audit.actions import record
from app.db.session import session
from app.db.upserts import Tally, bring_up_to_date
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.plans import queries
from app.plans.models import Agency, Misi, Pillar, Plan, PlanValue
from app.plans.permissions import POLICY, Can
from app.plans.rules import MisiText, Refusal, refuse_misi
from app.plans.rules.importing import Known, PillarText, PlanSet, PlanText, read_plans
from app.regions.queries import regencies


def import_plans(actor: Actor, files: Mapping[str, bytes], now: datetime) -> Tally:
    """Bring in what the files say, or nothing: raises Faulty with every fault. What they do not name stays."""
    national = {pillar.number for pillar in queries.own_pillars(None)}
    found = read_plans(files, Known({regency.code for regency in regencies()}, national))
    for code in _scopes(found):
        POLICY.require(actor, Can.KEEP_PLAN, Within(code))
    tally = _bring_pillars(None, found.national) + _bring_agencies(found)
    for plan in found.plans:
        tally += _bring_plan(plan)
    if tally.new or tally.changed:
        record(actor, "import_plans", "plans", now, new=tally.new, changed=tally.changed)
    return tally


def _scopes(found: PlanSet) -> set[str]:
    """The regencies that the files speak of; the national pillars belong to the installation."""
    own = {plan.regency_code for plan in found.plans} | {agency.regency_code for agency in found.agencies}
    return own | {""} if found.national else own


def _bring_plan(plan: PlanText) -> Tally:
    code = plan.regency_code
    columns = {name: value for name, value in asdict(plan).items() if name not in ("values", "misi", "pillars")}
    tally = bring_up_to_date(
        Plan,
        {(row.kind, row.first_year): row for row in queries.plans_of(code)},
        {(plan.kind, plan.first_year): columns},
    )
    kept = next(row for row in queries.plans_of(code) if (row.kind, row.first_year) == (plan.kind, plan.first_year))
    tally += bring_up_to_date(
        PlanValue,
        {row.position: row for row in queries.values_of(kept.id)},
        {value.position: asdict(value) | {"plan_id": kept.id} for value in plan.values},
    )
    tally += bring_up_to_date(
        Misi,
        {row.number: row for row in queries.misi_rows(code)},
        {misi.number: asdict(misi) | {"regency_code": code} for misi in plan.misi},
    )
    return tally + _bring_pillars(code, plan.pillars)


def _bring_pillars(code: str | None, pillars: tuple[PillarText, ...]) -> Tally:
    return bring_up_to_date(
        Pillar,
        {row.number: row for row in queries.own_pillars(code)},
        {pillar.number: asdict(pillar) | {"regency_code": code} for pillar in pillars},
    )


def _bring_agencies(found: PlanSet) -> Tally:
    known: dict[Any, Agency] = {}
    for code in sorted({agency.regency_code for agency in found.agencies}):
        known |= {(code, row.short_name): row for row in queries.agencies_of(code)}
    wanted = {(agency.regency_code, agency.short_name): asdict(agency) for agency in found.agencies}
    return bring_up_to_date(Agency, known, wanted)


def end_agency(actor: Actor, agency_id: int, ended_on: date | None, now: datetime) -> Agency:
    """Note since which day an agency is there no more, or that it is again; what it had stays with its name."""
    agency = session.get(Agency, agency_id, with_for_update=True)
    if agency is None:
        raise Missing
    POLICY.require(actor, Can.KEEP_PLAN, Within(agency.regency_code))
    if agency.ended_on != ended_on:
        agency.ended_on = ended_on
        session.flush()
        day = ended_on.isoformat() if ended_on else None
        record(actor, "end_agency", f"agency:{agency.id}", now, ended_on=day)
    return agency


def add_misi(actor: Actor, regency_code: str, misi: MisiText, now: datetime) -> Misi:
    """Enter a misi of the regency's plan; from the first one on residents can propose."""
    POLICY.require(actor, Can.KEEP_PLAN, Within(regency_code))
    if refusal := refuse_misi(misi.number, [known.number for known in queries.misi_of(regency_code)]):
        raise Refused(refusal, number=misi.number)
    row = Misi(regency_code=regency_code, **asdict(misi))
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # another planner was faster
        raise Refused(Refusal.MISI_TAKEN, number=misi.number) from None
    record(actor, "add_misi", f"misi:{row.id}", now, regency=regency_code, number=misi.number)
    return row
