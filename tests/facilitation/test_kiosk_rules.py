"""To whom the device is handed over, for how long, and how it comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.facilitation.rules.kiosk import (
    IDLE,
    MOST_TRIES,
    WHOLE,
    LendFacts,
    LendRefusal,
    LentFacts,
    is_over,
    is_pin,
    is_shut,
    refuse_lending,
)
from app.kernel.actor import Level
from tests.builders import NOW

VOTER = LendFacts(resident_id=2, level=Level.ATTESTED, open=2, left=1)
LENT = LentFacts(since=NOW, seen_at=NOW, is_helper=True)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (VOTER, None),
        (replace(VOTER, resident_id=1), LendRefusal.ONESELF),
        (replace(VOTER, level=Level.CONFIRMED), LendRefusal.NOT_ATTESTED),
        (replace(VOTER, level=Level.REGISTERED), LendRefusal.NOT_ATTESTED),
        (replace(VOTER, open=0, left=0), LendRefusal.NOTHING_OPEN),
        (replace(VOTER, left=0), LendRefusal.ON_PAPER),
    ],
)
def test_the_device_is_lent_to_others_who_have_a_vote_left(facts: LendFacts, refusal: LendRefusal | None) -> None:
    assert refuse_lending(facts, 1) is refusal


@pytest.mark.parametrize(
    ("facts", "later", "over"),
    [
        (LENT, IDLE - timedelta(seconds=1), False),
        (LENT, IDLE, True),
        (replace(LENT, seen_at=NOW + WHOLE), WHOLE - timedelta(seconds=1), False),
        (replace(LENT, seen_at=NOW + WHOLE), WHOLE, True),
        (replace(LENT, since=None), timedelta(), True),
        (replace(LENT, is_helper=False), timedelta(), True),
    ],
)
def test_a_loan_ends_unused_after_a_while_and_with_the_role(facts: LentFacts, later: timedelta, over: bool) -> None:
    assert is_over(facts, NOW + later) is over


@pytest.mark.parametrize(("text", "fits"), [
    ("402917", True), ("000000", False), ("123456", False), ("987654", False), ("901234", False),
    ("12345", False), ("4029178", False), ("40291a", False), ("", False), ("４０２９１７", False),
])  # fmt: skip
def test_a_pin_has_six_digits_that_nobody_guesses_first(text: str, fits: bool) -> None:
    assert is_pin(text) is fits


def test_the_fifth_wrong_pin_ends_the_session_and_so_does_any_after_it() -> None:
    assert [is_shut(tries, is_right=False) for tries in range(1, 8)] == [False] * 4 + [True] * 3
    assert [is_shut(tries, is_right=True) for tries in (1, MOST_TRIES, MOST_TRIES + 1)] == [False, False, True]
