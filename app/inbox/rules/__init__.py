"""What is news to whom, what is told at once, and how much a day."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from app.discussion.rules.comments import ANSWERING, Voice
from app.proposals.rules import Event

# As many unread news as are counted; what is more is "99+".
MOST_COUNTED = 100
KEPT_FOR = timedelta(days=365)
# News this young may stand in a transaction that is not over; the digest leaves it for next time.
SETTLES_IN = timedelta(minutes=10)
FIRST_DIGEST, LONGEST_DIGEST = timedelta(days=1), timedelta(days=3)
LINES_TOLD = 4


class NewsKind(StrEnum):
    """A step on the timeline, an answer to a comment, a word of author or office on the proposal, a day's comments."""

    STEP = "step"
    ANSWER = "answer"
    STATEMENT = "statement"
    TALK = "talk"


OUTCOMES = frozenset(
    {
        Event.SHORTLIST,
        Event.SELECT,
        Event.DEFER,
        Event.REOPEN,
        Event.ESCALATE,
        Event.ROUTE,
        Event.PLAN,
        Event.BUDGET,
        Event.START,
        Event.FINISH,
    }
)
# What whoever follows a village or a misi hears of its proposals; each single step would be too much.
MILESTONES = OUTCOMES | {Event.PUBLISH}
# What supporters hear though they do not follow: what became of it, and that it says something else now.
FOR_SUPPORTERS = OUTCOMES | {
    Event.REVISE,
    Event.ADVANCE,
    Event.MERGE,
    Event.SEPARATE,
    Event.WITHDRAW,
    Event.REJECT,
}
# Between author and moderator, before there is anything for others to read.
FOR_AUTHOR_ONLY = frozenset({Event.SUBMIT, Event.RESUBMIT, Event.RETURN, Event.UNDO})
# What the author is told at once: it has an end to keep, or it is what they have waited for.
URGENT = frozenset({Event.PUBLISH, Event.RETURN, Event.REJECT})


def kind_of_comment(voice: Voice, *, is_answer: bool) -> NewsKind:
    """What a new comment is: what residents say of a proposal is told once a day, whoever many they are."""
    if is_answer:
        return NewsKind.ANSWER
    return NewsKind.STATEMENT if voice in ANSWERING else NewsKind.TALK


def digest_since(told_until: datetime | None, now: datetime) -> datetime:
    """From when on news is told: since the last time, but nothing old."""
    return max(told_until, now - LONGEST_DIGEST) if told_until else now - FIRST_DIGEST


def is_told_today(told_on: date | None, now: datetime) -> bool:
    """By the date in UTC: in Indonesia a day of messages goes from early morning to early morning."""
    return told_on is not None and told_on >= now.date()
