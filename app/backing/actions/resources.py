"""Commitments: entered, agreed, delivered, withdrawn; a name is shown only as long as who bears it agrees."""

from datetime import date, datetime

from sqlalchemy import select

from app.audit.actions import record
from app.backing.actions.judging import judge
from app.backing.models import Commitment
from app.backing.rules.refusals import Refusal
from app.backing.rules.resources import (
    COMMITMENTS,
    CommitmentEvent,
    CommitmentState,
    CommitmentText,
    Resource,
    refuse_commitment,
    refuse_step,
)
from app.db.session import session
from app.innovations.actions import keeping_gates, open_for, today_of
from app.innovations.models import Innovation
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused


def add_commitment(
    actor: Actor, innovation: Innovation, text: CommitmentText, state: CommitmentState, on: date, now: datetime
) -> Commitment:
    """Enter a commitment that is in the state since the day; sent twice, it stands once."""
    innovation = open_for(actor, innovation)
    today = today_of(innovation, now)
    if refusal := refuse_commitment(text, state, on, today):
        raise Refused(refusal)
    columns = {
        "kind": text.kind,
        "title": text.title.strip(),
        "person": text.person.strip(),
        "fund": text.fund,
        "amount": text.amount,
        "since": text.since,
        "until": text.until,
    }
    same = select(Commitment).filter_by(innovation_id=innovation.id, withdrawn_at=None, **columns)
    if known := session.scalars(same.order_by(Commitment.id)).first():
        return known
    made = Commitment(innovation_id=innovation.id, state=state, added_by_id=actor.person_id, at=now, **columns)
    made.consented_on = today if text.kind is Resource.PEOPLE and text.is_consented else None
    setattr(made, DAY_OF[state], on)
    made.agreed_on = on if state is CommitmentState.DELIVERED else made.agreed_on
    session.add(made)
    session.flush()
    _keep(actor, innovation, made, f"commitment_{state}", now)
    return made


# The column that keeps since when a commitment is in the state.
DAY_OF = {
    CommitmentState.PLANNED: "planned_on",
    CommitmentState.AGREED: "agreed_on",
    CommitmentState.DELIVERED: "delivered_on",
}


def step(
    actor: Actor, innovation: Innovation, commitment: Commitment, event: CommitmentEvent, on: date, now: datetime
) -> Commitment:
    """What was planned is agreed, what was agreed is delivered, on a day."""
    innovation = _opened(actor, innovation, commitment)
    latest = commitment.agreed_on or commitment.planned_on or on
    if refusal := refuse_step(event, on, latest, "", today_of(innovation, now)):
        raise Refused(refusal)
    commitment.state = COMMITMENTS.after(commitment.state, event)
    setattr(commitment, DAY_OF[commitment.state], on)
    _keep(actor, innovation, commitment, f"commitment_{event}", now)
    return commitment


def withdraw_commitment(
    actor: Actor, innovation: Innovation, commitment: Commitment, reason: str, now: datetime
) -> Commitment:
    """Take it back with a public reason; refused where a passed gate stood on it and nothing else takes its place."""
    innovation = _opened(actor, innovation, commitment)
    event, today = CommitmentEvent.WITHDRAW, today_of(innovation, now)
    if refusal := refuse_step(event, today, today, reason, today):
        raise Refused(refusal)
    with keeping_gates(innovation, now):
        commitment.state = COMMITMENTS.after(commitment.state, event)
        commitment.withdrawn_at, commitment.withdrawn_by_id = now, actor.person_id
        commitment.withdrawal = reason.strip()
    _keep(actor, innovation, commitment, "commitment_withdraw", now)
    return commitment


def change_consent(
    actor: Actor, innovation: Innovation, commitment: Commitment, *, is_consented: bool, now: datetime
) -> Commitment:
    """Whether the person agrees to be named in public; taken back, the name is hidden at once."""
    innovation = _opened(actor, innovation, commitment)
    if commitment.kind is not Resource.PEOPLE:
        raise Refused(Refusal.FIELD_MISSING)
    commitment.consented_on = (commitment.consented_on or today_of(innovation, now)) if is_consented else None
    record(actor, "change_consent", f"commitment:{commitment.id}", now, is_consented=is_consented)
    return commitment


def _opened(actor: Actor, innovation: Innovation, commitment: Commitment) -> Innovation:
    """The innovation locked, and the commitment as it stands now."""
    innovation = open_for(actor, innovation)
    session.refresh(commitment)
    return innovation


def _keep(actor: Actor, innovation: Innovation, commitment: Commitment, act: str, now: datetime) -> None:
    session.flush()
    record(actor, act, f"innovation:{innovation.id}", now, kind=commitment.kind, commitment=commitment.id)
    judge([innovation.id], now)
