"""Changing what the registry says of an innovation, part by part, and which proposals support it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from app.audit.actions import record
from app.db.session import session
from app.db.upserts import add_once
from app.innovations import queries
from app.innovations.actions.entering import keep_misi
from app.innovations.actions.registering import place_anew
from app.innovations.models import Innovation, InnovationAffair, InnovationProposal
from app.innovations.permissions import POLICY, Can, Whose
from app.innovations.rules.profile import Affair
from app.innovations.rules.provisions import day_in
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import EARLY
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.proposals.queries import find_by_number
from app.regions.queries import find_regency, find_village
from app.search import actions as search


def describe(actor: Actor, innovation: Innovation, values: Mapping[str, Any], now: datetime) -> Innovation:
    """Change columns of the registry; `affairs` (the main one first) and `misi_ids` are lists beside them."""
    innovation = _locked(actor, innovation)
    columns = {name: value for name, value in values.items() if name not in ("affairs", "misi_ids")}
    _check(innovation, columns, now)
    changed = sorted(name for name, value in columns.items() if getattr(innovation, name) != value)
    for name in changed:
        setattr(innovation, name, columns[name])
    session.flush()
    if "affairs" in values and keep_affairs(innovation.id, values["affairs"]):
        changed.append("affairs")
    if "misi_ids" in values:
        keep_misi(innovation, set(values["misi_ids"]))
    place_anew([innovation])
    search.index(queries.SEARCHED, innovation.id, innovation.regency_code, queries.text_of(innovation))
    if changed:
        record(actor, "revise", f"innovation:{innovation.id}", now, changed=changed)
    return innovation


def _locked(actor: Actor, innovation: Innovation) -> Innovation:
    innovation = queries.get_locked(innovation.id)
    is_early = innovation.stage in EARLY
    facts = Whose(innovation.regency_code, innovation.agency_id, innovation.owner_id, is_early)
    POLICY.require(actor, Can.DESCRIBE, facts)
    return innovation


def _check(innovation: Innovation, columns: Mapping[str, Any], now: datetime) -> None:
    name = str(columns.get("name", innovation.name))
    other = queries.ids_by_name(innovation.regency_code).get(name.casefold(), innovation.id)
    if other != innovation.id:
        raise Refused(Refusal.NAME_TAKEN, name=name)
    regency = find_regency(innovation.regency_code)
    assert regency is not None  # a foreign key
    today = day_in(regency.time_zone, now)
    names = ("trial_on", "applied_on", "developed_on")
    trial_on, applied_on, developed_on = (_day(innovation, columns, name) for name in names)
    if any(day and day > today for day in (applied_on, developed_on)):
        raise Refused(Refusal.NOT_YET_APPLIED)
    if trial_on and applied_on and applied_on < trial_on:
        raise Refused(Refusal.APPLIED_BEFORE_TRIAL)
    village_code = columns.get("village_code")
    if village_code and (not village_code.startswith(f"{regency.code}.") or find_village(village_code) is None):
        raise Refused(Refusal.UNKNOWN_VILLAGE)


def _day(innovation: Innovation, columns: Mapping[str, Any], name: str) -> date | None:
    day: date | None = columns.get(name, getattr(innovation, name))
    return day


def keep_affairs(innovation_id: int, affairs: list[Affair]) -> bool:
    """Let the innovation belong to these affairs and no others, the first one above all; whether that is new."""
    wanted = list(dict.fromkeys(affairs))
    if queries.affairs_of_all([innovation_id]).get(innovation_id, []) == wanted:
        return False
    session.execute(delete(InnovationAffair).where(InnovationAffair.innovation_id == innovation_id))
    session.add_all(
        InnovationAffair(innovation_id=innovation_id, affair=affair, is_main=place == 0)
        for place, affair in enumerate(wanted)
    )
    session.flush()
    return True


def add_supporting(actor: Actor, innovation: Innovation, number: str, now: datetime) -> Innovation:
    """Tie a public proposal that asks for the same to the innovation; tying it twice ties it once."""
    innovation = queries.get_locked(innovation.id)
    POLICY.require(actor, Can.CURATE, Whose(innovation.regency_code))
    proposal = find_by_number(innovation.regency_code, number.strip())
    if proposal is None or proposal.public_since is None:
        raise Refused(Refusal.NO_SUCH_PROPOSAL)
    if proposal.id == innovation.origin_proposal_id:
        raise Refused(Refusal.IS_ORIGIN)
    row = {"innovation_id": innovation.id, "proposal_id": proposal.id, "added_by_id": actor.person_id, "at": now}
    if add_once(InnovationProposal, **row):
        record(actor, "add_supporting", f"innovation:{innovation.id}", now, proposal=number)
    return innovation
