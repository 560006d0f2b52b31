"""What becomes of a comment, who it stands for, and why one is not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.cycles.rules import OPENS, Activity, PhaseFacts
from app.discussion.rules.supports import BEFORE_PUBLISHING
from app.kernel.transitions import Lifecycle
from app.limits.rules import Limit
from app.proposals.rules import SET_ASIDE, Status
from app.proposals.rules.newcomers import NEW_FOR

TEXT_LENGTH = (2, 1000)
REASON_LENGTH = (10, 500)
EDIT_WINDOW = timedelta(minutes=15)
HOUR = timedelta(hours=1)
# Whoever has just come speaks less often at first.
COMMENTS, COMMENTS_WHEN_NEW = Limit("comments", 10, HOUR), Limit("comments_new", 3, HOUR)
EDITS = Limit("comment_edits", 30, HOUR)


class Stance(StrEnum):
    """What a comment says of the proposal; an answer to a comment has none."""

    FOR = "for"
    AGAINST = "against"
    QUESTION = "question"


class Voice(StrEnum):
    """Who speaks: a resident, the author of the proposal, or somebody in office."""

    RESIDENT = "resident"
    AUTHOR = "author"
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    PLANNER = "planner"
    OFFICER = "officer"


# Voices whose word answers a question, and stands out on the page.
ANSWERING = frozenset(Voice) - {Voice.RESIDENT}


class CommentStatus(StrEnum):
    SHOWN = "shown"
    DELETED = "deleted"
    HIDDEN = "hidden"


class CommentEvent(StrEnum):
    DELETE = "delete"
    HIDE = "hide"
    SHOW = "show"


LIFECYCLE: Lifecycle[CommentStatus, CommentEvent] = Lifecycle(
    {
        (CommentStatus.SHOWN, CommentEvent.DELETE): CommentStatus.DELETED,
        (CommentStatus.SHOWN, CommentEvent.HIDE): CommentStatus.HIDDEN,
        (CommentStatus.HIDDEN, CommentEvent.SHOW): CommentStatus.SHOWN,
    }
)


class HideCode(StrEnum):
    """Why a moderator hides a comment, for counting; the public reason says it in words."""

    PRIVATE_DATA = "private_data"
    INSULT = "insult"
    HATE = "hate"
    SPAM = "spam"
    OFF_TOPIC = "off_topic"


class CommentRefusal(StrEnum):
    """Why a comment is not taken or not changed."""

    NOT_PUBLISHED = "not_published"
    SET_ASIDE = "set_aside"
    DEFERRED = "deferred"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    NOT_CONFIRMED = "not_confirmed"
    TOO_DEEP = "too_deep"
    GONE = "gone"
    TOO_LATE = "too_late"
    CHANGED_MEANWHILE = "changed_meanwhile"
    REASON_MISSING = "reason_missing"


@dataclass(frozen=True)
class Words:
    """What somebody says, in which voice; `agency_id` is whose word it is where an officer speaks."""

    text: str
    stance: Stance | None = None
    voice: Voice = Voice.RESIDENT
    agency_id: int | None = None


@dataclass(frozen=True)
class ParentFacts:
    """The comment that is answered."""

    status: CommentStatus
    is_answer: bool


def refuse_comment(
    status: Status, phases: Sequence[PhaseFacts], now: datetime, *, is_official_answer: bool = False
) -> CommentRefusal | None:
    """Why a proposal in this status takes no comment now.

    Whoever was asked may still answer after the phase: a question must not stay open because time ran out.
    """
    if status in BEFORE_PUBLISHING:
        return CommentRefusal.NOT_PUBLISHED
    if status in SET_ASIDE:
        return CommentRefusal.SET_ASIDE
    if status is Status.DEFERRED:
        return CommentRefusal.DEFERRED
    taking = [phase.window for phase in phases if Activity.COMMENT in OPENS[phase.kind]]
    if is_official_answer or any(window.is_open(now) for window in taking):
        return None
    return CommentRefusal.NOT_OPEN_YET if any(window.is_before(now) for window in taking) else CommentRefusal.CLOSED


def refuse_answer_to(parent: ParentFacts) -> CommentRefusal | None:
    """Why this comment takes no answer: there are two levels, and what is gone is not answered."""
    if parent.is_answer:
        return CommentRefusal.TOO_DEEP
    return None if parent.status is CommentStatus.SHOWN else CommentRefusal.GONE


def is_editable(status: CommentStatus, written_at: datetime, now: datetime) -> bool:
    """Up to, but not including, the end of the window; from then on it can only be deleted."""
    return status is CommentStatus.SHOWN and now < written_at + EDIT_WINDOW


def refuse_edit(
    status: CommentStatus, written_at: datetime, present: datetime, seen: str, now: datetime
) -> CommentRefusal | None:
    """Why the text, changed last at `present`, is not replaced; `seen` is the mark of the text that the editor saw."""
    if status is not CommentStatus.SHOWN:
        return CommentRefusal.GONE
    if not is_editable(status, written_at, now):
        return CommentRefusal.TOO_LATE
    return None if seen == text_mark(present) else CommentRefusal.CHANGED_MEANWHILE


def text_mark(changed_at: datetime) -> str:
    """What a form carries to tell whether the text has changed since it was shown."""
    return changed_at.isoformat()


def refuse_hiding(code: HideCode | None, reason: str) -> CommentRefusal | None:
    lacks = code is None or len(reason.strip()) < REASON_LENGTH[0]
    return CommentRefusal.REASON_MISSING if lacks else None


def limit_for(registered_at: datetime, now: datetime) -> Limit:
    """How often somebody may speak: less as long as the account is new."""
    return COMMENTS_WHEN_NEW if now < registered_at + NEW_FOR else COMMENTS


class CommentOrder(StrEnum):
    """As it stands in addresses."""

    NEWEST = "terbaru"
    OLDEST = "terlama"
    QUESTIONS = "pertanyaan"
