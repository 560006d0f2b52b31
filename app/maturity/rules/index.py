"""The innovation index of a regency: which innovations count, and the formula with each of its terms, exact."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from app.innovations.rules.profile import BASIC_SERVICES, DESIGN_WORDS, Affair
from app.innovations.rules.stages import LANES, Lane, Stage

COUNTED_STAGES = (*LANES[Lane.IN_USE], *LANES[Lane.LASTING])
MOST_COUNTED = 200
PER_INNOVATION = Fraction(38, 100)
MOST_GOVERNMENT = 63
MOST_INDEX = 250


class Lack(StrEnum):
    """Why an innovation does not count this year."""

    STAGE = "index_stage"
    DATES = "index_dates"
    DESIGN = "index_design"


class Category(StrEnum):
    VERY = "very_innovative"
    INNOVATIVE = "innovative"
    LESS = "less_innovative"
    NONE = "not_measurable"


# The least index of each category, as it is published with two decimals.
LEAST = {Category.VERY: Decimal("65.01"), Category.INNOVATIVE: Decimal("40.01"), Category.LESS: Decimal("0.01")}
# By what the sum of scores is at least divided, by year; later years as the last one.
DIVISORS = {2026: 12, 2027: 14, 2028: 16, 2029: 18}


@dataclass(frozen=True)
class IndexRules:
    """What a year asks: in use or developed from `since` to `until`, and so many basic services covered."""

    year: int
    divisor: int
    least_services: int
    since: date
    until: date


def rules_of(year: int) -> IndexRules:
    """2026 asks for 2024 and 2025; later years, which have not been told yet, for the two years before them as well."""
    return IndexRules(
        year=year,
        divisor=DIVISORS[min(max(year, min(DIVISORS)), max(DIVISORS))],
        least_services=5 if year <= 2026 else len(BASIC_SERVICES),
        since=date(year - 2, 1, 1),
        until=date(year - 1, 12, 31),
    )


@dataclass(frozen=True)
class Candidate:
    """An innovation of the registry, as the index looks at it."""

    stage: Stage
    applied_on: date | None
    developed_on: date | None
    words: int


def lacks(one: Candidate, rules: IndexRules) -> tuple[Lack, ...]:
    """All reasons for which it does not count; none where it does."""
    days = [day for day in (one.applied_on, one.developed_on) if day is not None]
    found = {
        Lack.STAGE: one.stage not in COUNTED_STAGES,
        Lack.DATES: not any(rules.since <= day <= rules.until for day in days),
        Lack.DESIGN: one.words < DESIGN_WORDS,
    }
    return tuple(lack for lack, is_so in found.items() if is_so)


@dataclass(frozen=True)
class Terms:
    """The formula of the innovations' part (SID), term by term."""

    rules: IndexRules
    count: int
    scores: int
    services: frozenset[Affair]

    @property
    def divisor(self) -> int:
        return max(self.rules.divisor, self.count)

    @property
    def quality(self) -> Fraction:
        """The mean score, 0 to 111; fewer innovations than the divisor do not make it greater."""
        return Fraction(self.scores, self.divisor)

    @property
    def covers_services(self) -> bool:
        return len(self.services) >= self.rules.least_services

    @property
    def quantity(self) -> Fraction:
        """0 to 76; nothing where too few basic services are covered."""
        return min(self.count, MOST_COUNTED) * PER_INNOVATION if self.covers_services else Fraction(0)

    @property
    def innovations(self) -> Fraction:
        return self.quality + self.quantity

    def index(self, government: Fraction) -> Fraction:
        """The whole index, 0 to 100, with the part that is not about innovations (SPD, 0 to 63)."""
        return (government + self.innovations) / MOST_INDEX * 100


def terms(rules: IndexRules, count: int, scores: int, affairs: Collection[Affair]) -> Terms:
    return Terms(rules, count, scores, BASIC_SERVICES.intersection(affairs))


def rounded(exact: Fraction) -> Decimal:
    """With two decimals, a half upwards."""
    places = Decimal(exact.numerator * 1000 // exact.denominator).scaleb(-3)
    return places.quantize(Decimal("0.01"), ROUND_HALF_UP)


def category_of(index: Fraction) -> Category:
    shown = rounded(index)
    return next((category for category, least in LEAST.items() if shown >= least), Category.NONE)
