"""Recounts without a few ballots: which ones is drawn openly, so that anybody gets the same figure."""

from hypothesis import given
from hypothesis import strategies as st

from app.voting.rules.elections import Election, gather
from app.voting.rules.methods import Method, count
from app.voting.rules.robustness import robustness, without
from tests.voting.ballotpapers import Case, cases, law


def winners(election: Election) -> tuple[int, ...]:
    return count(election, Method.MOST_VOTES).winners


def test_a_clear_result_stays_and_a_close_one_does_not() -> None:
    clear = robustness(gather([5, 5], 5, [[0]] * 400 + [[1]] * 100), winners, "benih")
    assert (clear.recounts, clear.removed, clear.same, clear.wins) == (200, 10, 200, (200, 0))
    close = robustness(gather([5, 5], 5, [[0]] * 251 + [[1]] * 249), winners, "benih")
    assert close.wins == (170, 30)
    assert close.same == 170
    assert robustness(gather([5, 5], 5, [[0]] * 251 + [[1]] * 249), winners, "benih") == close
    assert robustness(gather([5, 5], 5, [[0]] * 251 + [[1]] * 249), winners, "lain") != close


def test_the_smallest_elections_are_recounted_too() -> None:
    assert robustness(gather([5], 5, []), winners, "s", 3).same == 3
    assert robustness(gather([5], 5, [[0]]), winners, "s", 3).same == 0


@law(2_000)
@given(cases(), st.integers(0, 20), st.text(max_size=5))
def test_so_many_ballots_are_taken_out_and_none_is_changed(case: Case, removed: int, seed: str) -> None:
    election = case.election
    removed = min(removed, election.voters)
    left = without(election, removed, seed)
    assert left.voters == election.voters - removed
    boxed = {group[:2]: group.voters for group in election.groups}
    assert all(0 < group.voters <= boxed[group[:2]] for group in left.groups)
    assert without(election, removed, seed) == left


def test_every_ballot_is_as_likely_to_be_taken_out() -> None:
    election = gather([1] * 5, 5, [[option] for option in range(5)])
    gone = [option for n in range(2000) for option in range(5) if not without(election, 2, str(n)).votes[option]]
    assert all(700 < gone.count(option) < 900 for option in range(5))
