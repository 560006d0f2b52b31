"""Which sums must not be published: those of so few that a neighbour knows who is meant, and enough others beside them.

A hidden number could be worked out where a total and the rest of its parts are shown, so more are hidden until none
can: of each at least three values stay possible. Nobody is a number that points at nobody, so zeros are shown.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Key = tuple[str, str]
LEAST = 5
# How far apart the ends of what a hidden number may be have to lie.
SPREAD = 2


@dataclass(frozen=True)
class Sum:
    """The whole is the sum of its parts, and everybody knows it."""

    whole: Key
    parts: tuple[Key, ...]

    @property
    def members(self) -> tuple[Key, ...]:
        return (self.whole, *self.parts)


Range = tuple[float, float]


def hidden_among(values: Mapping[Key, int], sums: Sequence[Sum]) -> frozenset[Key]:
    """The numbers that are not published."""
    hidden = {key for key, value in values.items() if 0 < value < LEAST}
    while more := set(_covers(values, sums, hidden)):
        hidden |= more
    return frozenset(hidden)


def _covers(values: Mapping[Key, int], sums: Sequence[Sum], hidden: set[Key]) -> Iterable[Key]:
    """For every number that can be worked out, one more to hide beside it: a small part, or else the whole."""
    ranges = ranges_of(values, sums, hidden)
    for one in sums:
        shown = [key for key in one.members if key not in hidden and values[key]]
        if shown and any(_is_narrow(ranges[key]) for key in one.members if key in hidden):
            yield min((key == one.whole, values[key], key) for key in shown)[2]


def _is_narrow(range_: Range) -> bool:
    return range_[1] - range_[0] < SPREAD


def ranges_of(values: Mapping[Key, int], sums: Sequence[Sum], hidden: Collection[Key]) -> dict[Key, Range]:
    """What can be known of every number from all that is shown, and from hidden ones never being zero.

    Sums that share at most one number with each other, as those of a tree do, leave nothing more to be known.
    """
    ranges = {key: (1.0, math.inf) if key in hidden else (float(n), float(n)) for key, n in values.items()}
    while True:
        before = dict(ranges)
        for one in sums:
            _narrow(ranges, one)
        if ranges == before:
            return ranges


def _narrow(ranges: dict[Key, Range], one: Sum) -> None:
    """Narrow every member of the sum by what is known of the others."""
    low, high = (sum(ranges[part][end] for part in one.parts) for end in (0, 1))
    whole = ranges[one.whole]
    ranges[one.whole] = (max(whole[0], low), min(whole[1], high))
    for part in one.parts:
        least, most = ranges[part]
        others_low = low - least
        others_high = sum(ranges[other][1] for other in one.parts if other != part) if high == math.inf else high - most
        ranges[part] = (max(least, ranges[one.whole][0] - others_high), min(most, ranges[one.whole][1] - others_low))
        low, high = low - least + ranges[part][0], others_high + ranges[part][1]
