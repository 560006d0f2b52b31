"""Steps of a work, what each must bring, and what residents say of its end."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.backing.rules.resources import Fund
from app.kernel.actor import Actor, Level
from app.proposals.rules import Event, Status

# Steps of the proposal's life that a work goes through.
STEPS: dict[Status, Event] = {
    Status.ROUTED: Event.PLAN,
    Status.PLANNED: Event.BUDGET,
    Status.BUDGETED: Event.START,
    Status.UNDERWAY: Event.FINISH,
}
WORKS = (*STEPS, Status.COMPLETED)
BEGINNING, HALF_WAY, END = 0, 50, 100
# At these there must be a photo.
MILESTONES = (BEGINNING, HALF_WAY, END)
CODE_LENGTH = (3, 40)
NAME_LENGTH = (5, 200)
NOTE_LENGTH = (0, 500)
MOST_AMOUNT = 10**12
# So many residents are enough that a doubt is not one neighbour's.
LEAST_DOUBTS = 3
# So few answers may point at those who gave them.
LEAST_SHOWN = 3


class Answer(StrEnum):
    """What a resident says of a work that is reported as finished."""

    DONE = "done"
    NOT_YET = "not_yet"
    DIFFERENT = "different"


class Refusal(StrEnum):
    """Why a step or a check is not taken."""

    DATED_IN_FUTURE = "dated_in_future"
    ENDS_BEFORE_START = "ends_before_start"
    BEFORE_START = "before_start"
    NOT_FURTHER = "not_further"
    PHOTO_MISSING = "photo_missing"
    HALF_WAY_MISSING = "half_way_missing"
    NOT_UNDERWAY = "not_underway"
    NOT_FINISHED = "not_finished"
    NOT_RESIDENT = "not_resident"
    NOT_CONFIRMED = "not_confirmed"


@dataclass(frozen=True)
class Planned:
    """Where the work stands in the yearly plan (RKPD, or the village's RKPDes)."""

    year: int
    code: str
    name: str


@dataclass(frozen=True)
class Budgeted:
    """The line that pays for it (APBD or APBDes), in rupiah."""

    year: int
    code: str
    name: str
    fund: Fund
    amount: int


@dataclass(frozen=True)
class Started:
    """From when and until when; `by` is who does the work."""

    on: date
    until: date
    by: str


@dataclass(frozen=True)
class Reached:
    """How far it is on a day."""

    percent: int
    on: date
    note: str = ""


@dataclass(frozen=True)
class Finished:
    """The last day, and what it has cost in rupiah."""

    on: date
    cost: int
    note: str = ""


def refuse_start(step: Started, today: date, *, has_photo: bool) -> Refusal | None:
    if step.on > today:
        return Refusal.DATED_IN_FUTURE
    if step.until < step.on:
        return Refusal.ENDS_BEFORE_START
    return None if has_photo else Refusal.PHOTO_MISSING


def refuse_progress(
    step: Reached, known: Collection[int], started: date | None, today: date, *, has_photo: bool
) -> Refusal | None:
    """Why a work cannot be so far; further is all it can become, and it ends with `refuse_finish`."""
    if started is None:
        return Refusal.NOT_UNDERWAY
    if step.percent <= max(known, default=BEGINNING) or step.percent >= END:
        return Refusal.NOT_FURTHER
    return _refuse_day(step.on, started, today) or _refuse_photo(step.percent, has_photo=has_photo)


def _refuse_photo(percent: int, *, has_photo: bool) -> Refusal | None:
    return Refusal.PHOTO_MISSING if percent in MILESTONES and not has_photo else None


def _refuse_day(on: date, started: date, today: date) -> Refusal | None:
    if on > today:
        return Refusal.DATED_IN_FUTURE
    return Refusal.BEFORE_START if on < started else None


def refuse_finish(
    step: Finished, known: Collection[int], started: date | None, today: date, *, has_photo: bool
) -> Refusal | None:
    """A finished work has been seen at its beginning, half way and at its end."""
    if started is None:
        return Refusal.NOT_UNDERWAY
    if HALF_WAY not in known:
        return Refusal.HALF_WAY_MISSING
    return _refuse_day(step.on, started, today) or _refuse_photo(END, has_photo=has_photo)


def refuse_check(actor: Actor, village_code: str, status: Status) -> Refusal | None:
    """Why this person has nothing to say of the work, or not yet."""
    if status is not Status.COMPLETED:
        return Refusal.NOT_FINISHED
    if not actor.lives_in(village_code):
        return Refusal.NOT_RESIDENT
    return None if actor.level >= Level.CONFIRMED else Refusal.NOT_CONFIRMED


def is_doubted(counts: Mapping[Answer, int]) -> bool:
    """Whether the village says that the work is not what is reported."""
    doubts = counts.get(Answer.NOT_YET, 0) + counts.get(Answer.DIFFERENT, 0)
    return doubts >= LEAST_DOUBTS and doubts > counts.get(Answer.DONE, 0)
