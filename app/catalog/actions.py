"""Bringing a catalog in for a regency and a plan year."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.audit.actions import record
from app.catalog import queries
from app.catalog.models import CatalogEntry
from app.catalog.permissions import POLICY, Can
from app.catalog.rules import refuse_change
from app.catalog.rules.importing import EntryText, Known, read_catalog
from app.cycles.queries import cycles_of
from app.cycles.rules import OPENS, Activity
from app.db.upserts import Tally, bring_up_to_date
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, misi_of, pillars_of


def import_catalog(actor: Actor, regency_code: str, plan_year: int, file: str, content: bytes, now: datetime) -> Tally:
    """Bring in what the file says, or nothing: raises Faulty with every fault. What it leaves out is retired."""
    POLICY.require(actor, Can.KEEP_CATALOG, Within(regency_code))
    if refusal := refuse_change(_has_opened(regency_code, plan_year, now)):
        raise Refused(refusal, year=plan_year)
    agencies = {agency.short_name: agency.id for agency in agencies_of(regency_code)}
    misi = {one.number: one.id for one in misi_of(regency_code)}
    known = Known(agencies, misi, {pillar.national or pillar.number for pillar in pillars_of(regency_code)})
    found = read_catalog(file, content, known)
    tally = bring_up_to_date(
        CatalogEntry,
        {row.code: row for row in queries.all_entries(regency_code, plan_year)},
        {
            entry.code: _columns(entry, position, agencies, misi)
            | {"regency_code": regency_code, "plan_year": plan_year}
            for position, entry in enumerate(found, 1)
        },
    )
    tally += _retire(regency_code, plan_year, found)
    if tally.new or tally.changed:
        record(actor, "import_catalog", f"regency:{regency_code}", now, year=plan_year, entries=len(found))
    return tally


def _has_opened(regency_code: str, plan_year: int, now: datetime) -> bool:
    """Whether people have been able to propose for the year."""
    phases = [phase for cycle in cycles_of(regency_code) if cycle.plan_year == plan_year for phase in cycle.phases]
    gathering = [phase.window for phase in phases if Activity.PROPOSE in OPENS[phase.kind]]
    return any(not window.is_before(now) for window in gathering)


def _columns(entry: EntryText, position: int, agencies: dict[str, int], misi: dict[int, int]) -> dict[str, Any]:
    return {
        "code": entry.code,
        "position": position,
        "title": entry.title,
        "definition": entry.definition,
        "unit": entry.unit,
        "price_low": entry.price_low,
        "price_high": entry.price_high,
        "agency_id": agencies.get(entry.agency),
        "authorities": [code.value for code in entry.authorities],
        "misi_id": misi.get(entry.misi or 0),
        "pillar": entry.pillar,
        "kind": entry.kind,
        "evidence": [code.value for code in entry.evidence],
        "is_retired": False,
    }


def _retire(regency_code: str, plan_year: int, found: Sequence[EntryText]) -> Tally:
    named = {entry.code for entry in found}
    gone = [row for row in queries.entries_of(regency_code, plan_year) if row.code not in named]
    for row in gone:
        row.is_retired = True
    return Tally(changed=len(gone))
