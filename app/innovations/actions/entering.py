"""Entering an innovation for an agency, a village or oneself; whether its owner is named."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.innovations import queries
from app.innovations.actions.registering import begin, lock_numbers, numbers
from app.innovations.models import Innovation, InnovationMisi
from app.innovations.permissions import POLICY, Can
from app.innovations.rules.entry import CLASSIFIED, STARTED, Entry, refuse_entry
from app.innovations.rules.stages import Origin, Stage
from app.kernel.actor import Actor
from app.kernel.outcomes import Denied, Refused
from app.kernel.policy import Within
from app.plans.queries import misi_of, pillars_of


def enter(actor: Actor, regency_code: str, entry: Entry, form_key: str, now: datetime) -> Innovation:
    """Enter an innovation, which then waits for the planner; the same form sent twice enters it once."""
    lock_numbers(regency_code)
    if known := queries.find_by_form(form_key):
        return known
    POLICY.require(actor, Can.ENTER, Within(regency_code))
    told = {choice.behalf: choice.initiator for choice in queries.behalves(actor, regency_code)}
    if entry.behalf not in told:
        raise Denied(Can.ENTER)
    _check(actor, regency_code, entry)
    innovation = _innovation(actor, regency_code, entry, form_key, now)
    innovation.initiator = told[entry.behalf]
    begin(actor, [innovation], now)
    keep_misi(innovation, set(entry.misi_ids))
    record(actor, "enter", f"innovation:{innovation.id}", now, origin=entry.behalf.origin)
    return innovation


def _check(actor: Actor, regency_code: str, entry: Entry) -> None:
    taken, pillars = queries.ids_by_name(regency_code), {pillar.id for pillar in pillars_of(regency_code)}
    waiting = queries.count_waiting(actor.person_id or 0)
    if refusal := refuse_entry(entry, taken, waiting, pillars):
        raise Refused(refusal, name=entry.name)


def _innovation(actor: Actor, regency_code: str, entry: Entry, form_key: str, now: datetime) -> Innovation:
    behalf = entry.behalf
    return Innovation(
        number=numbers(regency_code, 1)[0],
        regency_code=regency_code,
        name=entry.name,
        expansion=entry.expansion,
        summary=entry.summary,
        pillar_id=entry.pillar_id,
        agency_id=behalf.agency_id,
        village_code=behalf.village_code or None,
        stage=Stage.IDEA,
        stage_since=now,
        origin=behalf.origin,
        owner_id=actor.person_id,
        initiator_kind=STARTED[behalf.origin],
        classification=CLASSIFIED[behalf.origin],
        named_at=now if entry.is_named and behalf.origin is Origin.RESIDENT else None,
        source="",
        registered_at=now,
        form_key=form_key,
    )


def keep_misi(innovation: Innovation, ids: set[int]) -> None:
    """Let the innovation serve these misi of its regency, and no others."""
    known = {one.id for one in misi_of(innovation.regency_code)}
    had = {row.misi_id: row for row in queries.misi_rows_of(innovation.id)}
    for key in sorted(had.keys() - ids):
        session.delete(had[key])
    new = sorted((ids & known) - had.keys())
    session.add_all(InnovationMisi(innovation_id=innovation.id, misi_id=key) for key in new)
    session.flush()


def name_owner(actor: Actor, innovation: Innovation, is_named: bool, now: datetime) -> Innovation:
    """Whoever had the idea agrees to be named in public, or no longer does."""
    innovation = queries.get_locked(innovation.id)
    if innovation.owner_id is None or innovation.owner_id != actor.person_id:
        raise Denied(Can.DESCRIBE)
    if is_named is bool(innovation.named_at):
        return innovation
    innovation.named_at = now if is_named else None
    session.flush()
    record(actor, "name_owner", f"innovation:{innovation.id}", now, is_named=is_named)
    return innovation
