"""Moving an innovation: through a gate, back, or to its end."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.innovations import queries
from app.innovations.actions.registering import entry
from app.innovations.models import Innovation
from app.innovations.permissions import POLICY, Can
from app.innovations.rules.gates import GateFacts, refuse_pass
from app.innovations.rules.stages import LIFECYCLE, Stage, StageEvent, event_to, refuse_reason
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within


def pass_gate(actor: Actor, innovation: Innovation, target: Stage, now: datetime, *, reason: str = "") -> Innovation:
    """Let the innovation through the gate to the target, the very next stage, with all that the gate asks for."""
    innovation = _locked(actor, innovation)
    facts = GateFacts(innovation.stage, innovation.owner_id, queries.held_by(innovation))
    if refusal := refuse_pass(facts, target, actor.person_id):
        raise Refused(refusal)
    event = event_to(innovation.stage, target)
    assert event is not None  # refused before
    return _move(actor, innovation, event, now, reason)


def send_back(actor: Actor, innovation: Innovation, reason: str, now: datetime) -> Innovation:
    """Back to those who proposed it, with what has to be mended."""
    return _move(actor, innovation, StageEvent.SEND_BACK, now, reason)


def resume(actor: Actor, innovation: Innovation, now: datetime, *, reason: str = "") -> Innovation:
    """Take up again what was sent back or stopped; it is curated anew."""
    return _move(actor, innovation, StageEvent.RESUME, now, reason)


def stop(actor: Actor, innovation: Innovation, reason: str, lesson: str, now: datetime) -> Innovation:
    """End it, and keep in public why, and what was learnt."""
    return _move(actor, innovation, StageEvent.STOP, now, reason, lesson)


def reject(actor: Actor, innovation: Innovation, reason: str, now: datetime) -> Innovation:
    return _move(actor, innovation, StageEvent.REJECT, now, reason)


def _locked(actor: Actor, innovation: Innovation) -> Innovation:
    innovation = queries.get_locked(innovation.id)
    POLICY.require(actor, Can.CURATE, Within(innovation.regency_code))
    return innovation


def _move(
    actor: Actor, innovation: Innovation, event: StageEvent, now: datetime, reason: str, lesson: str = ""
) -> Innovation:
    innovation = _locked(actor, innovation)
    if refusal := refuse_reason(event, reason, lesson):
        raise Refused(refusal)
    innovation.stage = LIFECYCLE.after(innovation.stage, event)
    innovation.stage_since = now
    session.add(entry(actor, innovation, event, now, reason, lesson))
    session.flush()
    record(actor, event, f"innovation:{innovation.id}", now, stage=innovation.stage)
    return innovation
