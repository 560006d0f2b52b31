"""Adding the documents of a stage and taking them back; who leads an innovation; and what no removal may break."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import select

from app.audit.actions import record
from app.db.session import session
from app.innovations import queries
from app.innovations.models import Innovation, Provision
from app.innovations.permissions import POLICY, Can
from app.innovations.rules.gates import refuse_removal
from app.innovations.rules.provisions import Content, Kind, Known, day_in, refuse_lead, refuse_provision
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import REASON_LENGTH
from app.kernel.actor import Actor
from app.kernel.listeners import announce
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, pillars_of
from app.regions.queries import find_regency

# Told with (ids of innovations, now) whenever their lead or existence changes.
CHANGED = "innovations.changed"


def open_for(actor: Actor, innovation: Innovation, can: Can = Can.PROVIDE) -> Innovation:
    """The innovation, locked for changing what it has, by one who may; for rooms above, too."""
    innovation = queries.get_locked(innovation.id)
    POLICY.require(actor, can, Within(innovation.regency_code, innovation.agency_id))
    return innovation


def today_of(innovation: Innovation, now: datetime) -> date:
    """The date on the calendar of the innovation's regency."""
    regency = find_regency(innovation.regency_code)
    assert regency is not None  # a foreign key
    return day_in(regency.time_zone, now)


@contextmanager
def keeping_gates(innovation: Innovation, now: datetime) -> Iterator[None]:
    """What goes within this block, goes only if every gate that was passed would still be complete."""
    before = queries.held_by(innovation.id)
    yield
    session.flush()
    today = today_of(innovation, now)
    passed = queries.passed_by(innovation.id)
    if refusal := refuse_removal(passed, before, queries.held_by(innovation.id), today):
        raise Refused(refusal)


def add_provision(actor: Actor, innovation: Innovation, kind: Kind, content: Content, now: datetime) -> Provision:
    """Add a document that the innovation has to show; adding the same twice adds it once."""
    innovation = open_for(actor, innovation)
    if refusal := refuse_provision(kind, content, today_of(innovation, now)):
        raise Refused(refusal)
    columns = asdict(content)
    same = select(Provision).filter_by(innovation_id=innovation.id, kind=kind, withdrawn_at=None, **columns)
    if known := session.scalars(same.order_by(Provision.id)).first():
        return known
    provision = Provision(innovation_id=innovation.id, kind=kind, **columns, added_by_id=actor.person_id, at=now)
    session.add(provision)
    session.flush()
    record(actor, "add_provision", f"innovation:{innovation.id}", now, kind=kind)
    return provision


def withdraw_provision(
    actor: Actor, innovation: Innovation, provision: Provision, reason: str, now: datetime
) -> Provision:
    """Take back a document that was wrong, with a public reason; what a passed gate stood on stays."""
    innovation = open_for(actor, innovation)
    session.refresh(provision)
    if len(reason.strip()) < REASON_LENGTH[0]:
        raise Refused(Refusal.REASON_MISSING)
    if provision.withdrawn_at is None:
        with keeping_gates(innovation, now):
            provision.withdrawn_at, provision.withdrawn_by_id = now, actor.person_id
            provision.withdrawal = reason.strip()
        record(actor, "withdraw_provision", f"innovation:{innovation.id}", now, kind=provision.kind)
    return provision


def set_lead(
    actor: Actor, innovation: Innovation, agency_id: int | None, pillar_id: int | None, now: datetime
) -> Innovation:
    """Say which agency leads the innovation, and under which pillar it stands; a passed gate may stand on either."""
    innovation = open_for(actor, innovation, Can.CURATE)
    code = innovation.regency_code
    known = Known({row.id for row in agencies_of(code)}, {row.id for row in pillars_of(code)})
    if refusal := refuse_lead(agency_id, pillar_id, known):
        raise Refused(refusal)
    with keeping_gates(innovation, now):
        innovation.agency_id, innovation.pillar_id = agency_id, pillar_id
    record(actor, "set_lead", f"innovation:{innovation.id}", now, agency=agency_id, pillar=pillar_id)
    announce(CHANGED, ([innovation.id], now))
    return innovation
