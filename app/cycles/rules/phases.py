"""Phases, what each opens, and what a planner may set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.kernel.windows import Window


class PhaseKind(StrEnum):
    GATHERING = "gathering"
    REVIEW = "review"
    VOTING = "voting"
    RESULTS = "results"
    DELIVERY = "delivery"


class Activity(StrEnum):
    PROPOSE = "propose"
    SUPPORT = "support"
    COMMENT = "comment"
    REVIEW = "review"
    VOTE = "vote"
    CERTIFY = "certify"


OPENS: dict[PhaseKind, frozenset[Activity]] = {
    PhaseKind.GATHERING: frozenset({Activity.PROPOSE, Activity.SUPPORT, Activity.COMMENT, Activity.REVIEW}),
    PhaseKind.REVIEW: frozenset({Activity.REVIEW, Activity.SUPPORT, Activity.COMMENT}),
    PhaseKind.VOTING: frozenset({Activity.VOTE, Activity.REVIEW}),
    PhaseKind.RESULTS: frozenset({Activity.CERTIFY, Activity.REVIEW}),
    PhaseKind.DELIVERY: frozenset({Activity.CERTIFY}),
}


class Refusal(StrEnum):
    """Why cycles say no."""

    ENDS_BEFORE_START = "ends_before_start"
    CEILING_BELOW_ZERO = "ceiling_below_zero"
    YEAR_TAKEN = "year_taken"
    NO_CYCLE = "no_cycle"
    NOT_OPEN = "not_open"
    TOTAL_NOT_ROUND = "total_not_round"
    PARTS_NOT_WHOLE = "parts_not_whole"
    NO_FIGURES = "no_figures"


@dataclass(frozen=True)
class PhaseFacts:
    kind: PhaseKind
    window: Window


@dataclass(frozen=True)
class CycleFacts:
    """A plan year of a regency with its phases in order of opening."""

    id: int
    regency_code: str
    plan_year: int
    phases: tuple[PhaseFacts, ...]

    def opens(self, activity: Activity, now: datetime) -> bool:
        return any(activity in OPENS[phase.kind] and phase.window.is_open(now) for phase in self.phases)

    def has_begun_review(self, now: datetime) -> bool:
        """Whether the phase in which proposals are judged has opened, and be it long over."""
        reviews = [phase.window for phase in self.phases if phase.kind is PhaseKind.REVIEW]
        return any(not window.is_before(now) for window in reviews)

    def current(self, now: datetime) -> PhaseFacts | None:
        """The open phase that closes first: the one people must not miss."""
        is_open = [phase for phase in self.phases if phase.window.is_open(now)]
        return min(is_open, key=lambda phase: phase.window.closes) if is_open else None


def refuse_phase(opens: datetime, closes: datetime) -> Refusal | None:
    return Refusal.ENDS_BEFORE_START if closes <= opens else None


def refuse_ceiling(amount: int) -> Refusal | None:
    return Refusal.CEILING_BELOW_ZERO if amount < 0 else None


def open_for(cycles: Sequence[CycleFacts], activity: Activity, now: datetime) -> CycleFacts | None:
    """The cycle that opens the activity now; the later plan year where two do."""
    fitting = [cycle for cycle in cycles if cycle.opens(activity, now)]
    return max(fitting, key=lambda cycle: cycle.plan_year) if fitting else None
