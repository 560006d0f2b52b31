"""An election as the counting rules see it: whole numbers only, ballots that say the same counted together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import NamedTuple


class Group(NamedTuple):
    """Voters of one village with the same choices; where villages do not count, the village is empty."""

    village: str
    choices: tuple[int, ...]
    voters: int


class Backers(NamedTuple):
    """The places of groups of one voter, and the other groups as (place, voters)."""

    singles: Sequence[int]
    crowds: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Election:
    """What is counted.

    Options are the numbers 0, 1, 2 … in the published tie order; `costs` and `ceiling` are in the smallest unit of
    money that occurs, so that all of them are whole.
    """

    costs: tuple[int, ...]
    groups: tuple[Group, ...]
    ceiling: int

    @cached_property
    def voters(self) -> int:
        """Everybody who has cast a ballot, an empty one too."""
        return sum(group.voters for group in self.groups)

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """Per option the number of ballots that name it."""
        return tuple(sum(voters for _group, voters in supporters) for supporters in self.supporters)

    @cached_property
    def supporters(self) -> tuple[Sequence[tuple[int, int]], ...]:
        """Per option the groups that name it, as (place of the group, voters)."""
        found: list[list[tuple[int, int]]] = [[] for _cost in self.costs]
        for place, group in enumerate(self.groups):
            entry = place, group.voters
            for option in group.choices:
                found[option].append(entry)
        return tuple(found)

    @cached_property
    def backers(self) -> tuple[Backers, ...]:
        """Per option its supporters again, sorted for counting fast."""
        return tuple(
            Backers([place for place, voters in found if voters == 1], [entry for entry in found if entry[1] > 1])
            for found in self.supporters
        )

    @cached_property
    def ranked(self) -> tuple[int, ...]:
        """Every option: more votes first, then the cheaper, then the published tie order."""
        return tuple(sorted(range(len(self.costs)), key=lambda one: (-self.votes[one], self.costs[one], one)))

    @cached_property
    def supported(self) -> tuple[int, ...]:
        """The options with at least one vote, ranked: nothing else can win under any rule."""
        return tuple(option for option in self.ranked if self.votes[option])

    def cost_of(self, options: Iterable[int]) -> int:
        return sum(self.costs[option] for option in options)


def gather(
    costs: Sequence[int], ceiling: int, ballots: Iterable[Collection[int]], villages: Iterable[str] | None = None
) -> Election:
    """An election of single ballots, in whatever order they and their choices lie; `villages` goes with the ballots."""
    return assemble(costs, ceiling, Counter(map(_sorted, repeat("") if villages is None else villages, ballots)))


def assemble(costs: Sequence[int], ceiling: int, boxed: Counter[tuple[str, tuple[int, ...]]]) -> Election:
    """An election of ballots that are counted already, by village and sorted choices."""
    groups = tuple(Group(village, choices, boxed[village, choices]) for village, choices in sorted(boxed))
    return Election(tuple(costs), groups, ceiling)


def _sorted(village: str, choices: Collection[int]) -> tuple[str, tuple[int, ...]]:
    return village, tuple(sorted(set(choices)))
