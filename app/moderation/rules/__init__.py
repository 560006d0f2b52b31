"""What a moderator can decide, on what they have seen, and when an answer is late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.proposals.rules import Event, ReasonCode, Refusal, Status

SOON = timedelta(days=2)
# The reasons a moderator may give; not being selected is for voters to say, another agency for agencies.
NOT_THEIRS = (ReasonCode.NOT_SELECTED, ReasonCode.WRONG_AGENCY)
REASONS = tuple(code for code in ReasonCode if code not in NOT_THEIRS)


class Decision(StrEnum):
    """The three answers, as they stand in addresses and forms."""

    PUBLISH = "terbitkan"
    RETURN = "kembalikan"
    REJECT = "tolak"


EVENTS = {Decision.PUBLISH: Event.PUBLISH, Decision.RETURN: Event.RETURN, Decision.REJECT: Event.REJECT}


@dataclass(frozen=True)
class Verdict:
    """A decision with its public reason, on the state of the proposal that the moderator saw."""

    decision: Decision
    seen: str
    code: ReasonCode | None = None
    reason: str = ""


def state_mark(status: Status, held_since: datetime) -> str:
    """What a form carries to tell whether the proposal has changed since it was shown."""
    return f"{status}.{held_since.isoformat()}"


def refuse_verdict(verdict: Verdict, present: str) -> Refusal | None:
    if verdict.seen != present:
        return Refusal.CHANGED_MEANWHILE
    is_no = verdict.decision is not Decision.PUBLISH
    return Refusal.REASON_MISSING if is_no and verdict.code not in REASONS else None


class Urgency(StrEnum):
    """How near the end of the service clock is."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True)
class Deadline:
    """Until when an answer is due; `late_days` are whole days past it."""

    until: datetime
    urgency: Urgency
    late_days: int


def deadline(until: datetime, now: datetime) -> Deadline:
    if now >= until:
        return Deadline(until, Urgency.LATE, (now - until).days)
    return Deadline(until, Urgency.SOON if until - now <= SOON else Urgency.CALM, 0)
