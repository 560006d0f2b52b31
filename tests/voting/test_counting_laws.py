"""What counting always keeps (P1 to P12 of the voting design), against a second implementation and on its own."""

import random
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.voting.rules.certificates import receipts, refuse_receipts
from app.voting.rules.completion import MOST_ROUNDS, complete, exact_step, is_exhaustive, usual_step
from app.voting.rules.elections import Election
from app.voting.rules.equal_shares import Run, Shares, equal_shares, even_shares
from app.voting.rules.methods import Method, count
from app.voting.rules.shares import village_shares
from tests.voting import naive
from tests.voting.ballotpapers import Case, cases, law, village_cases

METHODS = list(Method)


def winners(election: Election, method: Method) -> tuple[int, ...]:
    return count(election, method).winners


# P1, P2, P3


@law(20_000)
@given(cases(least_cost=0))
def test_winners_keep_within_the_ceiling_have_votes_and_win_once(case: Case) -> None:
    election = case.election
    for found in [
        *(winners(election, method) for method in METHODS),
        equal_shares(election, even_shares(election)).winners,
    ]:
        assert election.cost_of(found) <= case.ceiling
        assert len(set(found)) == len(found)
        assert all(election.votes[option] for option in found)


@law(20_000)
@given(cases(least_cost=0))
def test_nothing_supported_that_fits_is_left_out(case: Case) -> None:
    election = case.election
    assert is_exhaustive(election, winners(election, Method.MOST_VOTES))
    assert is_exhaustive(election, winners(election, Method.EQUAL_SHARES))


# P4, P5


@law(20_000)
@given(cases(least_cost=0), st.randoms(use_true_random=False))
def test_neither_the_order_of_voters_nor_that_of_choices_matters(case: Case, random: random.Random) -> None:
    papers = [random.sample(sorted(paper), len(paper)) for paper in random.sample(case.papers, len(case.papers))]
    other = Case(case.costs, tuple(papers), case.ceiling).election  # type: ignore[arg-type]
    assert other == case.election
    for method in METHODS:
        assert count(other, method) == count(case.election, method)


@law(5_000)
@given(cases(least_cost=0), st.randoms(use_true_random=False))
def test_options_by_other_names_win_by_other_names(case: Case, random: random.Random) -> None:
    """Where votes and costs tell all options apart, no name matters; else the tie order goes with the names."""
    election = case.election
    told = {(election.votes[option], election.costs[option]) for option in election.supported}
    assume(len(told) == len(election.supported))
    new = random.sample(range(len(case.costs)), len(case.costs))
    costs = tuple(case.costs[new.index(option)] for option in range(len(new)))
    papers = tuple(frozenset(new[option] for option in paper) for paper in case.papers)
    for method in METHODS:
        renamed = winners(Case(costs, papers, case.ceiling).election, method)
        assert renamed == tuple(new[option] for option in winners(election, method))


# P6


def breaks_group_guarantee(case: Case, chosen: tuple[int, ...]) -> bool:
    """A loser with supporters who all have too little: max u_i + cost <= |group| x ceiling / n, for any group."""
    utility = [sum(case.costs[option] for option in paper & set(chosen)) for paper in case.papers]
    for loser in set(range(len(case.costs))) - set(chosen):
        behind = sorted(utility[voter] for voter, paper in enumerate(case.papers) if loser in paper)
        for size, most in enumerate(behind, 1):
            if (most + case.costs[loser]) * len(case.papers) <= size * case.ceiling:
                return True
    return False


@law(20_000)
@given(cases())
def test_no_group_that_can_pay_for_its_option_is_passed_over(case: Case) -> None:
    election = case.election
    completed = complete(election, usual_step(election))
    assert not breaks_group_guarantee(case, equal_shares(election, even_shares(election)).winners)
    assert not breaks_group_guarantee(case, completed.run.winners or completed.winners)
    assert not breaks_group_guarantee(case, completed.winners)


def test_most_votes_does_pass_groups_over() -> None:
    """The negative control: the guarantee is worth something, and the test sees when it is broken."""
    draw, broken = random.Random(5), 0
    for _ in range(2000):
        costs = tuple(draw.randint(1, 30) for _option in range(draw.randint(2, 7)))
        papers = [
            frozenset(o for o in range(len(costs)) if draw.random() < 0.4) for _voter in range(draw.randint(2, 14))
        ]
        case = Case(costs, tuple(papers), draw.randint(10, 70))
        broken += breaks_group_guarantee(case, winners(case.election, Method.MOST_VOTES))
        assert not breaks_group_guarantee(case, winners(case.election, Method.EQUAL_SHARES))
    assert broken > 20


# P7


@law(20_000)
@given(village_cases())
def test_payments_add_up_and_nobody_pays_more_than_the_purse_or_for_what_they_did_not_choose(case: Case) -> None:
    assume(case.papers)
    election = case.election
    for shares in (even_shares(election), village_shares(election, dict(case.people))):
        run = equal_shares(election, shares)
        found = receipts(election, shares, run.purchases)
        assert refuse_receipts(election, found) is None
        purses = [Fraction(money, shares.scale) for money in shares.money]
        for receipt, purchase in zip(found, run.purchases, strict=True):
            paid = {place: min(purses[place], purchase.price) for place, _voters in election.supporters[receipt.option]}
            full = {place for place, amount in paid.items() if amount == purchase.price}
            assert sum(election.groups[place].voters for place in full) == purchase.payers
            assert purchase.effective * purchase.price == election.costs[receipt.option]
            assert sum(voters for _amount, voters in receipt.payments) <= election.votes[receipt.option]
            for place, amount in paid.items():
                purses[place] -= amount
                assert purses[place] == 0 or place in full
        for option, supporters in enumerate(election.supporters):
            assert run.left[option] == sum(purses[place] * voters for place, voters in supporters)


def test_a_wrong_price_is_found() -> None:
    case = Case((10, 6), (frozenset({0}), frozenset({0, 1}), frozenset({1})), 16)
    shares = even_shares(case.election)
    found = receipts(case.election, shares, equal_shares(case.election, shares).purchases)
    assert refuse_receipts(case.election, found) is None
    dearer = Case((10, 7), case.papers, 16).election
    assert refuse_receipts(dearer, found) == 1


# P8


@law(20_000)
@given(cases(least_cost=0))
def test_most_votes_is_as_defined(case: Case) -> None:
    assert list(winners(case.election, Method.MOST_VOTES)) == naive.most_votes(case.costs, case.papers, case.ceiling)
    stopped = naive.most_votes(case.costs, case.papers, case.ceiling, stops=True)
    assert list(winners(case.election, Method.MOST_VOTES_STOP)) == stopped


@law(20_000)
@given(cases(least_cost=0))
def test_equal_shares_is_as_defined(case: Case) -> None:
    assume(case.papers)
    run = equal_shares(case.election, even_shares(case.election))
    expected, prices, _payments = naive.equal_shares(case.costs, case.papers, case.even)
    assert list(run.winners) == expected
    assert [purchase.price for purchase in run.purchases] == prices


@law(20_000)
@given(village_cases())
def test_equal_shares_by_village_is_as_defined(case: Case) -> None:
    assume(case.papers)
    starts = naive.village_starts(case.villages, dict(case.people), case.ceiling)
    shares = village_shares(case.election, dict(case.people))
    assert sum(starts) == case.ceiling
    run = equal_shares(case.election, shares)
    expected, prices, _payments = naive.equal_shares(case.costs, case.papers, starts)
    assert list(run.winners) == expected
    assert [purchase.price for purchase in run.purchases] == prices


@law(5_000)
@given(cases(least_cost=0, most_voters=8), st.booleans())
def test_completion_is_as_defined(case: Case, is_exact: bool) -> None:
    assume(case.papers)
    election = case.election
    step = exact_step(election) if is_exact else usual_step(election)
    completed = complete(election, step)
    assert completed.rounds <= MOST_ROUNDS
    assert list(completed.winners) == naive.add1u(case.costs, case.papers, case.ceiling, step)


@law(2_000)
@given(village_cases())
def test_completion_by_village_is_as_defined(case: Case) -> None:
    assume(0 < len(case.papers) < 8)
    election, people = case.election, dict(case.people)
    starts = naive.village_starts(case.villages, people, case.ceiling)
    completed = complete(election, usual_step(election), village_shares(election, people))
    expected = naive.add1u(case.costs, case.papers, case.ceiling, usual_step(election), starts)
    assert list(completed.winners) == expected


def round_by_round(election: Election, step: Fraction, start: Shares) -> tuple[int, Run]:
    """The last round within the ceiling, without passing over any."""
    rounds, run = 0, equal_shares(election, start)
    while rounds < MOST_ROUNDS and not is_exhaustive(election, run.winners):
        growth = 1 + (rounds + 1) * step * Fraction(election.voters, election.ceiling)
        further = equal_shares(election, start.grown(growth))
        if election.cost_of(further.winners) > election.ceiling:
            break
        rounds, run = rounds + 1, further
    return rounds, run


@law(5_000)
@given(village_cases(), st.booleans(), st.booleans())
def test_rounds_that_change_nothing_are_passed_over_without_a_trace(case: Case, is_even: bool, is_fine: bool) -> None:
    election = case.election
    assume(case.papers and election.cost_of(election.supported) > case.ceiling)
    start = even_shares(election) if is_even else village_shares(election, dict(case.people))
    step = Fraction(case.ceiling, (17 if is_fine else 2) * election.voters)
    completed = complete(election, step, start)
    rounds, run = round_by_round(election, step, start)
    assert (completed.rounds, completed.run, completed.run.left) == (rounds, run, run.left)


def test_an_unpopular_option_that_would_fit_does_not_make_the_count_long() -> None:
    everybody, few = [frozenset({0})] * 20_000, [frozenset({1})]
    election = Case((40, 50, 70), (*everybody, *few, *[frozenset({2})] * 10), 100).election
    completed = complete(election, exact_step(election))
    assert (completed.rounds, completed.stop, completed.winners) == (MOST_ROUNDS, "rounds", (0, 1))


# P12


@law(5_000)
@given(cases(least_cost=0), st.sampled_from([2, 7, 1000]))
def test_money_in_another_unit_changes_nothing(case: Case, unit: int) -> None:
    election = case.election
    finer = Election(tuple(cost * unit for cost in election.costs), election.groups, election.ceiling * unit)
    assert winners(finer, Method.MOST_VOTES) == winners(election, Method.MOST_VOTES)
    assert equal_shares(finer, even_shares(finer)).winners == equal_shares(election, even_shares(election)).winners
    assert complete(finer, usual_step(finer, unit)).winners == complete(election, usual_step(election)).winners
    assert complete(finer, exact_step(finer)).winners == complete(election, exact_step(election)).winners


@law(5_000)
@given(cases())
def test_villages_that_vote_as_they_have_people_get_even_shares(case: Case) -> None:
    villages = tuple("ab"[voter % 2] for voter in range(len(case.papers)))
    people = {village: 9 * villages.count(village) for village in "ab"}
    assume(all(people.values()))
    election = Case(case.costs, case.papers, case.ceiling, villages).election
    weighted = complete(election, usual_step(election), village_shares(election, people))
    assert weighted.winners == complete(case.election, usual_step(case.election)).winners


# Odd elections


@pytest.mark.parametrize("method", METHODS)
def test_odd_elections_are_counted(method: Method) -> None:
    one = frozenset({0})
    assert winners(Case((), (), 10).election, method) == ()
    assert winners(Case((5, 5), (), 10).election, method) == ()
    assert winners(Case((5,), (frozenset(), frozenset()), 10).election, method) == ()
    assert winners(Case((5,), (one,), 10).election, method) == (0,)
    assert winners(Case((11,), (one,) * 9, 10).election, method) == ()
    assert winners(Case((0, 5), (one,), 0).election, method) == (0,)
    assert winners(Case((5, 0), (one,), 0).election, method) == ()
    assert winners(Case((4, 4, 4), (frozenset({0, 1, 2}),) * 5, 8).election, method) == (0, 1)
    assert winners(Case((0, 0), (frozenset({0, 1}),), 5).election, method) == (0, 1)


def test_an_option_above_the_ceiling_ends_the_raising_but_never_wins() -> None:
    case = Case((120, 30), (*(frozenset({0}),) * 9, frozenset({1})), 100)
    completed = complete(case.election, usual_step(case.election))
    assert completed.stop == "overspends"
    assert completed.winners == (1,)


def test_the_step_is_a_hundredth_of_the_start_and_at_least_one() -> None:
    village = Case((1,), (frozenset({0}),) * 700, 150_000_000).election
    assert usual_step(village) == 2142
    assert exact_step(village) == Fraction(15000, 7)
    assert usual_step(Case((1,), (frozenset({0}),) * 9, 100).election) == 1
    assert usual_step(Case((1,), (frozenset({0}),) * 9, 100_000).election, unit=100) == 100
