"""When a proposal takes support, and why it does not."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from app.cycles.rules import OPENS, Activity, PhaseFacts
from app.proposals.rules import SET_ASIDE, Status


class Refusal(StrEnum):
    """Why support is not taken."""

    NOT_PUBLISHED = "not_published"
    SET_ASIDE = "set_aside"
    DEFERRED = "deferred"
    DECIDED = "decided"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    NOT_CONFIRMED = "not_confirmed"


BEFORE_PUBLISHING = frozenset({Status.DRAFT, Status.SUBMITTED, Status.RETURNED})


def refuse_support(status: Status, phases: Sequence[PhaseFacts], now: datetime) -> Refusal | None:
    """Why a proposal in this status, in a cycle with these phases, takes no support now and gives none back."""
    if status in BEFORE_PUBLISHING:
        return Refusal.NOT_PUBLISHED
    if status in SET_ASIDE:
        return Refusal.SET_ASIDE
    if status is Status.DEFERRED:
        return Refusal.DEFERRED
    if status is not Status.PUBLISHED:
        return Refusal.DECIDED
    taking = [phase.window for phase in phases if Activity.SUPPORT in OPENS[phase.kind]]
    if any(window.is_open(now) for window in taking):
        return None
    return Refusal.NOT_OPEN_YET if any(window.is_before(now) for window in taking) else Refusal.CLOSED


def next_opening(phases: Sequence[PhaseFacts], now: datetime) -> datetime | None:
    """When support is taken next."""
    taking = (phase.window for phase in phases if Activity.SUPPORT in OPENS[phase.kind])
    return min((window.opens for window in taking if window.is_before(now)), default=None)


def last_closing(phases: Sequence[PhaseFacts]) -> datetime | None:
    """Until when support is, or was, taken."""
    taking = (phase.window for phase in phases if Activity.SUPPORT in OPENS[phase.kind])
    return max((window.closes for window in taking), default=None)
