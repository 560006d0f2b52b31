"""Shares by village: what a village may spend follows its people, not its turnout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from app.voting.rules.elections import Election
from app.voting.rules.equal_shares import Shares

# A voter of a village where few vote weighs at most this many times the average.
MOST_WEIGHT = 3


def village_shares(election: Election, people: Mapping[str, int], most_weight: int = MOST_WEIGHT) -> Shares:
    """The ceiling divided by the villages' eligible people, then evenly among the voters of each village.

    What a village has above the cap goes to the others, again by their people; a village where nobody votes passes on
    all of its share. Every village that votes needs people, or its voters would have nothing.
    """
    voters: Counter[str] = Counter()
    for group in election.groups:
        voters[group.village] += group.voters
    if any(people.get(village, 0) <= 0 for village in voters):
        raise ValueError("a village that votes has no eligible people")
    portions = _portions(election.ceiling, voters, people, most_weight)
    each = {village: portions[village] * Fraction(1, count) for village, count in voters.items()}
    scale = lcm(1, *(share.denominator for share in each.values()))
    money = {village: share.numerator * (scale // share.denominator) for village, share in each.items()}
    return Shares(tuple(money[group.village] for group in election.groups), scale)


def _portions(
    ceiling: int, voters: Counter[str], people: Mapping[str, int], most_weight: int
) -> Mapping[str, Fraction]:
    """What each village gets; the villages above their cap are set to it until none is above."""
    total = sum(voters.values())
    caps = {village: Fraction(most_weight * ceiling * count, total) for village, count in voters.items()}
    capped: dict[str, Fraction] = {}
    while True:
        rest, open_ = ceiling - sum(capped.values()), sorted(set(voters) - set(capped))
        weight = sum(people[village] for village in open_)
        portions = {village: rest * Fraction(people[village], weight) for village in open_}
        above = {village: caps[village] for village in open_ if portions[village] > caps[village]}
        if not above:
            return capped | portions
        capped |= above
