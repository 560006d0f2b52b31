"""Phases, what each opens, and what a planner may set: pure."""

from datetime import UTC, datetime, timedelta

import pytest

from app.cycles.rules import (
    OPENS,
    Activity,
    CycleFacts,
    PhaseFacts,
    PhaseKind,
    Refusal,
    open_for,
    refuse_ceiling,
    refuse_phase,
)
from app.kernel.windows import Window

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def cycle(year: int, *phases: tuple[PhaseKind, int, int]) -> CycleFacts:
    """A cycle whose phases open and close so many days from now."""
    made = tuple(PhaseFacts(kind, Window(NOW + opens * DAY, NOW + closes * DAY)) for kind, opens, closes in phases)
    return CycleFacts(year, "53.04", year, made)


@pytest.mark.parametrize("kind", PhaseKind)
@pytest.mark.parametrize("activity", Activity)
def test_a_phase_opens_what_it_lists_and_only_while_it_lasts(kind: PhaseKind, activity: Activity) -> None:
    lasting = cycle(2028, (kind, 0, 1))
    assert lasting.opens(activity, NOW) == (activity in OPENS[kind])
    assert not lasting.opens(activity, NOW - DAY)
    assert not lasting.opens(activity, NOW + DAY)


def test_votes_are_opened_by_the_voting_phase_alone() -> None:
    assert [kind for kind in PhaseKind if Activity.VOTE in OPENS[kind]] == [PhaseKind.VOTING]


def test_of_overlapping_phases_the_one_that_closes_first_is_the_current_one() -> None:
    both = cycle(2028, (PhaseKind.GATHERING, -5, 5), (PhaseKind.REVIEW, -1, 2))
    current = both.current(NOW)
    assert current is not None
    assert current.kind is PhaseKind.REVIEW
    assert both.current(NOW + 9 * DAY) is None


def test_of_two_cycles_the_later_plan_year_takes_an_activity() -> None:
    early, late = (cycle(year, (PhaseKind.GATHERING, -1, 1)) for year in (2027, 2028))
    assert open_for([early, late], Activity.PROPOSE, NOW) is late
    assert open_for([early, late], Activity.VOTE, NOW) is None


@pytest.mark.parametrize(
    ("days", "refusal"), [(1, None), (0, Refusal.ENDS_BEFORE_START), (-1, Refusal.ENDS_BEFORE_START)]
)
def test_a_phase_ends_after_it_starts(days: int, refusal: Refusal | None) -> None:
    assert refuse_phase(NOW, NOW + days * DAY) is refusal


@pytest.mark.parametrize(("amount", "refusal"), [(0, None), (1, None), (-1, Refusal.CEILING_BELOW_ZERO)])
def test_a_ceiling_is_not_below_zero(amount: int, refusal: Refusal | None) -> None:
    assert refuse_ceiling(amount) is refusal
