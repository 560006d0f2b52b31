"""Paper ballots: until when they are taken, who types which reading, when a stack agrees, and which are checked."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.voting.rules.ballots import BallotRefusal, refuse_choices
from app.voting.rules.contest import ContestStatus

# What photos of tally sheets hang on.
SHEETS = "paper_stack"
STATION_LENGTH = (2, 40)
NOTE_LENGTH = (10, 500)
MOST_PAPERS = 5_000
# Papers on one page of the typing grid.
GRID = 25
ROTATIONS = 4
# What a typist writes for a paper that is blank or invalid.
INVALID = ("0", "x")
# Nobody is checked for all papers where there are fewer than this; else so many that wrong ones of a share are found.
CHECK_ALL_BELOW = 150
WRONG_PERCENT = 5


class PaperRefusal(StrEnum):
    """Why paper is not taken in."""

    NOT_OPENED = "not_opened"
    ON_PAPER_ALREADY = "on_paper_already"
    NOT_ON_PAPER = "not_on_paper"
    VILLAGE_ELSEWHERE = "village_elsewhere"
    STATION_KNOWN = "station_known"
    SIZE_TYPED = "size_typed"
    FINISHED = "finished"
    YOUR_READING_DONE = "your_reading_done"
    TWO_TYPISTS = "two_typists"
    NOT_DIFFERENT = "not_different"
    YOU_TYPED = "you_typed"
    NOT_ALL_TYPED = "not_all_typed"
    DIFFERENCES_LEFT = "differences_left"
    NOTE_MISSING = "note_missing"


class PaperFault(StrEnum):
    """What is wrong with what was typed of a paper."""

    NO_NUMBERS = "no_numbers"
    TOO_MANY_TICKS = "too_many_ticks"
    TICKED_TWICE = "ticked_twice"
    NOT_ON_BALLOT = "not_on_ballot"


class Reading(StrEnum):
    """Each paper is read by two people."""

    FIRST = "first"
    SECOND = "second"


class Stage(StrEnum):
    """How far a stack is."""

    TYPING = "typing"
    DIFFERING = "differing"
    AGREED = "agreed"
    FINISHED = "finished"


@dataclass(frozen=True)
class StackPlan:
    """What is written on the tally sheet of a polling place: signatures on its list, papers in its box."""

    village_code: str
    station: str
    attendance: int
    size: int


@dataclass(frozen=True)
class StackFacts:
    """A stack with its two typists, and how many papers each has read, agree, and differ."""

    attendance: int
    size: int
    first_typist_id: int | None
    second_typist_id: int | None
    firsts: int
    seconds: int
    agreed: int
    differing: int
    is_finished: bool

    @property
    def stage(self) -> Stage:
        if self.is_finished:
            return Stage.FINISHED
        if self.differing:
            return Stage.DIFFERING
        return Stage.AGREED if self.agreed == self.size else Stage.TYPING

    @property
    def is_even(self) -> bool:
        """Whether as many papers lay in the box as people have signed."""
        return self.attendance == self.size


def parse_paper(text: str, options: Collection[int], most: int) -> list[int] | PaperFault | None:
    """The choices of a paper as typed, `1 3` or `1,3`; [] where it is invalid, None where nothing was typed."""
    typed = text.strip().lower()
    if not typed:
        return None
    if typed in INVALID:
        return []
    words = re.split(r"[\s,.;+-]+", typed)
    if not all(word.isascii() and word.isdigit() and len(word) <= 2 for word in words):
        return PaperFault.NO_NUMBERS
    choices = [int(word) for word in words]
    return FAULTS.get(refuse_choices(choices, options, most), sorted(choices))


FAULTS: dict[BallotRefusal | None, PaperFault] = {
    BallotRefusal.TOO_MANY: PaperFault.TOO_MANY_TICKS,
    BallotRefusal.CHOSEN_TWICE: PaperFault.TICKED_TWICE,
    BallotRefusal.UNKNOWN_OPTION: PaperFault.NOT_ON_BALLOT,
}


def reading_of(stack: StackFacts, person_id: int) -> Reading | PaperRefusal:
    """Which reading this person types next: one person never both."""
    if stack.is_finished:
        return PaperRefusal.FINISHED
    if stack.first_typist_id in (None, person_id):
        return PaperRefusal.YOUR_READING_DONE if stack.firsts == stack.size else Reading.FIRST
    if stack.second_typist_id in (None, person_id):
        return PaperRefusal.YOUR_READING_DONE if stack.seconds == stack.size else Reading.SECOND
    return PaperRefusal.TWO_TYPISTS


def refuse_look(stack: StackFacts, person_id: int, *, is_different: bool) -> PaperRefusal | None:
    """A third person decides where the two readings differ, or one typist alone could change a ballot."""
    if stack.is_finished:
        return PaperRefusal.FINISHED
    if not is_different:
        return PaperRefusal.NOT_DIFFERENT
    is_typist = person_id in (stack.first_typist_id, stack.second_typist_id)
    return PaperRefusal.YOU_TYPED if is_typist else None


def refuse_finish(stack: StackFacts, note: str, *, is_on_roll: bool = True) -> PaperRefusal | None:
    """A stack is done once both readings agree, and a box that holds more or less than was signed for is explained.

    `is_on_roll`: the village has as many voters on paper as papers, or more. Papers of nobody are explained, too.
    """
    if stack.is_finished:
        return PaperRefusal.FINISHED
    if stack.differing:
        return PaperRefusal.DIFFERENCES_LEFT
    if stack.agreed < stack.size:
        return PaperRefusal.NOT_ALL_TYPED
    is_plain = stack.is_even and is_on_roll
    return PaperRefusal.NOTE_MISSING if not is_plain and len(note) < NOTE_LENGTH[0] else None


def refuse_paper(status: ContestStatus) -> PaperRefusal | None:
    """Paper is taken in from the opening until the contest is closed, also after its last hour."""
    return None if status is ContestStatus.OPENED else PaperRefusal.NOT_OPENED


def sample_size(papers: int, wrong_percent: int = WRONG_PERCENT) -> int:
    """How many papers to look at so that, with 95 %, one of so many wrong in a hundred is found: 59 for 5 %."""
    if papers < CHECK_ALL_BELOW:
        return papers
    missed, all_, looked = 1, 1, 0
    while 20 * missed > all_:
        missed, all_, looked = missed * (100 - wrong_percent), all_ * 100, looked + 1
    return min(looked, papers)


def sampled(seed: str, stack_id: int, papers: int) -> list[int]:
    """Which papers to look at: drawn from the contest's public seed, so that nobody picks them."""
    drawn = sorted(range(1, papers + 1), key=lambda n: hashlib.sha256(f"{seed}|{stack_id}|{n}".encode()).digest())
    return sorted(drawn[: sample_size(papers)])


def rotated(numbers: Sequence[int]) -> list[list[int]]:
    """The four orders in which ballots are printed: each begins a quarter further on."""
    starts = (len(numbers) * turn // ROTATIONS for turn in range(ROTATIONS))
    return [[*numbers[start:], *numbers[:start]] for start in starts]
