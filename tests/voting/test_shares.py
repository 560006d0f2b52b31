"""Shares by village: the people count, not the turnout, and few voters cannot steer a whole village's share."""

from fractions import Fraction

import pytest
from hypothesis import assume, given

from app.voting.rules.completion import complete, usual_step
from app.voting.rules.elections import Election, gather
from app.voting.rules.shares import village_shares
from tests.voting.ballotpapers import Case, law, village_cases


def election(ceiling: int, **voters: int) -> Election:
    """Villages of so many voters, each for an option of its own."""
    ballots = [[place] for place, count in enumerate(voters.values()) for _voter in range(count)]
    villages = [village for village, count in voters.items() for _voter in range(count)]
    return gather([10] * len(voters), ceiling, ballots, villages)


def each(found: Election, people: dict[str, int]) -> dict[str, Fraction]:
    shares = village_shares(found, people)
    return {
        group.village: Fraction(money, shares.scale) for group, money in zip(found.groups, shares.money, strict=True)
    }


def test_a_village_that_votes_less_loses_nothing() -> None:
    assert each(election(600, a=20, b=10), {"a": 100, "b": 100}) == {"a": 15, "b": 30}
    assert each(election(600, a=20, b=10), {"a": 200, "b": 100}) == {"a": 20, "b": 20}


def test_nobody_weighs_more_than_three_times_the_average() -> None:
    # The average is 600 / 30 = 20; the one voter of b would have 300.
    assert each(election(600, a=29, b=1), {"a": 100, "b": 100}) == {"a": Fraction(540, 29), "b": 60}


def test_what_is_above_the_cap_goes_to_the_others_by_their_people() -> None:
    found = each(election(3000, a=50, b=49, c=1), {"a": 200, "b": 100, "c": 300})
    assert found == {"a": Fraction(2 * 2910, 3 * 50), "b": Fraction(2910, 3 * 49), "c": 90}


def test_the_cap_can_reach_a_second_village_after_the_first() -> None:
    found = each(election(1000, a=90, b=5, c=5), {"a": 10, "b": 100, "c": 40})
    assert found == {"a": Fraction(700, 90), "b": 30, "c": 30}


def test_a_village_where_nobody_votes_passes_its_share_on() -> None:
    assert each(election(600, a=20, b=10), {"a": 100, "b": 100, "c": 700}) == {"a": 15, "b": 30}


@pytest.mark.parametrize("people", [{"a": 5}, {"a": 5, "b": 0}, {}])
def test_a_village_that_votes_needs_people(people: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="people"):
        village_shares(election(600, a=1, b=1), people)


def test_without_voters_there_are_no_shares() -> None:
    assert village_shares(gather([5], 10, []), {"a": 5}).money == ()


@law(5_000)
@given(village_cases())
def test_shares_add_up_to_the_ceiling_within_the_cap(case: Case) -> None:
    assume(case.papers)
    found, people = case.election, dict(case.people)
    shares = village_shares(found, people)
    total = sum(money * group.voters for money, group in zip(shares.money, found.groups, strict=True))
    assert total == case.ceiling * shares.scale
    assert max(shares.money) * found.voters <= 3 * case.ceiling * shares.scale


def test_a_village_with_many_people_and_few_voters_wins_by_its_share() -> None:
    found = election(12, a=9, b=3)
    assert complete(found, usual_step(found)).winners == (0,)
    assert complete(found, usual_step(found), village_shares(found, {"a": 100, "b": 900})).winners == (1,)
