"""Objections: who may doubt a counted result, until when, and when it may be certified."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.kernel.actor import Actor, Level
from app.kernel.windows import Window
from app.voting.rules.contest import ContestStatus

TEXT_LENGTH = (20, 2000)
# Enough to say everything; more is for the conversation with the committee.
MOST_EACH = 5


class ObjectionRefusal(StrEnum):
    """Why an objection or an answer is not taken, or a result is not certified yet."""

    NOT_COUNTED = "not_counted"
    TOO_LATE = "objections_over"
    NOT_ATTESTED = "objector_not_attested"
    NOT_RESIDENT = "objector_elsewhere"
    ENOUGH = "enough_objections"
    ANSWERED = "objection_answered"
    OWN_OBJECTION = "own_objection"
    WINDOW_OPEN = "objections_open"
    UNANSWERED = "objections_unanswered"


def objection_window(counted_at: datetime, days: int) -> Window | None:
    """Open from the count on; None where there is none."""
    return Window(counted_at, counted_at + timedelta(days=days)) if days else None


def refuse_objector(
    actor: Actor, region_code: str, status: ContestStatus, window: Window | None, now: datetime, *, made: int = 0
) -> ObjectionRefusal | None:
    """Any attested resident of the region may object, whether they have voted or not."""
    if status is not ContestStatus.COUNTED:
        return ObjectionRefusal.NOT_COUNTED
    if window is None or window.is_over(now):
        return ObjectionRefusal.TOO_LATE
    if actor.level < Level.ATTESTED:
        return ObjectionRefusal.NOT_ATTESTED
    if not actor.lives_in(region_code):
        return ObjectionRefusal.NOT_RESIDENT
    return ObjectionRefusal.ENOUGH if made >= MOST_EACH else None


def refuse_answer(actor: Actor, author_id: int, *, is_answered: bool) -> ObjectionRefusal | None:
    """An answer stands; nobody answers what they have asked themselves."""
    if is_answered:
        return ObjectionRefusal.ANSWERED
    return ObjectionRefusal.OWN_OBJECTION if author_id == actor.person_id else None


def refuse_certify(window: Window | None, unanswered: int, now: datetime) -> ObjectionRefusal | None:
    if window is not None and not window.is_over(now):
        return ObjectionRefusal.WINDOW_OPEN
    return ObjectionRefusal.UNANSWERED if unanswered else None
