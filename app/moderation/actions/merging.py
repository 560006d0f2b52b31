"""Uniting two proposals and parting them again, with everything that hangs on them."""

from collections.abc import Collection
from datetime import datetime

from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.movers import Mover, movers_of
from app.kernel.outcomes import Refused
from app.moderation import queries
from app.moderation.models import Merge, MergeMove
from app.moderation.rules import state_mark
from app.moderation.rules.merging import WAY_BACK, refuse_merge, refuse_separation
from app.proposals.actions import happen, note
from app.proposals.models import Proposal
from app.proposals.permissions import POLICY, Can
from app.proposals.queries import facts_of, get_locked, lock_all
from app.proposals.rules import Clock, Event, ReasonCode, Refusal


def merge(actor: Actor, merged: Proposal, into: Proposal, seen: str, reason: str, now: datetime) -> Merge:
    """Unite a proposal with another: supports and the like go over, one a person; both timelines tell it.

    Both rows are locked in the order of their ids: of two merges the other way round at once, one comes first.
    """
    merged, into = _lock(actor, merged.id, into.id)
    if seen != state_mark(merged.status, merged.held_since):
        raise Refused(Refusal.CHANGED_MEANWHILE)
    if refusal := refuse_merge(queries.side_of(merged), queries.side_of(into)):
        raise Refused(refusal, number=into.number)
    assert actor.person_id is not None  # a moderator
    united = Merge(
        merged_id=merged.id,
        into_id=into.id,
        at=now,
        by_id=actor.person_id,
        was=merged.status,
        was_held_since=merged.held_since,
        was_held_until=merged.held_until,
        was_public_since=merged.public_since,
    )
    session.add(united)
    session.flush()
    for mover in movers_of("proposal"):
        brought = mover.unite(merged.id, into.id)
        session.add_all(MergeMove(merge_id=united.id, kind=mover.kind, key=key) for key in brought)
    happen(actor, merged, Event.MERGE, now, code=ReasonCode.DUPLICATE, reason=reason, number=into.number)
    note(actor, into, Event.TAKE_IN, now, number=merged.number)
    return united


def separate(actor: Actor, merge_id: int, now: datetime) -> Proposal:
    """Part what was united less than seven days ago; everybody supports what they supported before.

    Who came over with another merge as well stays with it.
    """
    ids = queries.get_merge(merge_id)
    merged, into = _lock(actor, ids.merged_id, ids.into_id)
    united = queries.get_merge(merge_id)
    if refusal := refuse_separation(united.at, into.status, now, is_undone=united.undone_at is not None):
        raise Refused(refusal, number=into.number)
    united.undone_at, united.undone_by_id = now, actor.person_id
    session.flush()
    for mover in movers_of("proposal"):
        gone = mover.separate(merged.id, into.id, queries.brought_by(united.id, mover.kind))
        _bring_again(mover, into.id, gone)
    clock = Clock(united.was_held_since, united.was_held_until, united.was_public_since)
    happen(actor, merged, WAY_BACK[united.was], now, clock=clock, number=into.number)
    note(actor, into, Event.GIVE_BACK, now, number=merged.number)
    return merged


def _lock(actor: Actor, merged_id: int, into_id: int) -> tuple[Proposal, Proposal]:
    lock_all([merged_id, into_id])
    merged, into = get_locked(merged_id), get_locked(into_id)
    for one in (merged, into):
        POLICY.require(actor, Can.REVIEW, facts_of(one))
    return merged, into


def _bring_again(mover: Mover, into_id: int, gone: Collection[int]) -> None:
    """What has just gone but had come over with another merge too belongs to that one now."""
    left = set(gone)
    for other in queries.merges_into(into_id):
        kept = mover.unite(other.merged_id, into_id, only=left)
        session.add_all(MergeMove(merge_id=other.id, kind=mover.kind, key=key) for key in kept)
        left.difference_update(kept)
    session.flush()
