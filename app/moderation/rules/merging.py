"""Uniting two proposals, and parting them again for seven days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.moderation.rules.refusals import Refusal
from app.proposals.rules import Event, Status

SEPARABLE_FOR = timedelta(days=7)
MERGEABLE = frozenset({Status.SUBMITTED, Status.PUBLISHED})
SPLITTABLE = frozenset({Status.SUBMITTED})
# Which step leads back to what a merged proposal was.
WAY_BACK = {Status.SUBMITTED: Event.UNDO, Status.PUBLISHED: Event.SEPARATE}


@dataclass(frozen=True)
class Side:
    """One of two proposals to be united; `within` are those it has been merged into, directly or through others."""

    id: int
    regency_code: str
    status: Status
    is_public: bool
    within: Collection[int] = ()


def refuse_merge(merged: Side, into: Side) -> Refusal | None:
    if merged.id == into.id:
        return Refusal.ITSELF
    if merged.regency_code != into.regency_code:
        return Refusal.OTHER_REGENCY
    if merged.id in into.within:
        return Refusal.IN_CIRCLE
    if merged.status not in MERGEABLE:
        return Refusal.NOT_MERGEABLE
    if into.status is not Status.PUBLISHED or not into.is_public:
        return Refusal.INTO_NOT_PUBLIC
    return None


def refuse_separation(at: datetime, into: Status, now: datetime, *, is_undone: bool) -> Refusal | None:
    """Why what was merged at a moment is not parted any more; `into` is what has become of the other one."""
    if is_undone:
        return Refusal.SEPARATED_ALREADY
    if into is Status.MERGED:
        return Refusal.INTO_MERGED_ON
    return Refusal.TOO_LATE_TO_SEPARATE if now >= at + SEPARABLE_FOR else None


def refuse_split(status: Status) -> Refusal | None:
    """Only before it is public: supporters keep the text that they have supported."""
    return None if status in SPLITTABLE else Refusal.NOT_SPLITTABLE
