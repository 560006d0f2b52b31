"""When a proposal takes support."""

from datetime import timedelta

import pytest

from app.cycles.rules import PhaseFacts, PhaseKind
from app.discussion.rules import Refusal, last_closing, next_opening, refuse_support
from app.discussion.words import REFUSALS
from app.kernel.windows import Window
from app.proposals.rules import Status
from tests.builders import NOW

DAY = timedelta(days=1)
REASONS = {
    Status.DRAFT: Refusal.NOT_PUBLISHED,
    Status.SUBMITTED: Refusal.NOT_PUBLISHED,
    Status.RETURNED: Refusal.NOT_PUBLISHED,
    Status.PUBLISHED: None,
    Status.MERGED: Refusal.SET_ASIDE,
    Status.REJECTED: Refusal.SET_ASIDE,
    Status.WITHDRAWN: Refusal.SET_ASIDE,
    Status.DEFERRED: Refusal.DEFERRED,
    Status.SHORTLISTED: Refusal.DECIDED,
    Status.SELECTED: Refusal.DECIDED,
    Status.ESCALATED: Refusal.DECIDED,
    Status.ROUTED: Refusal.DECIDED,
    Status.PLANNED: Refusal.DECIDED,
    Status.BUDGETED: Refusal.DECIDED,
    Status.UNDERWAY: Refusal.DECIDED,
    Status.COMPLETED: Refusal.DECIDED,
}


def phase(kind: PhaseKind, opens: int, closes: int) -> PhaseFacts:
    """A phase from so many days after now to so many."""
    return PhaseFacts(kind, Window(NOW + opens * DAY, NOW + closes * DAY))


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_answer(status: Status) -> None:
    assert refuse_support(status, [phase(PhaseKind.GATHERING, -1, 1)], NOW) is REASONS[status]


@pytest.mark.parametrize("kind", PhaseKind)
def test_only_gathering_and_review_take_support(kind: PhaseKind) -> None:
    refusal = refuse_support(Status.PUBLISHED, [phase(kind, -1, 1)], NOW)
    assert refusal is (None if kind in (PhaseKind.GATHERING, PhaseKind.REVIEW) else Refusal.CLOSED)


def test_support_is_taken_from_the_first_moment_up_to_but_not_including_the_last() -> None:
    phases = [phase(PhaseKind.GATHERING, 0, 2)]
    assert refuse_support(Status.PUBLISHED, phases, NOW) is None
    assert refuse_support(Status.PUBLISHED, phases, NOW - timedelta(microseconds=1)) is Refusal.NOT_OPEN_YET
    assert refuse_support(Status.PUBLISHED, phases, NOW + 2 * DAY) is Refusal.CLOSED


def test_between_two_phases_the_next_one_is_waited_for() -> None:
    phases = [phase(PhaseKind.GATHERING, -9, -5), phase(PhaseKind.REVIEW, 3, 6), phase(PhaseKind.VOTING, 1, 9)]
    assert refuse_support(Status.PUBLISHED, phases, NOW) is Refusal.NOT_OPEN_YET
    assert next_opening(phases, NOW) == NOW + 3 * DAY
    assert last_closing(phases) == NOW + 6 * DAY


def test_a_cycle_without_phases_takes_no_support() -> None:
    assert refuse_support(Status.PUBLISHED, [], NOW) is Refusal.CLOSED
    assert next_opening([], NOW) is None
    assert last_closing([]) is None


def test_every_reason_has_words() -> None:
    assert set(REFUSALS) == set(Refusal)
