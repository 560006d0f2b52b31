"""What a moderator can decide, and when an answer is late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.moderation.rules import EVENTS, REASONS, Decision, Urgency, Verdict, deadline, refuse_verdict, state_mark
from app.moderation.words import DECISIONS, DONE, STARTERS
from app.proposals.rules import LIFECYCLE, REASON_LENGTH, ReasonCode, Refusal, Status
from app.web.forms import PRIVATE_NUMBER
from tests.builders import NOW

SEEN = state_mark(Status.SUBMITTED, NOW)
NOES = (Decision.RETURN, Decision.REJECT)


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_answers_what_is_submitted_and_nothing_else(decision: Decision) -> None:
    assert LIFECYCLE.allows(Status.SUBMITTED, EVENTS[decision])


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize("status", Status)
def test_a_decision_on_anything_but_what_was_seen_is_refused(decision: Decision, status: Status) -> None:
    verdict = Verdict(decision, SEEN, ReasonCode.INCOMPLETE, "Tulis ukurannya dulu.")
    assert refuse_verdict(verdict, state_mark(status, NOW + timedelta(microseconds=1))) is Refusal.CHANGED_MEANWHILE
    expected = None if status is Status.SUBMITTED else Refusal.CHANGED_MEANWHILE
    assert refuse_verdict(verdict, state_mark(status, NOW)) is expected


@pytest.mark.parametrize("decision", NOES)
@pytest.mark.parametrize("code", [*ReasonCode, None])
def test_a_no_needs_a_reason_from_the_closed_list(decision: Decision, code: ReasonCode | None) -> None:
    refusal = refuse_verdict(Verdict(decision, SEEN, code, "Tulis ukurannya dulu."), SEEN)
    assert refusal is (None if code in REASONS else Refusal.REASON_MISSING)


def test_publishing_needs_no_reason() -> None:
    verdict = Verdict(Decision.PUBLISH, SEEN)
    assert refuse_verdict(verdict, SEEN) is None
    assert refuse_verdict(replace(verdict, seen=""), SEEN) is Refusal.CHANGED_MEANWHILE


def test_not_being_selected_is_no_reason_of_a_moderator() -> None:
    assert set(ReasonCode) - set(REASONS) == {ReasonCode.NOT_SELECTED, ReasonCode.WRONG_AGENCY}


@pytest.mark.parametrize(
    ("left", "urgency", "late_days"),
    [
        (timedelta(days=7), Urgency.CALM, 0),
        (timedelta(days=2, microseconds=1), Urgency.CALM, 0),
        (timedelta(days=2), Urgency.SOON, 0),
        (timedelta(microseconds=1), Urgency.SOON, 0),
        (timedelta(0), Urgency.LATE, 0),
        (timedelta(days=-1, microseconds=1), Urgency.LATE, 0),
        (timedelta(days=-1), Urgency.LATE, 1),
        (timedelta(days=-30), Urgency.LATE, 30),
    ],
)
def test_the_service_clock_tells_how_near_its_end_is(left: timedelta, urgency: Urgency, late_days: int) -> None:
    due = deadline(NOW + left, NOW)
    assert (due.urgency, due.late_days) == (urgency, late_days)


def test_every_decision_has_its_words_and_every_starting_text_would_be_accepted() -> None:
    assert set(DECISIONS) == set(DONE) == set(STARTERS) == set(Decision)
    for texts in STARTERS.values():
        assert set(texts) <= set(REASONS)
        for text in map(str, texts.values()):
            assert REASON_LENGTH[0] <= len(text) <= REASON_LENGTH[1]
            assert not PRIVATE_NUMBER.search(text)
