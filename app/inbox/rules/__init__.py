"""What is news to whom, what is told at once, and what a message says."""

from enum import StrEnum

from app.proposals.rules import Event

KEPT_FOR_DAYS = 365


class NewsKind(StrEnum):
    """A step on the timeline, an answer to a comment, a word of author or office on the proposal, a day's comments."""

    STEP = "step"
    ANSWER = "answer"
    STATEMENT = "statement"
    TALK = "talk"


# What whoever follows a village or a misi hears of its proposals; each single step would be too much.
MILESTONES = frozenset(
    {
        Event.PUBLISH,
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
# What the author is told at once: it has an end to keep, or it is what they have waited for.
URGENT = frozenset({Event.PUBLISH, Event.RETURN, Event.REJECT})
