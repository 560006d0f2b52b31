"""Citizen checks."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.files import actions as files
from app.innovations.models import Innovation
from app.innovations.queries import get_locked
from app.kernel.actor import Actor
from app.kernel.outcomes import Denied, Refused
from app.monitoring import queries
from app.monitoring.actions.judging import judge_one
from app.monitoring.models import CitizenCheck
from app.monitoring.permissions import CHECKS, CanCheck
from app.monitoring.rules.checks import Answer
from app.monitoring.rules.quarters import Quarter, last_ended
from app.monitoring.rules.refusals import Refusal
from app.monitoring.rules.things import MEASURED, ThingKind
from app.rad.queries import action_ids_of
from app.regions.queries import find_regency

PHOTOS = "citizen_check"


def check(
    actor: Actor, innovation: Innovation, answer: Answer, note: str, now: datetime, *, form_key: str = ""
) -> CitizenCheck:
    """Say whether what is reported of the last quarter is there; once a quarter."""
    innovation = get_locked(innovation.id)
    is_attested = queries.attests(actor, innovation.id)
    if not is_attested:
        CHECKS.require(actor, CanCheck.CHECK, queries.check_facts(actor, innovation))
    if actor.person_id is None:
        raise Denied(CanCheck.CHECK)
    if innovation.stage not in MEASURED:
        raise Refused(Refusal.NOTHING_TO_CHECK)
    quarter = quarter_checked(innovation, now)
    if queries.find_check(innovation.id, actor.person_id, quarter):
        raise Refused(Refusal.CHECKED_ALREADY)
    found = CitizenCheck(
        innovation_id=innovation.id,
        year=quarter.year,
        quarter=quarter.number,
        person_id=actor.person_id,
        is_attested=is_attested,
        answer=answer,
        note=note,
        at=now,
    )
    session.add(found)
    session.flush()
    if form_key:
        files.attach(actor, form_key, PHOTOS, found.id)
    _judge(innovation, now)
    # Not under the innovation, whose changes everybody reads: few answer, and the minute would point at them.
    record(actor, "check_innovation", f"citizen_check:{found.id}", now, quarter=str(quarter))
    return found


def quarter_checked(innovation: Innovation, now: datetime) -> Quarter:
    """The quarter that residents are asked about: the last one that has ended."""
    regency = find_regency(innovation.regency_code)
    assert regency is not None  # a foreign key
    return last_ended(now, regency.time_zone)


def _judge(innovation: Innovation, now: datetime) -> None:
    """It may contradict what is reported of the innovation, and of the actions above it."""
    if queries.indicators_of(ThingKind.INNOVATION, [innovation.id]):
        judge_one(queries.get_thing_by_id(ThingKind.INNOVATION, innovation.id), now)
    for action_id in action_ids_of(innovation.id):
        judge_one(queries.get_thing_by_id(ThingKind.ACTION, action_id), now)
