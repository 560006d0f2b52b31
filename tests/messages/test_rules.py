"""Life cycle, pauses, templates and answers."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages.rules import (
    FIRST_PAUSE,
    LIFECYCLE,
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    Event,
    Kind,
    MessageStatus,
    is_content_needed,
    next_try,
    pause_after,
)
from app.messages.rules.answers import asked_pause, find_all, find_name
from app.messages.rules.filling import FormBody, JsonBody, fill

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
S, E = MessageStatus, Event
NEXT = {
    S.QUEUED: {E.CLAIM: S.SENDING, E.GIVE_UP: S.FAILED, E.ARRIVE: S.DELIVERED},
    S.SENDING: {
        E.CLAIM: S.SENDING,
        E.PUT_BACK: S.QUEUED,
        E.SEND: S.SENT,
        E.GIVE_UP: S.FAILED,
        E.ARRIVE: S.DELIVERED,
    },
    S.SENT: {E.ARRIVE: S.DELIVERED, E.BOUNCE: S.FAILED},
    S.DELIVERED: {},
    S.FAILED: {E.ARRIVE: S.DELIVERED},
}


@pytest.mark.parametrize("event", list(Event))
@pytest.mark.parametrize("status", list(MessageStatus))
def test_every_event_leads_where_it_should_or_nowhere(status: MessageStatus, event: Event) -> None:
    assert LIFECYCLE.table.get((status, event)) == NEXT[status].get(event)


def test_text_and_address_are_kept_as_long_as_they_are_needed() -> None:
    needed = {(status, kind) for status in MessageStatus for kind in Kind if is_content_needed(status, kind)}
    waiting = {(status, kind) for status in (S.QUEUED, S.SENDING) for kind in Kind}
    assert needed == waiting | {(S.SENT, Kind.NOTICE)}


def test_pauses_double_up_to_an_hour_and_differ_between_messages() -> None:
    pauses = [pause_after(attempts, "code:1") for attempts in range(1, MOST_ATTEMPTS)]
    assert FIRST_PAUSE * 0.75 <= pauses[0] <= FIRST_PAUSE * 1.25
    assert all(before < after for before, after in pairwise(pauses[:9]))
    assert all(LONGEST_PAUSE * 0.75 <= pause <= LONGEST_PAUSE * 1.25 for pause in pauses[12:])
    assert len({pause_after(1, f"code:{number}") for number in range(50)}) > 45
    assert pause_after(3, "code:1") == pause_after(3, "code:1")


@pytest.mark.parametrize(
    ("attempts", "asked", "left", "is_tried"),
    [
        (1, timedelta(), AN_HOUR, True),
        (1, timedelta(minutes=59), AN_HOUR, True),
        (1, AN_HOUR, AN_HOUR, False),
        (1, timedelta(), timedelta(seconds=3), False),
        (MOST_ATTEMPTS, timedelta(), timedelta(days=9), False),
    ],
)
def test_there_is_another_try_unless_it_comes_too_late_or_was_the_last(
    attempts: int, asked: timedelta, left: timedelta, is_tried: bool
) -> None:
    due_at = next_try(attempts, "k", asked, NOW, NOW + left)
    assert (due_at is not None) == is_tried
    assert due_at is None or NOW + asked <= due_at < NOW + left


@given(to=st.text(), text=st.text(), key=st.text())
def test_no_value_breaks_out_of_a_template(to: str, text: str, key: str) -> None:
    values = {"to": to, "digits": to, "text": text, "key": key}
    content = {"to": "+{digits}", "deep": [{"a": "<{text}> {key}{text}"}, 1, None, True], "{to}": "name"}
    filled = {"to": f"+{to}", "deep": [{"a": f"<{text}> {key}{text}"}, 1, None, True], "{to}": "name"}
    assert json.loads(JsonBody(content).fill(values)) == filled
    form = FormBody((("to", "{to}"), ("text", "{text}&admin=1"), ("{key}", "")))
    sent = parse_qsl(form.fill(values).decode("ascii"), keep_blank_values=True, strict_parsing=True)
    assert sent == [("to", to), ("text", f"{text}&admin=1"), ("{key}", "")]


def test_what_a_value_contains_is_not_filled_again() -> None:
    assert fill("{text}-{key}", {"text": "{key}{to}", "key": "K"}) == "{key}{to}-K"


DOCUMENT = {"id": 7, "list": [{"id": "a"}, {"id": "b"}, "c"], "empty": "", "yes": True, "long": "x" * 500}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("id", "7"),
        ("list.1.id", "b"),
        ("list.9.id", None),
        ("list.-1", None),
        ("list.id", None),
        ("id.deep", None),
        ("list", None),
        ("empty", None),
        ("yes", None),
        ("missing", None),
        ("", None),
        ("long", "x" * 120),
    ],
)
def test_an_id_is_found_where_it_is_or_not_at_all(path: str, found: str | None) -> None:
    assert find_name(DOCUMENT, path) == found


def test_a_star_stands_for_every_item() -> None:
    assert find_all(DOCUMENT, "list.*.id") == ["a", "b"]
    assert find_all(DOCUMENT, "") == [DOCUMENT]


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("30", timedelta(seconds=30)),
        (" 0 ", timedelta()),
        ("9" * 400, timedelta(days=7)),
        ("Sat, 21 Nov 2026 05:00:00 GMT", AN_HOUR),
        ("Sat, 21 Nov 2026 03:00:00 GMT", timedelta()),
        ("Sat, 21 Nov 2026 05:00:00 -0000", AN_HOUR),
        ("", timedelta()),
        ("-5", timedelta()),
        ("soon", timedelta()),
        ("²", timedelta()),
    ],
)
def test_a_provider_may_ask_to_wait_in_seconds_or_until_a_moment(header: str, pause: timedelta) -> None:
    assert asked_pause(header, NOW) == pause


@given(st.text())
def test_no_header_breaks_the_reading_of_it(header: str) -> None:
    assert timedelta() <= asked_pause(header, NOW) <= timedelta(days=7)
