"""Actions of the plan: their life, and what each must say before it is adopted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.backing.rules.acts import ActState
from app.innovations.rules.gates import LegalForm
from app.kernel.transitions import Lifecycle

CODE = r"[A-Za-z0-9]{1,4}([.-][A-Za-z0-9]{1,4}){0,2}"
TITLE_LENGTH = (10, 200)
NAME_LENGTH = (5, 200)
UNIT_LENGTH = (1, 40)
LINE_LENGTH = (0, 200)
TEXT_LENGTH = (0, 2000)
REASON_LENGTH = (10, 1000)
MOST_INDICATORS = 20
MOST_AMOUNT = 10**14
# Whole and after the comma: 12 digits and 4, as much as a column holds with room to spare.
MOST_FIGURE = Decimal(10) ** 12
# How far the regulation under an action can have come; a wrong entry is written anew, not withdrawn.
LEGAL_STATES = (ActState.DRAFT, ActState.HARMONISED, ActState.IN_FORCE, ActState.REVOKED)


class ActionStatus(StrEnum):
    DRAFT = "draft"
    ADOPTED = "adopted"
    ENDED = "ended"


class ActionEvent(StrEnum):
    ADOPT = "adopt"
    REOPEN = "reopen"
    END = "end"


LIFECYCLE: Lifecycle[ActionStatus, ActionEvent] = Lifecycle(
    {
        (ActionStatus.DRAFT, ActionEvent.ADOPT): ActionStatus.ADOPTED,
        (ActionStatus.ADOPTED, ActionEvent.REOPEN): ActionStatus.DRAFT,
        (ActionStatus.DRAFT, ActionEvent.END): ActionStatus.ENDED,
        (ActionStatus.ADOPTED, ActionEvent.END): ActionStatus.ENDED,
    }
)


class Measure(StrEnum):
    """Of what is done, or of what it changes."""

    OUTPUT = "output"
    OUTCOME = "outcome"


class Direction(StrEnum):
    """Whether more is better (villages reached) or less is (children stunted)."""

    UP = "up"
    DOWN = "down"


class Refusal(StrEnum):
    """Why an action is not kept, adopted or ended as asked."""

    CODE_TAKEN = "code_taken"
    UNKNOWN_PILLAR = "unknown_pillar"
    UNKNOWN_MISI = "unknown_misi"
    UNKNOWN_AGENCY = "unknown_agency"
    AGENCY_ENDED = "agency_ended"
    LEADS_AND_SUPPORTS = "leads_and_supports"
    LEGAL_INCOMPLETE = "legal_incomplete"
    DATED_IN_FUTURE = "dated_in_future"
    NOT_DRAFT = "not_draft"
    NAME_TAKEN = "name_taken"
    TOO_MANY = "too_many"
    NO_TARGET = "no_target"
    YEAR_OUTSIDE = "year_outside"
    BASELINE_LATE = "baseline_late"
    WRONG_WAY = "wrong_way"
    INCOMPLETE = "incomplete"
    REASON_MISSING = "reason_missing"
    INNOVATION_ELSEWHERE = "innovation_elsewhere"


@dataclass(frozen=True)
class LegalBasis:
    """The regulation on which an action stands."""

    form: LegalForm
    title: str
    status: ActState
    number: str = ""
    dated: date | None = None


@dataclass(frozen=True)
class ActionText:
    """An action as a planner types it."""

    code: str
    title: str
    pillar_id: int
    agency_id: int
    misi_id: int | None = None
    program: str = ""
    place: str = ""
    risk: str = ""
    risk_answer: str = ""
    supporters: Collection[int] = ()
    legal: LegalBasis | None = None


@dataclass(frozen=True)
class Known:
    """What the regency has to refer to; `agencies` says of each whether it still is there."""

    pillars: Collection[int]
    misi: Collection[int]
    agencies: Mapping[int, bool]


@dataclass(frozen=True)
class IndicatorText:
    """An indicator as a planner types it; targets by year."""

    measure: Measure
    name: str
    unit: str
    direction: Direction
    baseline: Decimal
    baseline_year: int
    source: str = ""
    targets: Mapping[int, Decimal] = field(default_factory=dict)


def refuse_action(text: ActionText, known: Known, today: date) -> Refusal | None:
    """Why an action cannot stand like this."""
    if text.pillar_id not in known.pillars:
        return Refusal.UNKNOWN_PILLAR
    if text.misi_id is not None and text.misi_id not in known.misi:
        return Refusal.UNKNOWN_MISI
    return _refuse_agencies(text, known) or (refuse_legal(text.legal, today) if text.legal else None)


def _refuse_agencies(text: ActionText, known: Known) -> Refusal | None:
    if not {text.agency_id, *text.supporters} <= set(known.agencies):
        return Refusal.UNKNOWN_AGENCY
    if not known.agencies[text.agency_id]:
        return Refusal.AGENCY_ENDED
    return Refusal.LEADS_AND_SUPPORTS if text.agency_id in text.supporters else None


def refuse_legal(legal: LegalBasis, today: date) -> Refusal | None:
    """What is in force has a number and a date, and the date has come."""
    is_made = legal.status in (ActState.IN_FORCE, ActState.REVOKED)
    if not legal.title or (is_made and not (legal.number and legal.dated)):
        return Refusal.LEGAL_INCOMPLETE
    return Refusal.DATED_IN_FUTURE if is_made and legal.dated and legal.dated > today else None


def refuse_indicator(text: IndicatorText, years: Sequence[int]) -> Refusal | None:
    """Targets lie in the years of the plan, and lead from the baseline where better is."""
    if not text.targets:
        return Refusal.NO_TARGET
    if not set(text.targets) <= set(years):
        return Refusal.YEAR_OUTSIDE
    if text.baseline_year > min(text.targets):
        return Refusal.BASELINE_LATE
    last = text.targets[max(text.targets)]
    is_worse = last < text.baseline if text.direction is Direction.UP else last > text.baseline
    return Refusal.WRONG_WAY if is_worse else None


class Lack(StrEnum):
    """What an action does not say yet."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    TARGETS = "targets"
    FUNDS = "funds"
    LEGAL = "legal"
    RISK = "risk"


@dataclass(frozen=True)
class Said:
    """What an action says: of each indicator its measure and years with a target, the years that are paid for."""

    indicators: Sequence[tuple[Measure, Collection[int]]]
    funded: Collection[int]
    has_legal: bool
    has_risk: bool


def lacking(said: Said, years: Sequence[int]) -> tuple[Lack, ...]:
    """What is missing before an action can be adopted: yearly targets, and funds for each of those years."""
    measures = {measure for measure, _years in said.indicators}
    found = {
        Lack.OUTPUT: Measure.OUTPUT not in measures,
        Lack.OUTCOME: Measure.OUTCOME not in measures,
        Lack.TARGETS: any(not set(years) <= set(has) for measure, has in said.indicators if measure is Measure.OUTPUT),
        Lack.FUNDS: not set(years) <= set(said.funded),
        Lack.LEGAL: not said.has_legal,
        Lack.RISK: not said.has_risk,
    }
    return tuple(lack for lack, is_so in found.items() if is_so)
