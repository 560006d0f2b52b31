"""The drawing of an indicator's course: what is due as a line, what was reached as points; whole numbers of pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.innovations.rules.progress import Progress
from app.monitoring.rules.achievement import Course, light_of
from app.monitoring.rules.quarters import Quarter

# Corners of the paper, which is 640 by 244.
LEFT, RIGHT, TOP, BOTTOM = 16, 624, 44, 200


@dataclass(frozen=True)
class Point:
    """What was reached at the end of a quarter."""

    x: int
    y: int
    light: Progress
    value: Decimal
    quarter: Quarter


@dataclass(frozen=True)
class Chart:
    """`line` is a list of corners as SVG takes it; `marks` are the ends of years; `highest` stands on top."""

    line: str
    points: Sequence[Point]
    marks: Sequence[tuple[int, int]]
    highest: Decimal
    lowest: Decimal

    @property
    def trail(self) -> str:
        """The points as corners of a line."""
        return " ".join(f"{one.x},{one.y}" for one in self.points)


def draw(course: Course, values: Mapping[Quarter, Decimal]) -> Chart:
    """Draw what is due from the baseline to the last target, and the values."""
    years = [course.start, *sorted(course.targets)]
    ends = sorted(values)
    last = max([4 * years[-1], *(4 * (one.year - 1) + one.number for one in ends)])
    found = [course.baseline, *course.targets.values(), *values.values()]
    lowest, highest = min(found), max(found)

    def across(at: int) -> int:
        return LEFT + (RIGHT - LEFT) * (at - 4 * years[0]) // max(1, last - 4 * years[0])

    def down(value: Fraction) -> int:
        span = Fraction(highest - lowest) or Fraction(1)
        return BOTTOM - round((BOTTOM - TOP) * (value - Fraction(lowest)) / span)

    corners = [(4 * year, course.due(Quarter(year, 4))) for year in years]
    points = [
        Point(
            max(LEFT, across(4 * (one.year - 1) + one.number)),
            down(Fraction(values[one])),
            light_of(course.reached(values[one], one)),
            values[one],
            one,
        )
        for one in ends
    ]
    line = " ".join(f"{across(at)},{down(due)}" for at, due in corners)
    return Chart(line, points, [(across(4 * year), year) for year in years], highest, lowest)
