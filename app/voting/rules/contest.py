"""The life of a contest: what a planner may prepare, when it opens and closes, and how its numbers are drawn."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.cycles.rules import OPENS, Activity, CycleFacts
from app.kernel.actor import covers
from app.kernel.transitions import Lifecycle
from app.kernel.windows import Window
from app.voting.rules.counting import Rule

TITLE_LENGTH = (10, 120)
REASON_LENGTH = (10, 1000)
CHOICES = (1, 5)
USUAL_CHOICES = 3
OPTIONS = (2, 20)
# A contest is for a regency (53.04) or a district (53.04.01).
MOST_DOTS = 2
# An option that costs more than this share of the ceiling leaves little for the others.
LARGE_PERCENT = 60
# How many days anybody may object to a counted result.
OBJECTION_DAYS = (3, 7)
USUAL_OBJECTION_DAYS = 3
THRESHOLD_PERCENT = (0, 20)
QUORUM_PERCENTS = (0, 50)
# Below this share of the eligible the result page says so; a low turnout voids nothing.
QUORUM_PERCENT = 5
# Fewer ballots than these and the turnout could tell who has voted.
TURNOUT_FROM = 10


class RollEnd(StrEnum):
    """Until when somebody must be attested to vote: the opening, or the close."""

    AT_OPENING = "at_opening"
    AT_CLOSING = "at_closing"


class Channel(StrEnum):
    """How a vote came in; assisted is on a facilitator's device."""

    INTERNET = "internet"
    ASSISTED = "assisted"
    PAPER = "paper"


class ContestStatus(StrEnum):
    """A counted contest has a public result, to which anybody may object before it is certified."""

    PREPARED = "prepared"
    OPENED = "opened"
    CLOSED = "closed"
    COUNTED = "counted"
    CERTIFIED = "certified"
    CANCELLED = "cancelled"


class ContestEvent(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    COUNT = "count"
    CERTIFY = "certify"
    CANCEL = "cancel"


LIFECYCLE: Lifecycle[ContestStatus, ContestEvent] = Lifecycle(
    {
        (ContestStatus.PREPARED, ContestEvent.OPEN): ContestStatus.OPENED,
        (ContestStatus.PREPARED, ContestEvent.CANCEL): ContestStatus.CANCELLED,
        (ContestStatus.OPENED, ContestEvent.CLOSE): ContestStatus.CLOSED,
        (ContestStatus.CLOSED, ContestEvent.COUNT): ContestStatus.COUNTED,
        (ContestStatus.COUNTED, ContestEvent.CERTIFY): ContestStatus.CERTIFIED,
    }
)

# What everybody may see: a contest in preparation is a planner's draft.
PUBLIC = frozenset(ContestStatus) - {ContestStatus.PREPARED, ContestStatus.CANCELLED}


class Refusal(StrEnum):
    """Why a contest cannot be prepared, opened, closed or certified."""

    REGION_ELSEWHERE = "region_elsewhere"
    ENDS_BEFORE_START = "ends_before_start"
    NO_VOTING_PHASE = "no_voting_phase"
    NO_CEILING = "no_ceiling"
    TOO_FEW_OPTIONS = "too_few_options"
    TOO_MANY_OPTIONS = "too_many_options"
    TOO_MANY_CHOICES = "too_many_choices"
    UNFIT_OPTION = "unfit_option"
    NO_COST = "no_cost"
    OVER_CEILING = "over_ceiling"
    FROZEN = "frozen"
    TOO_LATE = "too_late"
    REASON_MISSING = "reason_missing"
    OWN_PROPOSAL = "own_proposal"


@dataclass(frozen=True)
class ContestFacts:
    """What rules ask of a contest; the window is for ballots, once it is opened."""

    region_code: str
    status: ContestStatus
    window: Window
    max_choices: int

    def takes_ballots(self, now: datetime) -> bool:
        return self.status is ContestStatus.OPENED and self.window.is_open(now)


@dataclass(frozen=True)
class ContestPlan:
    """What a planner sets; `costs` gives the options as proposal ids with their cost in rupiah."""

    regency_code: str
    region_code: str
    title: str
    ceiling: int
    max_choices: int
    window: Window
    costs: Mapping[int, int]
    rule: Rule = Rule.MOST_VOTES
    is_weighted: bool = False
    threshold_percent: int = 0
    quorum_percent: int = QUORUM_PERCENT
    objection_days: int = USUAL_OBJECTION_DAYS
    roll_ends: RollEnd = RollEnd.AT_OPENING


def large_options(costs: Mapping[int, int], ceiling: int) -> set[int]:
    """The options that take most of the ceiling each: no fault, but the planner should know."""
    return {option for option, cost in costs.items() if 100 * cost > LARGE_PERCENT * ceiling}


def voting_cycle(cycles: Sequence[CycleFacts], window: Window) -> CycleFacts | None:
    """The cycle with a phase that opens voting for the whole of the window."""
    for cycle in cycles:
        for phase in cycle.phases:
            holds = phase.window.opens <= window.opens and window.closes <= phase.window.closes
            if Activity.VOTE in OPENS[phase.kind] and holds:
                return cycle
    return None


def next_voting(cycles: Sequence[CycleFacts], now: datetime) -> tuple[CycleFacts, Window] | None:
    """The first voting phase that is not over, with its cycle."""
    coming = [
        (cycle, phase.window)
        for cycle in cycles
        for phase in cycle.phases
        if Activity.VOTE in OPENS[phase.kind] and not phase.window.is_over(now)
    ]
    return min(coming, key=lambda found: found[1].opens, default=None)


def refuse_plan(plan: ContestPlan, fit: Collection[int], *, is_in_phase: bool) -> tuple[Refusal, int | None] | None:
    """The reason against a plan, with the proposal that it concerns; `fit` are the proposals that may be options."""
    if not covers(plan.regency_code, plan.region_code) or plan.region_code.count(".") > MOST_DOTS:
        return Refusal.REGION_ELSEWHERE, None
    if plan.window.closes <= plan.window.opens:
        return Refusal.ENDS_BEFORE_START, None
    if not is_in_phase:
        return Refusal.NO_VOTING_PHASE, None
    if plan.ceiling <= 0:
        return Refusal.NO_CEILING, None
    return _refuse_number(plan) or _refuse_options(plan, fit)


def _refuse_number(plan: ContestPlan) -> tuple[Refusal, int | None] | None:
    if len(plan.costs) < OPTIONS[0]:
        return Refusal.TOO_FEW_OPTIONS, None
    if len(plan.costs) > OPTIONS[1]:
        return Refusal.TOO_MANY_OPTIONS, None
    is_sound = CHOICES[0] <= plan.max_choices <= min(CHOICES[1], len(plan.costs))
    return None if is_sound else (Refusal.TOO_MANY_CHOICES, None)


def _refuse_options(plan: ContestPlan, fit: Collection[int]) -> tuple[Refusal, int | None] | None:
    for proposal_id, cost in plan.costs.items():
        if proposal_id not in fit:
            return Refusal.UNFIT_OPTION, proposal_id
        if cost <= 0:
            return Refusal.NO_COST, proposal_id
        if cost > plan.ceiling:
            return Refusal.OVER_CEILING, proposal_id
    return None


def next_step(contest: ContestFacts, now: datetime) -> ContestEvent | None:
    """What a contest waits for from its planner."""
    if contest.status is ContestStatus.OPENED:
        return ContestEvent.CLOSE if contest.window.is_over(now) else None
    return next(iter(LIFECYCLE.events(contest.status)), None)


def refuse_close(contest: ContestFacts, reason: str, now: datetime) -> Refusal | None:
    """Closing early needs a public reason."""
    is_early = not contest.window.is_over(now)
    return Refusal.REASON_MISSING if is_early and len(reason.strip()) < REASON_LENGTH[0] else None


def draw(seed: str, names: Collection[str]) -> list[str]:
    """The names in drawn order: by SHA-256 of the seed followed by the name, so that anybody can repeat it."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}{name}".encode()).hexdigest())


def ballot_number(option: int) -> str:
    """P01: how an option is named on screen, on paper and in files."""
    return f"P{option:02d}"
