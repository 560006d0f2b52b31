"""Sharing a sum out between the kecamatan by a published formula; nothing is lost and nothing is rounded twice.

A part of the sum goes to all evenly, a part by people, a part by poor households. What each is due is an exact
fraction; it is rounded down to whole thousands, and the thousands that are left go to the largest remainders.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor

from app.cycles.rules.phases import Refusal

# Ceilings are whole thousands of rupiah.
UNIT = 1_000


class Part(StrEnum):
    """What a part of the sum goes by."""

    EQUAL = "equal"
    PEOPLE = "people"
    POOR = "poor"


USUAL_PERCENT = {Part.EQUAL: 40, Part.PEOPLE: 40, Part.POOR: 20}


@dataclass(frozen=True)
class Figures:
    """What the formula asks of a kecamatan."""

    code: str
    people: int
    poor: int


@dataclass(frozen=True)
class Formula:
    """The sum in rupiah, and how many percent of it go by what."""

    total: int
    percent: Mapping[Part, int]


@dataclass(frozen=True)
class Portion:
    """What a kecamatan is due by each part, exactly, and what it gets."""

    code: str
    terms: Mapping[Part, Fraction]
    amount: int

    @property
    def due(self) -> Fraction:
        return sum(self.terms.values(), Fraction(0))

    @property
    def rounding(self) -> Fraction:
        return self.amount - self.due


def refuse_formula(formula: Formula, figures: Sequence[Figures]) -> Refusal | None:
    if formula.total <= 0 or formula.total % UNIT:
        return Refusal.TOTAL_NOT_ROUND
    if sum(formula.percent.values()) != 100 or min(formula.percent.values()) < 0:
        return Refusal.PARTS_NOT_WHOLE
    if not figures or any(one.people < 0 or one.poor < 0 for one in figures):
        return Refusal.NO_FIGURES
    lacks = [part for part in (Part.PEOPLE, Part.POOR) if formula.percent[part] and not _whole(part, figures)]
    return Refusal.NO_FIGURES if lacks else None


def share_out(formula: Formula, figures: Sequence[Figures]) -> tuple[Portion, ...]:
    """A portion for each, together exactly the sum; between even remainders the smaller code comes first."""
    terms = {one.code: _terms(formula, one, figures) for one in figures}
    due = {code: sum(parts.values(), Fraction(0)) / UNIT for code, parts in terms.items()}
    units = {code: floor(quota) for code, quota in due.items()}
    left = formula.total // UNIT - sum(units.values())
    for code in sorted(due, key=lambda code: (units[code] - due[code], code))[:left]:
        units[code] += 1
    return tuple(Portion(one.code, terms[one.code], units[one.code] * UNIT) for one in figures)


def _terms(formula: Formula, one: Figures, figures: Sequence[Figures]) -> dict[Part, Fraction]:
    weights = {part: Fraction(_weight(part, one), _whole(part, figures) or 1) for part in Part}
    return {part: Fraction(formula.total * formula.percent[part], 100) * weights[part] for part in Part}


def _weight(part: Part, one: Figures) -> int:
    return {Part.EQUAL: 1, Part.PEOPLE: one.people, Part.POOR: one.poor}[part]


def _whole(part: Part, figures: Sequence[Figures]) -> int:
    return sum(_weight(part, one) for one in figures)
