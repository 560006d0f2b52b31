"""Provisions: the documents of a stage, and which fields each kind of them needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.innovations.rules.refusals import Refusal

YEARS = (2000, 2100)
MOST_AMOUNT = 10**13
MOST_QUANTITY = 10**9


class Kind(StrEnum):
    """Each is one of the things that gates ask for (rules.gates.Asked); see OFFERED."""

    INITIATIVE = "initiative"
    ASSESSMENT = "assessment"
    TRIAL_PERIOD = "trial_period"
    BASELINE = "baseline"
    EVALUATION = "evaluation"
    RAD_ACTION = "rad_action"


class Field(StrEnum):
    """The typed columns of a provision."""

    TITLE = "title"
    DATED = "dated"
    UNTIL = "until"
    YEAR = "year"
    QUANTITY = "quantity"
    UNIT = "unit"
    AMOUNT = "amount"
    TEXT = "text"


# An action of the plan has a home of its own now: documents that told of one stay readable, and no new ones come.
OFFERED = tuple(kind for kind in Kind if kind is not Kind.RAD_ACTION)

REQUIRED: dict[Kind, tuple[Field, ...]] = {
    Kind.INITIATIVE: (Field.TITLE, Field.DATED, Field.TEXT),
    Kind.ASSESSMENT: (Field.DATED, Field.TEXT),
    Kind.TRIAL_PERIOD: (Field.DATED, Field.UNTIL),
    Kind.BASELINE: (Field.TITLE, Field.QUANTITY, Field.UNIT),
    Kind.EVALUATION: (Field.DATED, Field.TEXT),
    Kind.RAD_ACTION: (Field.TITLE, Field.YEAR, Field.QUANTITY, Field.UNIT),
}
OPTIONAL: dict[Kind, tuple[Field, ...]] = {
    Kind.INITIATIVE: (Field.AMOUNT,),
    Kind.ASSESSMENT: (Field.TITLE,),
    Kind.TRIAL_PERIOD: (Field.TEXT,),
    Kind.BASELINE: (Field.DATED,),
}


@dataclass(frozen=True)
class Content:
    """What stands in a provision's columns; what its kind does not have stays None. Money in rupiah."""

    title: str | None = None
    dated: date | None = None
    until: date | None = None
    year: int | None = None
    quantity: int | None = None
    unit: str | None = None
    amount: int | None = None
    text: str | None = None


@dataclass(frozen=True)
class Known:
    """The agencies and pillars of the innovation's regency."""

    agency_ids: Collection[int]
    pillar_ids: Collection[int]


def fields_of(kind: Kind) -> tuple[Field, ...]:
    return REQUIRED[kind] + OPTIONAL.get(kind, ())


def day_in(zone: str, at: datetime) -> date:
    """The date on the calendar of the regency."""
    return at.astimezone(ZoneInfo(zone)).date()


def refuse_provision(kind: Kind, content: Content, today: date) -> Refusal | None:
    """Why this cannot stand as a provision of the kind."""
    if any(getattr(content, field) in (None, "") for field in REQUIRED[kind]):
        return Refusal.FIELD_MISSING
    # A trial may be planned; everything else with a date must exist already.
    if kind is not Kind.TRIAL_PERIOD and content.dated is not None and content.dated > today:
        return Refusal.DATED_IN_FUTURE
    if content.dated and content.until and content.until < content.dated:
        return Refusal.ENDS_BEFORE_START
    return None


def refuse_lead(agency_id: int | None, pillar_id: int | None, known: Known) -> Refusal | None:
    """Why these cannot be the lead agency and the pillar of an innovation; None is none."""
    if agency_id is not None and agency_id not in known.agency_ids:
        return Refusal.UNKNOWN_AGENCY
    return Refusal.UNKNOWN_PILLAR if pillar_id is not None and pillar_id not in known.pillar_ids else None
