"""Decisions on an innovation: through a gate, on hold, back, or to its end; not by its owner, never without reason."""

from dataclasses import dataclass
from datetime import date, datetime

from app.audit.actions import record
from app.db.session import session
from app.innovations import queries
from app.innovations.actions.providing import CHANGED, open_for, today_of
from app.innovations.actions.registering import entry
from app.innovations.models import Innovation
from app.innovations.permissions import Can
from app.innovations.rules.gates import is_own, refuse_pass
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import LIFECYCLE, Stage, StageEvent, event_to, refuse_reason
from app.kernel.actor import Actor
from app.kernel.listeners import announce
from app.kernel.outcomes import Refused

# What those who listen hear: an innovation is in another stage.
MOVED = "stage moved"


@dataclass(frozen=True)
class Moved:
    """An innovation that has just moved, who decided so and why."""

    actor: Actor
    innovation: Innovation
    at: datetime
    reason: str


def pass_gate(actor: Actor, innovation: Innovation, target: Stage, reason: str, now: datetime) -> Innovation:
    """Let the innovation through the gate to the target, the very next stage, with all that the gate asks for."""
    innovation = open_for(actor, innovation, Can.CURATE)
    facts = queries.gate_facts(innovation, today_of(innovation, now))
    if refusal := refuse_pass(facts, target, actor.person_id):
        raise Refused(refusal)
    event = event_to(innovation.stage, target)
    assert event is not None  # refused before
    return _move(actor, innovation, event, reason, now)


def hold(actor: Actor, innovation: Innovation, reason: str, until: date | None, now: datetime) -> Innovation:
    """Leave it where it is until a day; whoever decides otherwise before ends the hold."""
    return _move(actor, innovation, StageEvent.HOLD, reason, now, until=until)


def send_back(actor: Actor, innovation: Innovation, reason: str, now: datetime) -> Innovation:
    """Back to those who proposed it, with what has to be mended."""
    return _move(actor, innovation, StageEvent.SEND_BACK, reason, now)


def resume(actor: Actor, innovation: Innovation, reason: str, now: datetime) -> Innovation:
    """Take up again what was sent back or stopped; it is curated anew."""
    return _move(actor, innovation, StageEvent.RESUME, reason, now)


def stop(actor: Actor, innovation: Innovation, reason: str, lesson: str, now: datetime) -> Innovation:
    """End it, and keep in public why, and what was learnt."""
    return _move(actor, innovation, StageEvent.STOP, reason, now, lesson=lesson)


def reject(actor: Actor, innovation: Innovation, reason: str, now: datetime) -> Innovation:
    return _move(actor, innovation, StageEvent.REJECT, reason, now)


def _move(
    actor: Actor,
    innovation: Innovation,
    event: StageEvent,
    reason: str,
    now: datetime,
    *,
    lesson: str = "",
    until: date | None = None,
) -> Innovation:
    innovation = open_for(actor, innovation, Can.CURATE)
    if is_own(innovation.owner_id, actor.person_id):
        raise Refused(Refusal.OWN_GATE)
    if refusal := refuse_reason(event, reason, lesson, until, today_of(innovation, now)):
        raise Refused(refusal)
    before = innovation.stage
    innovation.stage = LIFECYCLE.after(before, event)
    innovation.stage_since = innovation.stage_since if innovation.stage is before else now
    innovation.held_until = until
    session.add(entry(actor, innovation, event, now, reason, lesson, until))
    session.flush()
    record(actor, event, f"innovation:{innovation.id}", now, stage=innovation.stage)
    announce(CHANGED, ([innovation.id], now))
    if innovation.stage is not before:
        announce(MOVED, Moved(actor, innovation, now, reason))
    return innovation
