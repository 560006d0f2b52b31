"""Plans as facts, and when proposals can be linked to them."""

from dataclasses import dataclass
from enum import StrEnum


class PlanKind(StrEnum):
    """The five-year development plan, or the regional action plan for innovations."""

    RPJMD = "RPJMD"
    RAD = "RAD"


class Refusal(StrEnum):
    """Why plans say no."""

    MISI_TAKEN = "misi_taken"


MISI_TEXT_LENGTH = (10, 1000)
MISI_SHORT_LENGTH = (3, 60)


@dataclass(frozen=True)
class MisiFacts:
    """A misi as lists and badges show it."""

    id: int
    number: int
    text: str
    short: str
