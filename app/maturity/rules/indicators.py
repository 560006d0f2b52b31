"""The indicators of a year: what each asks for at its three levels, and how much that weighs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEVELS = (1, 2, 3)
MOST_LEVEL = LEVELS[-1]
YEARS = (2026, 2100)
NUMBERS = (1, 99)
WEIGHTS = (1, 20)
NAME_LENGTH = (2, 120)
LEVEL_LENGTH = (1, 200)


class FileKind(StrEnum):
    """What proves a level: a document, a photo, or a video on a public page."""

    PDF = "pdf"
    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True)
class Basis:
    """A way to measure an indicator, with what each level asks for; code '' where there is only one."""

    code: str
    name: str
    levels: tuple[str, str, str]

    def asks(self, level: int) -> str:
        return self.levels[level - 1]


@dataclass(frozen=True)
class Indicator:
    year: int
    number: int
    name: str
    weight: int
    is_required: bool
    needs_document: bool
    file_kind: FileKind
    bases: tuple[Basis, ...]

    @property
    def most(self) -> int:
        return self.weight * MOST_LEVEL

    def basis(self, code: str | None) -> Basis | None:
        return next((one for one in self.bases if one.code == code), None)

    def asks(self, level: int, code: str | None = None) -> str:
        """What a level asks for, by this basis or the first one."""
        return (self.basis(code) or self.bases[0]).asks(level)


def most_score(indicators: Iterable[Indicator]) -> int:
    return sum(one.most for one in indicators)


def year_in_force(years: Sequence[int], today: date) -> int | None:
    """The latest year that has begun; before the first one, that one. None where no year has indicators."""
    begun = [year for year in years if year <= today.year]
    return max(begun) if begun else min(years, default=None)
