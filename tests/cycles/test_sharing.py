"""Sharing a sum out: exact, nobody off by a whole thousand, and more never costs anything."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cycles.rules import UNIT, Figures, Formula, Part, Refusal, refuse_formula, share_out

Case = tuple[Formula, list[Figures]]


@st.composite
def cases(draw: Any) -> Case:
    counts = st.integers(0, 50) | st.integers(0, 200_000)
    number = draw(st.integers(1, 14))
    figures = [Figures(f"53.04.{at:02d}", draw(counts), draw(counts)) for at in range(1, number + 1)]
    figures[0] = replace(figures[0], people=figures[0].people + 1, poor=figures[0].poor + 1)
    equal = draw(st.integers(0, 100))
    people = draw(st.integers(0, 100 - equal))
    percent = {Part.EQUAL: equal, Part.PEOPLE: people, Part.POOR: 100 - equal - people}
    return Formula(draw(st.integers(1, 40) | st.integers(1, 50_000_000)) * UNIT, percent), figures


laws = settings(max_examples=500, deadline=None, derandomize=True)


@laws
@given(cases())
def test_the_portions_are_the_sum_to_the_rupiah_in_whole_thousands(case: Case) -> None:
    formula, figures = case
    portions = share_out(formula, figures)
    assert sum(one.amount for one in portions) == formula.total
    assert sum(one.due for one in portions) == formula.total
    assert all(one.amount % UNIT == 0 and one.amount >= 0 for one in portions)


@laws
@given(cases())
def test_nobody_gets_a_whole_thousand_more_or_less_than_is_due(case: Case) -> None:
    assert all(abs(one.rounding) < UNIT for one in share_out(*case))


@laws
@given(cases())
def test_who_is_due_more_never_gets_less(case: Case) -> None:
    portions = sorted(share_out(*case), key=lambda one: one.due)
    for one, other in pairwise(portions):
        assert one.due == other.due or one.amount <= other.amount


@laws
@given(cases(), st.integers(0, 13), st.integers(1, 1000), st.booleans())
def test_more_people_or_poor_households_never_lower_a_ceiling(case: Case, at: int, more: int, is_poor: bool) -> None:
    formula, figures = case
    at %= len(figures)
    one = figures[at]
    grown = replace(one, poor=one.poor + more) if is_poor else replace(one, people=one.people + more)
    after = share_out(formula, [*figures[:at], grown, *figures[at + 1 :]])
    assert after[at].amount >= share_out(formula, figures)[at].amount


@laws
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_table_does_not_matter(case: Case, luck: Any) -> None:
    formula, figures = case
    shuffled = luck.sample(figures, len(figures))
    assert {one.code: one.amount for one in share_out(formula, shuffled)} == {
        one.code: one.amount for one in share_out(formula, figures)
    }


def test_every_term_stands_by_itself() -> None:
    formula = Formula(10_000_000, {Part.EQUAL: 40, Part.PEOPLE: 40, Part.POOR: 20})
    one, two, three = share_out(formula, [Figures("a", 100, 3), Figures("b", 200, 3), Figures("c", 400, 1)])
    assert one.terms == {
        Part.EQUAL: Fraction(4_000_000, 3),
        Part.PEOPLE: Fraction(4_000_000, 7),
        Part.POOR: Fraction(6_000_000, 7),
    }
    assert (one.amount, two.amount, three.amount) == (2_762_000, 3_333_000, 3_905_000)


@pytest.mark.parametrize(
    ("total", "percent", "figures", "refusal"),
    [
        (0, (40, 40, 20), (10, 10), Refusal.TOTAL_NOT_ROUND),
        (1_500, (40, 40, 20), (10, 10), Refusal.TOTAL_NOT_ROUND),
        (1_000, (40, 40, 21), (10, 10), Refusal.PARTS_NOT_WHOLE),
        (1_000, (-10, 90, 20), (10, 10), Refusal.PARTS_NOT_WHOLE),
        (1_000, (40, 40, 20), (0, 10), Refusal.NO_FIGURES),
        (1_000, (40, 40, 20), (10, 0), Refusal.NO_FIGURES),
        (1_000, (100, 0, 0), (0, 0), None),
        (1_000, (40, 40, 20), (10, 10), None),
    ],
)
def test_what_cannot_be_shared_out_is_refused(total: int, percent: Any, figures: Any, refusal: Refusal | None) -> None:
    formula = Formula(total, dict(zip(Part, percent, strict=True)))
    assert refuse_formula(formula, [Figures("a", *figures)]) is refusal
    assert refuse_formula(formula, []) is not None
