"""No hidden number can be worked out from what is shown: tried by finding, for each, a world in which it is another."""

from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from app.inclusion.rules.hiding import LEAST, Key, Sum, hidden_among, ranges_of

WHOLE: Key = ("total", "")
SMALL = st.integers(0, 9)


def row(name: str, numbers: list[int]) -> dict[Key, int]:
    return {(name, str(place)): number for place, number in enumerate(numbers)}


def table(*rows: dict[Key, int]) -> tuple[dict[Key, int], list[Sum]]:
    """One whole that several rows of parts add up to; the first row decides what it is."""
    values = {WHOLE: sum(rows[0].values())} | {key: value for parts in rows for key, value in parts.items()}
    return values, [Sum(WHOLE, tuple(parts)) for parts in rows]


def can_be_otherwise(key: Key, values: dict[Key, int], sums: list[Sum], hidden: frozenset[Key]) -> bool:
    """Whether hidden numbers can be moved by one, none to nothing, so that this one differs and all sums hold."""
    keys = sorted(hidden)
    for moves in product((-1, 0, 1), repeat=len(keys)):
        moved = values | {one: values[one] + move for one, move in zip(keys, moves, strict=True)}
        is_possible = all(moved[one] >= 1 for one in keys)
        if moved[key] != values[key] and is_possible and all(holds(one, moved) for one in sums):
            return True
    return False


def holds(one: Sum, values: dict[Key, int]) -> bool:
    return values[one.whole] == sum(values[part] for part in one.parts)


def check(values: dict[Key, int], sums: list[Sum]) -> None:
    hidden = hidden_among(values, sums)
    assert {key for key, value in values.items() if 0 < value < LEAST} <= hidden
    assert not {key for key, value in values.items() if value == 0} & hidden
    assume(len(hidden) <= 8)
    assert [key for key in hidden if not can_be_otherwise(key, values, sums, hidden)] == []


@given(st.lists(SMALL, min_size=1, max_size=6))
def test_nothing_hidden_can_be_worked_out_from_one_total(numbers: list[int]) -> None:
    check(*table(row("sex", numbers)))


@given(st.lists(SMALL, min_size=2, max_size=4), st.lists(SMALL, min_size=1, max_size=3))
def test_nor_from_two_ways_to_divide_the_same_people(sexes: list[int], some: list[int]) -> None:
    assume(sum(sexes) >= sum(some))
    check(*table(row("sex", sexes), row("age", [*some, sum(sexes) - sum(some)])))


@given(st.lists(st.lists(SMALL, min_size=1, max_size=3), min_size=1, max_size=3), st.data())
def test_nor_from_villages_within_districts(districts: list[list[int]], data: st.DataObject) -> None:
    totals = row("district", [sum(villages) for villages in districts])
    values, sums = table(totals)
    for (district, _total), villages in zip(totals.items(), districts, strict=True):
        parts = row(f"village{district[1]}", villages)
        values |= parts
        sums.append(Sum(district, tuple(parts)))
    first = data.draw(st.integers(0, values[WHOLE]))
    sexes = row("sex", [first, values[WHOLE] - first])
    check(values | sexes, [*sums, Sum(WHOLE, tuple(sexes))])


def test_a_lone_small_number_takes_the_smallest_other_along() -> None:
    values, sums = table(row("sex", [3, 40, 12, 0]))
    assert hidden_among(values, sums) == {("sex", "0"), ("sex", "2")}


def test_where_only_the_total_tells_it_goes() -> None:
    values, sums = table(row("sex", [1, 1, 1, 1, 1]))
    assert WHOLE in hidden_among(values, sums)


def test_what_is_all_large_is_all_shown() -> None:
    values, sums = table(row("sex", [5, 9, 0, 700]), row("age", [700, 14]))
    assert hidden_among(values, sums) == frozenset()


def test_a_hidden_number_may_be_as_large_as_its_neighbour() -> None:
    values, sums = table(row("sex", [3, 12, 40]))
    assert ranges_of(values, sums, hidden_among(values, sums))[("sex", "0")] == (1, 14)
