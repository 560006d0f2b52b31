"""What was due by the end of a quarter, what was reached of it, and its light; exact, in fractions.

Targets are what an indicator stands at when their year ends, and so is the baseline. Between two of them what is due
grows in equal parts by quarter; after the last one it stays.
"""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from app.innovations.rules.progress import Progress
from app.monitoring.rules.quarters import Quarter
from app.rad.rules.actions import Direction

# The least achievement of each light, in percent.
LEAST = {Progress.GREEN: 90, Progress.YELLOW: 70, Progress.RED: 0}
# Points that the work and the money may be apart.
MOST_GAP = 20
FULL = Fraction(100)


@dataclass(frozen=True)
class Course:
    """The way that an indicator shall go: a baseline with its year, and targets by year."""

    direction: Direction
    baseline: Decimal
    baseline_year: int
    targets: dict[int, Decimal]

    @property
    def start(self) -> int:
        """The year at whose end the baseline stands: before the first target, whatever was typed."""
        return min(self.baseline_year, min(self.targets) - 1)

    def due(self, quarter: Quarter) -> Fraction:
        """What is due by the end of the quarter."""
        known = {4 * year: Fraction(one) for year, one in (self.targets | {self.start: self.baseline}).items()}
        at, ends = 4 * (quarter.year - 1) + quarter.number, sorted(known)
        place = bisect_left(ends, at)
        if place == 0 or place == len(ends):
            return known[ends[min(place, len(ends) - 1)]]
        before, after = ends[place - 1], ends[place]
        return known[before] + (known[after] - known[before]) * (at - before) / (after - before)

    def reached(self, value: Decimal, quarter: Quarter) -> Fraction:
        """How much of what was due the value is, in percent; where less is better, what was due of the value."""
        due, found = self.due(quarter), Fraction(value)
        is_good = found >= due if self.direction is Direction.UP else found <= due
        part, whole = (found, due) if self.direction is Direction.UP else (due, found)
        if part <= 0 or whole <= 0:
            # A share of nothing says nothing: it is reached or it is not.
            return FULL if is_good else Fraction(0)
        return part * 100 / whole


def overall(reached: Collection[Fraction]) -> Fraction | None:
    """The mean of the indicators; what one has above what was due makes up for no other."""
    return sum((min(one, FULL) for one in reached), Fraction(0)) / len(reached) if reached else None


def light_of(achievement: Fraction | None) -> Progress:
    """Grey where nothing is known."""
    if achievement is None:
        return Progress.GREY
    return next(light for light, least in LEAST.items() if achievement >= least)


def financial(spent: int, funds: int) -> Fraction | None:
    """Percent of the year's money that is spent; None where there is none."""
    return Fraction(spent * 100, funds) if funds else None


def gap(physical: Decimal, money: Fraction | None) -> Fraction | None:
    """Points by which the work is ahead of the money; below zero it is behind."""
    return None if money is None else Fraction(physical) - money


def is_wide(points: Fraction | None) -> bool:
    return points is not None and abs(points) > MOST_GAP


def shown(percent: Fraction, places: int = 4) -> Decimal:
    """As it is stored and shown: cut off and not rounded up, so that 89,99 never reads as 90."""
    scaled = percent * 10**places
    return Decimal(scaled.numerator // scaled.denominator).scaleb(-places)


def cut(percent: Decimal) -> Decimal:
    """With one place after the comma."""
    return percent.quantize(Decimal("0.1"), ROUND_FLOOR)
