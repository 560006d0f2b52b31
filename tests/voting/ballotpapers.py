"""Small elections for the laws of counting: few options, few voters, low costs, so that ties are everywhere."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from app.voting.rules.elections import Election, gather

Papers = tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Case:
    """An election before it is gathered: options in the tie order, one paper a voter."""

    costs: tuple[int, ...]
    papers: Papers
    ceiling: int
    villages: tuple[str, ...] = ()
    people: tuple[tuple[str, int], ...] = ()

    @property
    def election(self) -> Election:
        return gather(self.costs, self.ceiling, self.papers, self.villages or None)

    @property
    def even(self) -> list[Fraction]:
        return [Fraction(self.ceiling, len(self.papers))] * len(self.papers)


def law(count: int) -> Any:
    """So many examples in the thorough profile, a twentieth of them in a usual run."""
    is_thorough = settings.get_current_profile_name() == "thorough"
    return settings(
        max_examples=count if is_thorough else max(100, count // 20),
        deadline=None,
        derandomize=not is_thorough,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


@st.composite
def cases(draw: Any, least_cost: int = 1, most_voters: int = 14) -> Case:
    costs = tuple(draw(st.lists(st.integers(least_cost, 30), min_size=1, max_size=7)))
    marks = draw(st.lists(st.integers(0, 2 ** len(costs) - 1), max_size=most_voters))
    papers = tuple(frozenset(option for option in range(len(costs)) if mark >> option & 1) for mark in marks)
    return Case(costs, papers, draw(st.integers(1, 70)))


@st.composite
def village_cases(draw: Any) -> Case:
    case = draw(cases())
    people = {village: draw(st.integers(1, 50)) for village in "abc"}
    villages = tuple(draw(st.lists(st.sampled_from("abc"), min_size=len(case.papers), max_size=len(case.papers))))
    return Case(case.costs, case.papers, case.ceiling, villages, tuple(people.items()))
