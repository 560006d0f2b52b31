"""How much one facilitator does: the hard limits, and which counts are worth a question. Counts are never hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median_high

from app.facilitation.rules import Deed
from app.limits.rules import Limit

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# Beyond these an act is refused.
MOST: Mapping[Deed, Limit] = {Deed.ATTESTED: Limit("attest", 120, DAY)}
# How often a NIK that somebody types may turn out to be another account's before nothing more is told.
NIK_KNOWN = Limit("nik_known", 20, HOUR)
# Beyond these a count is shown with a question.
MANY_ATTESTED = 60
MANY_BALLOTS = 20
TIMES_USUAL = 3
# A day is compared with the days on which there was work in as many days before it, where there are enough of them.
USUAL_DAYS = 30
FEWEST_DAYS = 5
FEWEST_DEEDS = 10
# How many days the page shows.
SHOWN_DAYS = 14


class Sign(StrEnum):
    """Why a count is worth a question."""

    MANY_ATTESTED = "many_attested"
    MANY_BALLOTS = "many_ballots"
    ABOVE_USUAL = "above_usual"


@dataclass(frozen=True)
class DayFacts:
    """What one facilitator did on one day; `before` are the sums of the earlier days that had any."""

    counts: Mapping[Deed, int]
    ballots_at: Sequence[datetime] = ()
    before: Sequence[int] = ()

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Question:
    """A count that stands out: how many, and what it is measured by."""

    sign: Sign
    count: int
    measure: int


def questions(facts: DayFacts) -> tuple[Question, ...]:
    """Everything about the day that is worth a question; nothing of it is a fault yet."""
    attested, busiest = facts.counts.get(Deed.ATTESTED, 0), busiest_hour(facts.ballots_at)
    usual = median_high(facts.before) if len(facts.before) >= FEWEST_DAYS else 0
    is_above = usual > 0 and facts.total >= FEWEST_DEEDS and facts.total > TIMES_USUAL * usual
    found = (
        (attested > MANY_ATTESTED, Question(Sign.MANY_ATTESTED, attested, MANY_ATTESTED)),
        (busiest > MANY_BALLOTS, Question(Sign.MANY_BALLOTS, busiest, MANY_BALLOTS)),
        (is_above, Question(Sign.ABOVE_USUAL, facts.total, usual)),
    )
    return tuple(question for is_so, question in found if is_so)


def busiest_hour(moments: Sequence[datetime]) -> int:
    """The most that lie within any sixty minutes."""
    ordered, most, first = sorted(moments), 0, 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= HOUR:
            first += 1
        most = max(most, last - first + 1)
    return most


def share(part: int, whole: int) -> int | None:
    """Whole per cent, rounded half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
