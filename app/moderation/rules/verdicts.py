"""Who has spoken on which level, whose turn it is, and why a verdict is not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.cycles.rules import Refusal as CycleRefusal
from app.moderation.rules.refusals import Refusal
from app.proposals.rules import REASON_LENGTH, Event, Holder, ReasonCode, Status
from app.proposals.rules import Refusal as ProposalRefusal


class Level(StrEnum):
    """The levels in order of turn."""

    VILLAGE = "village"
    PLANNING = "planning"
    DISTRICT = "district"
    AGENCY = "agency"
    REGENCY = "regency"


class Outcome(StrEnum):
    ACCEPT = "accept"
    ACCEPT_WITH_CHANGES = "accept_with_changes"
    DEFER = "defer"
    RETURN = "return"
    REJECT = "reject"
    REROUTE = "reroute"


ORDER = tuple(Level)
YES = frozenset({Outcome.ACCEPT, Outcome.ACCEPT_WITH_CHANGES})
# What a no of a level does to the proposal itself; in a contest the residents decide.
ENDS = {Outcome.DEFER: Event.DEFER, Outcome.REJECT: Event.REJECT}
TAKES = frozenset({Status.PUBLISHED, Status.SHORTLISTED, Status.SELECTED, Status.ROUTED})
# While it is in these, whoever is to speak next holds it; afterwards the life cycle says who does.
HANDED_ON = frozenset({Status.PUBLISHED, Status.SHORTLISTED})
CLOCKS: dict[Level | None, tuple[Holder, timedelta | None]] = {
    Level.VILLAGE: (Holder.MODERATOR, timedelta(days=7)),
    Level.PLANNING: (Holder.PLANNER, timedelta(days=14)),
    Level.DISTRICT: (Holder.MODERATOR, timedelta(days=7)),
    Level.AGENCY: (Holder.AGENCY, timedelta(days=14)),
    Level.REGENCY: (Holder.PLANNER, timedelta(days=14)),
    None: (Holder.RESIDENTS, None),
}


@dataclass(frozen=True)
class Given:
    """A verdict that stands; `agency_id` has or gets the proposal, unless it went on to another."""

    level: Level
    outcome: Outcome
    agency_id: int | None = None
    to_agency_id: int | None = None


@dataclass(frozen=True)
class Turn:
    """Which level is to speak (none when all have, or one said no), for which agency, and which spoke last."""

    level: Level | None = Level.VILLAGE
    agency_id: int | None = None
    last: Level | None = None

    def includes(self, level: Level) -> bool:
        """The level next in turn may speak, and the last one may put its own word right."""
        return level in (self.level, self.last)


@dataclass(frozen=True)
class LevelVerdict:
    """What a level says, on the state of the proposal that it saw; money in rupiah."""

    level: Level
    outcome: Outcome
    seen: str
    code: ReasonCode | None = None
    reason: str = ""
    volume: int | None = None
    budget: int | None = None
    agency_id: int | None = None
    document: str = ""


def turn_after(given: Sequence[Given]) -> Turn:
    """Whose turn it is after these verdicts, oldest first."""
    turn = Turn()
    for one in given:
        agency = one.to_agency_id or one.agency_id or turn.agency_id
        turn = Turn(_next(one), agency, one.level)
    return turn


def _next(one: Given) -> Level | None:
    place = ORDER.index(one.level)
    if one.outcome is Outcome.REROUTE:
        return Level.AGENCY
    if one.outcome is Outcome.RETURN:
        return ORDER[max(place - 1, 0)]
    if one.outcome in YES:
        return ORDER[place + 1] if place + 1 < len(ORDER) else None
    return None


def outcomes_of(level: Level, status: Status) -> tuple[Outcome, ...]:
    """What a level can say; nobody stands below the village, and only agencies pass a proposal between them."""
    cannot = {Outcome.REROUTE} if level is not Level.AGENCY else set()
    cannot |= {Outcome.RETURN} if level is Level.VILLAGE else set()
    cannot |= set(ENDS) if status is not Status.PUBLISHED else set()
    return tuple(outcome for outcome in Outcome if outcome not in cannot)


def refuse_level_verdict(
    verdict: LevelVerdict, status: Status, present: str, turn: Turn, *, is_review_open: bool
) -> StrEnum | None:
    """Why a verdict is not taken on a proposal in this status and state, at this turn."""
    if verdict.seen != present:
        return ProposalRefusal.CHANGED_MEANWHILE
    if status not in TAKES:
        return Refusal.TAKES_NO_VERDICT
    if not is_review_open:
        return CycleRefusal.NOT_OPEN
    if not turn.includes(verdict.level):
        return Refusal.NOT_THEIR_TURN
    if verdict.outcome in ENDS and status is not Status.PUBLISHED:
        return Refusal.IN_CONTEST
    if verdict.outcome not in outcomes_of(verdict.level, status):
        return Refusal.NOT_AT_THIS_LEVEL
    return _refuse_content(verdict, turn)


def _refuse_content(verdict: LevelVerdict, turn: Turn) -> StrEnum | None:
    is_short = len(verdict.reason.strip()) < REASON_LENGTH[0]
    lacks_code = verdict.code is None and verdict.outcome not in YES
    if verdict.outcome is not Outcome.ACCEPT and (is_short or lacks_code):
        return ProposalRefusal.REASON_MISSING
    if verdict.outcome is Outcome.ACCEPT_WITH_CHANGES and verdict.volume is None and verdict.budget is None:
        return Refusal.CHANGES_MISSING
    if verdict.outcome is Outcome.REROUTE:
        if verdict.agency_id is None:
            return Refusal.AGENCY_MISSING
        return Refusal.SAME_AGENCY if verdict.agency_id == turn.agency_id else None
    goes_to_agency = verdict.outcome in YES and verdict.level in (Level.PLANNING, Level.DISTRICT)
    return Refusal.AGENCY_MISSING if goes_to_agency and not (verdict.agency_id or turn.agency_id) else None


def hands_on(turn: Turn, now: datetime) -> tuple[Holder, datetime | None]:
    """Who holds the proposal at this turn, and until when they should speak."""
    holder, term = CLOCKS[turn.level]
    return holder, now + term if term else None
