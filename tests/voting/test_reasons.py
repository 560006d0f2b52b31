"""The reason for every winner and loser, and what it promises."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.voting.rules.methods import Method, count
from app.voting.rules.reasons import Explanation, Reason, explain, without_winner
from tests.voting.ballotpapers import Case, cases, law


def reasons(case: Case, method: Method) -> dict[int, Explanation]:
    return {one.option: one for one in explain(case.election, count(case.election, method))}


def votes(*counts: int) -> tuple[frozenset[int], ...]:
    """Single ballots: so many for the first option, so many for the second …"""
    return tuple(frozenset({option}) for option, count in enumerate(counts) for _vote in range(count))


def test_most_votes_says_what_was_missing() -> None:
    found = reasons(Case((60, 50, 30, 200, 5), votes(5, 4, 3, 2, 0), 100), Method.MOST_VOTES)
    assert [(one.option, one.reason) for one in found.values()] == [
        (0, Reason.FITTED),
        (2, Reason.FITTED),
        (1, Reason.LEFT_TOO_LITTLE),
        (3, Reason.ABOVE_CEILING),
        (4, Reason.UNSUPPORTED),
    ]
    assert found[1].figures == {"votes": 4, "cost": 50, "left": 40, "more": 1, "missing": 10}
    assert found[3].figures["missing"] == 100


def test_stopping_says_that_the_count_was_over() -> None:
    found = reasons(Case((60, 50, 30), votes(5, 4, 3), 100), Method.MOST_VOTES_STOP)
    assert found[1].reason is Reason.LEFT_TOO_LITTLE
    assert found[2].reason is Reason.STOPPED
    assert found[2].figures["more"] == 1


@law(5_000)
@given(cases(), st.sampled_from([Method.MOST_VOTES, Method.MOST_VOTES_STOP]))
def test_so_many_votes_more_make_a_loser_win_and_one_less_does_not(case: Case, method: Method) -> None:
    for one in reasons(case, method).values():
        if "more" not in one.figures:
            continue
        more = int(one.figures["more"])
        assert more >= 1
        for extra, wins in ((more, True), (more - 1, False)):
            papers = (*case.papers, *[frozenset({one.option})] * extra)
            assert (one.option in count(Case(case.costs, papers, case.ceiling).election, method).winners) is wins


def test_equal_shares_says_who_paid_and_what_was_missing() -> None:
    # Ten voters with 12 each. Six for a well (40), four of them for a road (80), three others for a school (50).
    papers = (*[frozenset({0, 1})] * 4, *[frozenset({0})] * 2, *[frozenset({2})] * 3, frozenset[int]())
    found = reasons(Case((40, 80, 50), papers, 120), Method.EQUAL_SHARES)
    assert [(one.option, one.reason) for one in found.values()] == [
        (0, Reason.BOUGHT_EVENLY),
        (2, Reason.BOUGHT_EVENLY),
        (1, Reason.PURSES_TOO_EMPTY),
    ]
    assert found[0].figures == {"votes": 6, "cost": 40, "round": 1, "price": Fraction(20, 3), "payers": 6}
    missing = found[1].figures["missing"]
    assert missing == 80 - found[1].figures["behind"]
    assert found[1].figures["percent"] == 100 * found[1].figures["behind"] // 80


@law(5_000)
@given(cases(least_cost=0))
def test_equal_shares_explains_every_option(case: Case) -> None:
    election = case.election
    result = count(election, Method.EQUAL_SHARES)
    found = explain(election, result)
    assert [one.option for one in found if one.won] == list(result.winners)
    assert sorted(one.option for one in found) == list(range(len(case.costs)))
    for one in found:
        assert one.figures["votes"] == election.votes[one.option]
        assert (one.reason is Reason.UNSUPPORTED) == (election.votes[one.option] == 0)
        if one.reason is Reason.PURSES_TOO_EMPTY:
            assert 0 <= one.figures["behind"] < one.figures["cost"]
            assert one.figures["missing"] > 0
            assert one.figures["more"] >= 1


def test_who_has_no_winner_is_counted() -> None:
    election = Case((40, 80), (frozenset({0}), frozenset({0, 1}), frozenset({1}), frozenset[int]()), 100).election
    assert without_winner(election, [0]) == 2
    assert without_winner(election, []) == 4
