"""The pure pieces: scopes, policies, life cycles, windows, pages."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.actor import ANYONE, Actor, Grant, Role, covers, regency_of
from app.kernel.outcomes import Denied, Refused
from app.kernel.paging import page_of, parse_mark
from app.kernel.policy import Policy
from app.kernel.transitions import Lifecycle, Transition
from app.kernel.windows import Window

NOW = datetime(2026, 11, 21, tzinfo=UTC)


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"


class Push(StrEnum):
    PULL = "pull"
    PRESS = "press"


DOOR: Lifecycle[Door, Push] = Lifecycle({(Door.OPEN, Push.PULL): Door.SHUT, (Door.SHUT, Push.PRESS): Door.OPEN})


@pytest.mark.parametrize(
    ("scope", "code", "expected"),
    [
        ("53.04", "53.04.01.2001", True),
        ("53.04.01", "53.04.01", True),
        ("", "19.06", True),
        ("53.04.0", "53.04.01", False),
        ("53.04.01", "53.04", False),
        ("53.04", "53.041", False),
    ],
)
def test_a_scope_covers_itself_and_what_lies_below_it(scope: str, code: str, expected: bool) -> None:
    assert covers(scope, code) is expected


def test_an_actor_holds_a_role_only_within_its_grants() -> None:
    actor = Actor(1, "Ana", "53.04.01.2005", grants=(Grant(Role.MODERATOR, "53.04.01"),))
    assert actor.holds(Role.MODERATOR, "53.04.01.2001")
    assert not actor.holds(Role.MODERATOR, "53.04.03.2002")
    assert not actor.holds(Role.PLANNER, "53.04.01.2001")
    assert actor.scopes(Role.MODERATOR) == ("53.04.01",)


def test_anyone_is_not_signed_in_and_lives_nowhere() -> None:
    assert not ANYONE.is_signed_in
    assert not ANYONE.lives_in("53.04")


def test_the_regency_of_a_village_is_the_first_two_parts_of_its_code() -> None:
    assert regency_of("53.04.01.2001") == "53.04" == regency_of("53.04")


def test_a_policy_needs_one_predicate_that_holds() -> None:
    policy: Policy[Push, int] = Policy({Push.PULL: (lambda _, n: n > 1, lambda actor, _: actor.is_signed_in)})
    policy.require(ANYONE, Push.PULL, 2)
    policy.require(Actor(1), Push.PULL, 0)
    with pytest.raises(Denied):
        policy.require(ANYONE, Push.PULL, 1)


def test_a_life_cycle_refuses_what_its_table_does_not_list() -> None:
    assert DOOR.after(Door.OPEN, Push.PULL) is Door.SHUT
    assert DOOR.events(Door.SHUT) == (Push.PRESS,)
    with pytest.raises(Refused) as refused:
        DOOR.after(Door.OPEN, Push.PRESS)
    assert refused.value.reason is Transition.NOT_NOW


@given(st.integers(-100, 100))
def test_a_window_is_before_open_or_over_and_never_two_of_them(minutes: int) -> None:
    window = Window(NOW, NOW + timedelta(hours=1))
    at = NOW + timedelta(minutes=minutes)
    assert [window.is_before(at), window.is_open(at), window.is_over(at)].count(True) == 1
    assert window.is_open(at) is (0 <= minutes < 60)


@given(st.lists(st.integers(0, 99), max_size=30), st.integers(1, 10))
def test_pages_end_exactly_when_the_rows_do(rows: list[int], size: int) -> None:
    page = page_of(rows[: size + 1], size, str)
    assert list(page.rows) == rows[:size]
    assert (page.after is None) is (len(rows) <= size)


@given(st.text(max_size=20))
def test_a_mark_is_ours_or_nothing(text: str) -> None:
    mark = parse_mark(text, 2)
    assert mark is None or (len(mark) == 2 and all(number >= 0 for number in mark))


def test_marks_with_signs_letters_or_foreign_digits_are_nothing() -> None:
    assert parse_mark("12-3", 2) == (12, 3)
    for mark in (None, "", "12", "12-", "-1-2", "1-2-3", "١-٢", "9" * 40 + "-1"):
        assert parse_mark(mark, 2) is None
