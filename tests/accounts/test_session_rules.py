"""How long sessions last, how browsers are named, and when roles are given and taken."""

from datetime import timedelta
from itertools import product

import pytest

from app.accounts.rules.grants import GrantFacts, GrantRefusal, refuse_end, refuse_grant
from app.accounts.rules.sessions import (
    OWN,
    SHARED,
    STAFF,
    Device,
    SessionFacts,
    Span,
    device_of,
    is_alive,
    is_confirmed,
    is_seen_anew,
    span_of,
)
from tests.builders import NOW

TICK = timedelta(microseconds=1)
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/128.0.0.0 Mobile Safari/537.36"
AGENTS = {
    ANDROID: Device("Chrome", "Android"),
    ANDROID.replace("Chrome/", "SamsungBrowser/25.0 Chrome/"): Device("Samsung Internet", "Android"),
    ANDROID + " OPR/80.0": Device("Opera", "Android"),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1": (
        Device("Safari", "iPhone")
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) CriOS/126.0 Mobile Safari/604.1": (
        Device("Chrome", "iPhone")
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0": Device("Firefox", "Windows"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/127.0 Safari/537.36 Edg/127.0": Device("Edge", "Windows"),
    "Mozilla/5.0 (Mobile; Nokia 8110; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5": Device("Firefox", "KaiOS"),
    "Mozilla/5.0 (X11; Linux x86_64) Chrome/127.0 Safari/537.36": Device("Chrome", "Linux"),
    "": Device(),
    "<script>alert(1)</script>": Device(),
}


@pytest.mark.parametrize(
    ("is_shared", "is_staff", "span"),
    [(True, False, SHARED), (False, False, OWN), (True, True, STAFF), (False, True, STAFF)],
)
def test_staff_have_their_own_span_and_residents_one_by_device(is_shared: bool, is_staff: bool, span: Span) -> None:
    assert span_of(is_shared, is_staff) is span


@pytest.mark.parametrize(("is_shared", "is_staff"), list(product((True, False), repeat=2)))
def test_a_session_ends_in_the_moment_its_span_is_over(is_shared: bool, is_staff: bool) -> None:
    span = span_of(is_shared, is_staff)

    def alive(begun_ago: timedelta, seen_ago: timedelta) -> bool:
        return is_alive(SessionFacts(NOW - begun_ago, NOW - seen_ago, is_shared, is_staff), NOW)

    assert alive(span.whole - TICK, timedelta())
    assert not alive(span.whole, timedelta())
    idle = span.idle or span.whole
    assert alive(idle - TICK, idle - TICK)
    assert not alive(idle, idle)


def test_a_resident_on_an_own_device_may_stay_away_for_weeks() -> None:
    assert is_alive(SessionFacts(NOW - timedelta(29), NOW - timedelta(29), is_shared=False, is_staff=False), NOW)


def test_a_clock_that_was_put_back_ends_no_session() -> None:
    assert is_alive(SessionFacts(NOW + timedelta(1), NOW + timedelta(1), is_shared=True, is_staff=True), NOW)


def test_use_is_written_down_at_most_once_a_minute() -> None:
    assert not is_seen_anew(NOW - timedelta(seconds=59), NOW)
    assert is_seen_anew(NOW - timedelta(seconds=60), NOW)


def test_a_typed_password_counts_for_ten_minutes() -> None:
    assert not is_confirmed(None, NOW)
    assert is_confirmed(NOW - timedelta(minutes=10) + TICK, NOW)
    assert not is_confirmed(NOW - timedelta(minutes=10), NOW)


@pytest.mark.parametrize(
    ("user_agent", "device"), list(AGENTS.items()), ids=[str(device) for device in AGENTS.values()]
)
def test_a_browser_is_known_by_its_family_only(user_agent: str, device: Device) -> None:
    assert device_of(user_agent) == device


@pytest.mark.parametrize(
    ("granter", "until", "is_held"), list(product((1, 2, None), (None, NOW - TICK, NOW, NOW + TICK), (True, False)))
)
def test_a_role_is_given_to_others_for_the_future_and_once(granter: int | None, until: object, is_held: bool) -> None:
    refusal = refuse_grant(GrantFacts(1, until, is_held), granter, NOW)  # type: ignore[arg-type]
    if granter == 1:
        assert refusal is GrantRefusal.OWN_ROLE
    elif until in (NOW - TICK, NOW):
        assert refusal is GrantRefusal.UNTIL_PAST
    else:
        assert refusal is (GrantRefusal.ALREADY_GRANTED if is_held else None)


@pytest.mark.parametrize(("ender", "until"), list(product((1, 2, None), (None, NOW, NOW + TICK))))
def test_a_role_in_force_is_taken_by_others(ender: int | None, until: object) -> None:
    refusal = refuse_end(1, until, ender, NOW)  # type: ignore[arg-type]
    expected = GrantRefusal.OWN_ROLE if ender == 1 else GrantRefusal.ALREADY_ENDED if until == NOW else None
    assert refusal is expected
