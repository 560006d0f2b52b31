"""Plans as facts, and which misi may be added to one."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class PlanKind(StrEnum):
    """The five-year development plan, or the regional action plan for innovations."""

    RPJMD = "RPJMD"
    RAD = "RAD"


class Refusal(StrEnum):
    """Why plans say no."""

    MISI_TAKEN = "misi_taken"
    MISI_GAP = "misi_gap"


MAX_NUMBER = 99
MISI_TEXT_LENGTH = (10, 1000)
MISI_SHORT_LENGTH = (3, 60)


@dataclass(frozen=True)
class MisiFacts:
    """A misi as lists and badges show it."""

    id: int
    number: int
    text: str
    short: str


@dataclass(frozen=True)
class MisiText:
    """A misi as the plan words it, with a short label of ours."""

    number: int
    text: str
    short: str


def next_number(numbers: Collection[int]) -> int:
    return max(numbers, default=0) + 1


def refuse_misi(number: int, numbers: Collection[int]) -> Refusal | None:
    """Why a misi of this number cannot stand beside those of these numbers."""
    if number in numbers:
        return Refusal.MISI_TAKEN
    return Refusal.MISI_GAP if number != next_number(numbers) else None
