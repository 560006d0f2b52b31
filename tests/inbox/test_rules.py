"""What is news to whom, and what messages say of it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.discussion.rules.comments import Voice
from app.inbox.rules import (
    FIRST_DIGEST,
    FOR_AUTHOR_ONLY,
    FOR_SUPPORTERS,
    LINES_TOLD,
    LONGEST_DIGEST,
    MILESTONES,
    URGENT,
    NewsKind,
    digest_since,
    is_told_today,
    kind_of_comment,
)
from app.inbox.rules.texts import AT_ONCE, STEPS, TALKS, Told, digest_text, urgent_text
from app.messages.rules import LONGEST_TEXT
from app.proposals.rules import Event
from tests.builders import NOW

URL = "https://mufakat.belukab.go.id"


@pytest.mark.parametrize("is_answer", [False, True])
@pytest.mark.parametrize("voice", Voice)
def test_every_voice_makes_its_kind_of_news(voice: Voice, is_answer: bool) -> None:
    top = NewsKind.TALK if voice is Voice.RESIDENT else NewsKind.STATEMENT
    assert kind_of_comment(voice, is_answer=is_answer) is (NewsKind.ANSWER if is_answer else top)


@pytest.mark.parametrize("event", Event)
def test_every_step_has_words_for_messages(event: Event) -> None:
    assert str(Told("BLU-28-00042", NewsKind.STEP, event)) == f"BLU-28-00042 {STEPS[event]}"


def test_what_only_the_author_may_read_is_told_to_nobody_else() -> None:
    assert not FOR_AUTHOR_ONLY & (MILESTONES | FOR_SUPPORTERS)
    assert set(AT_ONCE) == URGENT
    assert set(TALKS) == set(NewsKind) - {NewsKind.STEP}


@pytest.mark.parametrize("event", sorted(URGENT))
def test_an_urgent_message_is_short_and_leads_somewhere(event: Event) -> None:
    text = urgent_text(event, "BLU-28-00042", f"{URL}/belu/usulan/BLU-28-00042")
    assert len(text) <= 160
    assert text.endswith(f" {URL}/belu/usulan/BLU-28-00042")
    assert urgent_text(event, "BLU-28-00042", "").endswith(".")


@given(count=st.integers(1, 300))
def test_a_digest_is_bounded_however_much_has_happened(count: int) -> None:
    news = [Told(f"BLU-28-{number:05}", NewsKind.STEP, Event.REOPEN) for number in range(count)]
    text = digest_text(news, f"{URL}/kotak-masuk", f"{URL}/akun/persetujuan")
    assert text.startswith(f"Mufakat: {count} kabar untuk Anda.\n- BLU-28-00000 dibuka lagi\n")
    assert text.count("\n- BLU-28-") == min(count, LINES_TOLD)
    assert (f"- dan {count - LINES_TOLD} kabar lain" in text) == (count > LINES_TOLD)
    assert len(text.encode()) < 450 < LONGEST_TEXT


def test_a_digest_goes_back_to_the_last_one_but_not_for_ever() -> None:
    assert digest_since(None, NOW) == NOW - FIRST_DIGEST
    assert digest_since(NOW - timedelta(hours=5), NOW) == NOW - timedelta(hours=5)
    assert digest_since(NOW - timedelta(days=90), NOW) == NOW - LONGEST_DIGEST


def test_a_day_begins_at_midnight_utc() -> None:
    today = NOW.date()
    assert not is_told_today(None, NOW)
    assert not is_told_today(today - timedelta(days=1), NOW)
    assert is_told_today(today, NOW)
    assert is_told_today(today + timedelta(days=1), NOW), "a clock that goes backwards floods nobody"
