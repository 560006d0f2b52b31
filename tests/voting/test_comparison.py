"""Equal shares beside most votes, from the box of a contest."""

from app.voting.rules.comparison import compare
from app.voting.rules.counting import OptionFacts
from app.voting.rules.reasons import Reason

OPTIONS = [OptionFacts(3, 40), OptionFacts(1, 90), OptionFacts(2, 30)]


def test_equal_shares_are_compared_with_the_usual_count() -> None:
    found = compare(OPTIONS, {(1,): 20, (2, 3): 18, (3,): 1}, 100)
    assert found is not None
    assert (found.winners, found.left_out, found.left_out_before) == (2, 20, 19)
    assert [(number, one.won, one.reason) for number, one in found.changed] == [
        (3, True, Reason.BOUGHT_EVENLY),
        (2, True, Reason.FILLED),
        (1, False, Reason.PURSES_TOO_EMPTY),
    ]


def test_a_small_contest_is_not_compared() -> None:
    assert compare(OPTIONS, {(1,): 11, (2, 3): 18}, 100) is None
    assert compare(OPTIONS, {}, 100) is None
