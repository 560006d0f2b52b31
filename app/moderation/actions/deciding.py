"""Answering a proposal, or many at once with one way back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Denied, Missing, Refused
from app.moderation import queries
from app.moderation.models import Batch, BatchItem
from app.moderation.rules import EVENTS, Verdict, refuse_verdict, state_mark
from app.moderation.rules.bulk import refuse_batch, refuse_undo
from app.proposals.actions import happen, move
from app.proposals.models import Proposal
from app.proposals.permissions import POLICY, Can
from app.proposals.queries import facts_of, get_locked, lock_all
from app.proposals.rules import LIFECYCLE, Clock, Event, Status


@dataclass(frozen=True)
class Done:
    """What became of a batch: the numbers that were changed, and those that had changed meanwhile."""

    batch_id: int
    changed: tuple[str, ...]
    skipped: tuple[str, ...]


def decide(actor: Actor, proposal: Proposal, verdict: Verdict, now: datetime) -> Proposal:
    """Publish, return or reject what the moderator saw; whoever answered first is not overruled."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.REVIEW, facts_of(proposal))
    if refusal := refuse_verdict(verdict, state_mark(proposal.status, proposal.held_since)):
        raise Refused(refusal)
    return move(actor, proposal, EVENTS[verdict.decision], now, code=verdict.code, reason=verdict.reason)


def decide_many(actor: Actor, seen: Mapping[str, str], verdict: Verdict, now: datetime) -> Done:
    """Give the same answer to all of these numbers, each on the state in which it was seen.

    What has changed meanwhile or is not theirs to answer is skipped and told; the rest can be taken back in one go.
    """
    if refusal := refuse_batch(seen):
        raise Refused(refusal)
    found = queries.by_numbers(seen)
    lock_all([one.id for one in found])
    assert actor.person_id is not None  # a moderator
    batch = Batch(moderator_id=actor.person_id, decision=verdict.decision, at=now)
    session.add(batch)
    session.flush()
    changed = [str(one.number) for one in found if _decide_one(actor, batch, one, verdict, seen, now)]
    skipped = tuple(number for number in seen if number not in changed)
    record(actor, "decide_many", f"batch:{batch.id}", now, decision=verdict.decision, changed=len(changed))
    return Done(batch.id, tuple(changed), skipped)


def _decide_one(
    actor: Actor, batch: Batch, proposal: Proposal, verdict: Verdict, seen: Mapping[str, str], now: datetime
) -> bool:
    proposal = get_locked(proposal.id)
    before = Clock(proposal.held_since, proposal.held_until, proposal.public_since)
    if proposal.status is not Status.SUBMITTED:
        return False
    try:
        decide(actor, proposal, replace(verdict, seen=seen[str(proposal.number)]), now)
    except Denied:
        return False
    except Refused as refused:
        if refused.reason is not queries.CHANGED:
            raise
        return False
    session.add(
        BatchItem(
            batch_id=batch.id,
            proposal_id=proposal.id,
            was_held_since=before.since,
            was_held_until=before.until,
            was_public_since=before.public_since,
        )
    )
    return True


def undo_batch(actor: Actor, batch_id: int, now: datetime) -> Done:
    """Take a batch of one's own back: what nobody has touched since waits again, with its old clock."""
    batch = queries.get_batch_locked(batch_id)
    if batch.moderator_id != actor.person_id:
        raise Missing
    if refusal := refuse_undo(batch.at, batch.undone_at, now):
        raise Refused(refusal)
    batch.undone_at = now
    items = queries.items_of(batch.id)
    lock_all([item.proposal_id for item in items])
    came_to = LIFECYCLE.after(Status.SUBMITTED, EVENTS[batch.decision])
    changed: list[str] = []
    skipped: list[str] = []
    for item in items:
        proposal = get_locked(item.proposal_id)
        is_untouched = proposal.status is came_to and proposal.held_since == batch.at
        if is_untouched and POLICY.may(actor, Can.REVIEW, facts_of(proposal)):
            clock = Clock(item.was_held_since, item.was_held_until, item.was_public_since)
            happen(actor, proposal, Event.UNDO, now, clock=clock)
        (changed if is_untouched else skipped).append(str(proposal.number))
    record(actor, "undo_batch", f"batch:{batch.id}", now, changed=len(changed))
    return Done(batch.id, tuple(changed), tuple(skipped))
