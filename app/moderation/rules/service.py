"""The service clock looked back upon: who had a proposal how long, and how many answers came in time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from app.moderation.rules.verdicts import Level
from app.proposals.rules import NOTES, Event, Holder, Status


@dataclass(frozen=True)
class Step:
    """One line of a timeline, as far as the clock goes; `level` of a verdict."""

    event: Event
    status: Status
    holder: Holder
    at: datetime
    until: datetime | None
    level: str = ""


@dataclass(frozen=True)
class Stop:
    """Somebody who was promised to answer until a moment, and did."""

    desk: str
    since: datetime
    until: datetime
    at: datetime

    @property
    def is_in_time(self) -> bool:
        return self.at < self.until

    @property
    def days(self) -> int:
        """Whole days begun."""
        return -((self.since - self.at) // timedelta(days=1))


@dataclass(frozen=True)
class Tally:
    """How many answers took so many days and were in time, or were not."""

    days: int
    is_in_time: bool
    count: int


@dataclass(frozen=True)
class Service:
    """The answers of a desk: how many, how many in time, and in how many days half of them came."""

    answers: int
    in_time: int
    median_days: int

    @property
    def share(self) -> int:
        """Of a hundred, rounded down: 99.9 is not all."""
        return 100 * self.in_time // self.answers if self.answers else 0


# The desk that answers what is submitted; the others are the levels of the verdicts.
FIRST_ANSWER = "first_answer"
ANSWERS = frozenset({Event.PUBLISH, Event.RETURN, Event.REJECT, Event.MERGE})


def stops(steps: Iterable[Step]) -> list[Stop]:
    """The stops of one proposal with a promised end, from its timeline, oldest first; an answer taken back is none."""
    found: list[Stop] = []
    since: datetime | None = None
    until: datetime | None = None
    desk = said = ""
    for step in steps:
        if step.event in (Event.UNDO, Event.SEPARATE):
            since, until, desk = _reopened(found, desk, step)
            continue
        if step.event in NOTES and not step.level:
            continue
        is_correction = step.level == said != Level.AGENCY
        is_answer = bool(step.level and not is_correction) or (bool(desk) and step.event in ANSWERS)
        if since and until and is_answer:
            found.append(Stop(step.level or desk, since, until, step.at))
        since, until, said = step.at, step.until, step.level
        desk = FIRST_ANSWER if step.status is Status.SUBMITTED else ""
    return found


def _reopened(found: list[Stop], desk: str, step: Step) -> tuple[datetime | None, datetime | None, str]:
    """The clock runs on from where it had begun, as if there had been no answer."""
    if step.status is Status.SUBMITTED and found and found[-1].desk == FIRST_ANSWER:
        last = found.pop()
        return last.since, last.until, FIRST_ANSWER
    return step.at, step.until, FIRST_ANSWER if step.status is Status.SUBMITTED else ""


def cycle_at(at: datetime, reopened: Sequence[tuple[datetime, int]], present: int) -> int:
    """The cycle in which a proposal was at a moment; `reopened` tells when it left which one, oldest first."""
    return next((was_for for moment, was_for in reopened if at <= moment), present)


def service_of(tallies: Iterable[Tally]) -> Service:
    """Half of the answers took no longer than the median; of an even number it is the lower one of the two."""
    known = sorted(tallies, key=lambda one: one.days)
    answers = sum(one.count for one in known)
    so_far = accumulate(one.count for one in known)
    median = next((one.days for one, up_to in zip(known, so_far, strict=True) if 2 * up_to >= answers), 0)
    return Service(answers, sum(one.count for one in known if one.is_in_time), median)
