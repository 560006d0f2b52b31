"""Counters that nobody slips past."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.kernel.outcomes import Refused
from app.limits import actions
from app.limits.models import Tries
from app.limits.queries import counted
from app.limits.rules import Limit, Refusal, minutes_left, window_start
from tests import builders as b

LIMIT = Limit("test", 3, timedelta(minutes=15))


def test_so_many_times_and_no_more_until_the_next_window(session: Session) -> None:
    for _ in range(3):
        actions.take(LIMIT, "a", b.NOW)
    with pytest.raises(Refused) as refused:
        actions.take(LIMIT, "a", b.NOW)
    assert (refused.value.reason, refused.value.facts) == (Refusal.TOO_OFTEN, {"minutes": 15})
    actions.take(LIMIT, "b", b.NOW)  # another key has a counter of its own
    actions.take(LIMIT, "a", b.NOW + LIMIT.window)


def test_whoever_goes_on_stands_in_the_log_once_and_by_no_name(session: Session) -> None:
    for _ in range(9):
        actions.count(LIMIT, "+6281234567890", b.NOW)
    (entry,) = session.query(AuditEntry).filter_by(act="too_often")
    assert entry.subject == "limit:test"
    assert "81234567890" not in "".join(row.key_digest for row in session.query(Tries))


def test_of_many_at_once_no_more_get_through(live_app: Flask) -> None:
    answers = b.race(live_app, 20, lambda _: actions.take(LIMIT, "a", b.NOW))
    assert answers.count(None) == LIMIT.most
    assert answers.count(Refusal.TOO_OFTEN) == 20 - LIMIT.most


def test_old_counters_are_forgotten(session: Session) -> None:
    actions.count(LIMIT, "a", b.NOW - timedelta(days=40))
    actions.count(LIMIT, "a", b.NOW)
    assert actions.sweep(b.NOW) == 1
    assert counted(LIMIT, "a", b.NOW) == 1


@given(st.integers(1, 10_000), st.datetimes())
def test_a_window_holds_its_moment(minutes: int, at: object) -> None:
    moment = at.replace(tzinfo=b.NOW.tzinfo)  # type: ignore[attr-defined]
    window = timedelta(minutes=minutes)
    if moment.year > 1970:
        start = window_start(window, moment)
        assert start <= moment < start + window
        assert 1 <= minutes_left(Limit("x", 1, window), moment) <= minutes + 1
