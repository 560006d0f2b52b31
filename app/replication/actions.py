"""Reporting that a village has taken an innovation up, and what the lead agency finds."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.files.actions import attach
from app.innovations.actions import keeping_gates, note_adopters, today_of
from app.innovations.models import Innovation
from app.innovations.queries import get_locked
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.regions.queries import find_village
from app.replication import queries
from app.replication.models import Replication
from app.replication.permissions import POLICY, Can
from app.replication.rules import (
    REPLICATIONS,
    AdoptionFacts,
    AdoptionText,
    Event,
    Refusal,
    State,
    refuse_adoption,
    refuse_decision,
)


def report(actor: Actor, innovation: Innovation, text: AdoptionText, form_key: str, now: datetime) -> Replication:
    """Say that a village has taken it up, with the photos of the form as proof; sent twice, it is one report."""
    innovation = get_locked(innovation.id)
    POLICY.require(actor, Can.REPORT, Within(text.village_code))
    if known := queries.find_by_form(form_key):
        return known
    facts = AdoptionFacts(
        innovation.regency_code, innovation.stage, innovation.village_code, queries.taken_villages(innovation.id)
    )
    has_proof = queries.has_photos(actor.person_id, form_key)
    if refusal := refuse_adoption(facts, text, has_proof=has_proof, today=today_of(innovation, now)):
        raise Refused(refusal)
    if find_village(text.village_code) is None:
        raise Refused(Refusal.FOREIGN_VILLAGE)
    made = Replication(
        innovation_id=innovation.id,
        village_code=text.village_code,
        state=State.ASKED,
        adopter=text.adopter.strip(),
        adopted_on=text.adopted_on,
        note=text.note.strip(),
        form_key=form_key,
        asked_by_id=actor.person_id,
        at=now,
        reason="",
    )
    session.add(made)
    session.flush()
    attach(actor, form_key, queries.PHOTOS, made.id)
    record(actor, "report_replication", f"innovation:{innovation.id}", now, village=text.village_code)
    return made


def decide(
    actor: Actor, innovation: Innovation, replication: Replication, event: Event, reason: str, now: datetime
) -> Replication:
    """Confirm it, refuse it with a reason, or say that it has ended; never by who has reported it."""
    innovation = get_locked(innovation.id)
    session.refresh(replication)
    POLICY.require(actor, Can.DECIDE, Within(innovation.regency_code, innovation.agency_id))
    if refusal := refuse_decision(event, replication.asked_by_id, actor.person_id, reason):
        raise Refused(refusal)
    with keeping_gates(innovation, now):
        replication.state = REPLICATIONS.after(replication.state, event)
        replication.decided_by_id, replication.decided_at, replication.reason = actor.person_id, now, reason.strip()
    note_adopters(innovation.id, {code.rpartition(".")[0] for code in queries.confirmed_villages(innovation.id)})
    record(actor, f"replication_{event}", f"innovation:{innovation.id}", now, village=replication.village_code)
    return replication
