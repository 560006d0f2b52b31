"""How routed proposals become works: planned, budgeted, begun, half way, finished; and what their village says."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.backing.rules.resources import Fund
from app.delivery.rules import HALF_WAY, Answer, Budgeted, Finished, Planned, Reached, Started
from app.demo.rules.clock import Clock
from app.demo.rules.people import OFFICER, OFFICERS_AGENCY, PLANNER, People
from app.demo.rules.plan_texts import WorkText
from app.demo.rules.steps import Step
from app.demo.rules.texts import Texts

# Residents answer some days after the end.
ANSWERED = 6


@dataclass(frozen=True)
class Lead(Step):
    """Takes the work a step further, with a picture where one is asked for."""

    proposal: str
    what: Planned | Budgeted | Started | Reached | Finished
    photo: str = ""


@dataclass(frozen=True)
class CheckWork(Step):
    proposal: str
    answer: Answer
    note: str


def tell_works(texts: Texts, people: People, clock: Clock) -> Iterator[Step]:
    for work in texts.works:
        by = OFFICER if texts.routed[work.proposal].agency == OFFICERS_AGENCY else PLANNER
        yield from _lead(work, by, clock)
        if work.finished is not None:
            yield from _checks(work, texts.proposals[work.proposal].village, work.finished + ANSWERED, people, clock)


def _lead(work: WorkText, by: str, clock: Clock) -> Iterator[Step]:
    key, photos = work.proposal, iter(work.photos)
    year = clock.date(work.planned).year
    yield Lead(clock.hour(work.planned, 9), by, key, Planned(year, work.code, work.line))
    if work.budgeted is not None:
        line = Budgeted(year, work.code, work.line, Fund.REGENCY, work.amount)
        yield Lead(clock.hour(work.budgeted, 10), by, key, line)
    if work.started is not None:
        until = clock.date(work.started + work.lasts)
        begun = Started(clock.date(work.started), until, work.done_by)
        yield Lead(clock.hour(work.started, 11), by, key, begun, next(photos))
    if work.half is not None:
        yield Lead(clock.hour(work.half, 11), by, key, Reached(HALF_WAY, clock.date(work.half)), next(photos))
    if work.finished is not None:
        done = Finished(clock.date(work.finished), work.cost, work.note)
        yield Lead(clock.hour(work.finished, 15), by, key, done, next(photos))


def _checks(work: WorkText, village: str, day: int, people: People, clock: Clock) -> Iterator[Step]:
    near = [one.key for one in people.settled(day) if one.village == village]
    for minute, (resident, answer, note) in enumerate(zip(near, work.answers, work.notes, strict=False)):
        yield CheckWork(clock.hour(day, 17, minute), resident, work.proposal, Answer(answer), note)
