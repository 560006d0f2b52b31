"""What must not be claimed of any rule (P15): elections, small enough to check by hand, in which it fails."""

from app.voting.rules.elections import gather
from app.voting.rules.equal_shares import equal_shares, even_shares
from app.voting.rules.methods import Method, count


def completed(costs: list[int], ballots: list[list[int]], ceiling: int) -> set[int]:
    return set(count(gather(costs, ceiling, ballots), Method.EQUAL_SHARES).winners)


def bought(costs: list[int], ballots: list[list[int]], ceiling: int) -> set[int]:
    election = gather(costs, ceiling, ballots)
    return set(equal_shares(election, even_shares(election)).winners)


def turned(costs: list[int], ballots: list[list[int]], ceiling: int) -> set[int]:
    return set(count(gather(costs, ceiling, ballots), Method.MOST_VOTES).winners)


def test_more_money_can_cost_a_winner_the_win() -> None:
    assert turned([10, 6], [[0], [0], [1]], 9) == {1}
    assert turned([10, 6], [[0], [0], [1]], 10) == {0}
    assert bought([1, 5], [[], [1], [0, 1]], 7) == {0}
    assert bought([1, 5], [[], [1], [0, 1]], 8) == {1}
    assert completed([5, 2], [[0], [], [0, 1]], 5) == {0}
    assert completed([5, 2], [[0], [], [0, 1]], 6) == {1}


def test_another_supporter_can_hurt_under_completion() -> None:
    costs, ceiling = [10, 4, 5], 12
    assert completed(costs, [[0, 1, 2], [0], [2], [1], [0]], ceiling) == {0}
    assert completed(costs, [[0, 1, 2], [0], [2, 0], [1], [0]], ceiling) == {1, 2}
    assert completed([8, 10, 4], [[0, 1], [2], [1], [1, 2]], 13) == {0, 2}
    assert completed([8, 10, 4], [[0, 1], [2], [1], [1, 2], [0]], 13) == {1}


def test_a_voter_can_gain_by_leaving_out_what_wins_anyway() -> None:
    costs, ceiling = [5, 3, 3], 9
    wanted = {0, 1}
    assert completed(costs, [[0, 1], [1], [0, 2]], ceiling) & wanted == {1}
    assert completed(costs, [[0], [1], [0, 2]], ceiling) & wanted == {0, 1}


def test_equal_shares_without_completion_leaves_money_that_could_be_spent() -> None:
    assert bought([60, 60], [[0], [1]], 100) == set()
    assert completed([60, 60], [[0], [1]], 100) == {0}
