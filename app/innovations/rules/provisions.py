"""Provisions: what an innovation has to show, and which fields each kind of them needs."""

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
    INITIATIVE = "initiative"
    ASSESSMENT = "assessment"
    DECREE = "decree"
    AGENCY = "agency"
    TRIAL_PERIOD = "trial_period"
    BASELINE = "baseline"
    EVALUATION = "evaluation"
    REGULATION = "regulation"
    PEOPLE = "people"
    BUDGET = "budget"
    PARTNER = "partner"
    PILLAR = "pillar"
    RAD_ACTION = "rad_action"


class Field(StrEnum):
    """The typed columns of a provision."""

    LEGAL_FORM = "legal_form"
    AGENCY = "agency_id"
    PILLAR = "pillar_id"
    TITLE = "title"
    NUMBER = "number"
    PERSON = "person"
    DATED = "dated"
    UNTIL = "until"
    YEAR = "year"
    QUANTITY = "quantity"
    UNIT = "unit"
    AMOUNT = "amount"
    TEXT = "text"


class LegalForm(StrEnum):
    """The legal ladder, from the lowest rung."""

    ASSIGNMENT = "assignment"
    AGENCY_DECREE = "agency_decree"
    REGENT_DECREE = "regent_decree"
    REGENT_REGULATION = "regent_regulation"
    REGIONAL_REGULATION = "regional_regulation"

    @property
    def rung(self) -> int:
        return list(LegalForm).index(self)


REQUIRED: dict[Kind, tuple[Field, ...]] = {
    Kind.INITIATIVE: (Field.TITLE, Field.DATED, Field.TEXT),
    Kind.ASSESSMENT: (Field.DATED, Field.TEXT),
    Kind.DECREE: (Field.NUMBER, Field.DATED),
    Kind.AGENCY: (Field.AGENCY,),
    Kind.TRIAL_PERIOD: (Field.DATED, Field.UNTIL),
    Kind.BASELINE: (Field.TITLE, Field.QUANTITY, Field.UNIT),
    Kind.EVALUATION: (Field.DATED, Field.TEXT),
    Kind.REGULATION: (Field.LEGAL_FORM, Field.NUMBER, Field.DATED, Field.TITLE),
    Kind.PEOPLE: (Field.PERSON, Field.TITLE),
    Kind.BUDGET: (Field.TITLE, Field.YEAR, Field.AMOUNT),
    Kind.PARTNER: (Field.TITLE, Field.TEXT),
    Kind.PILLAR: (Field.PILLAR,),
    Kind.RAD_ACTION: (Field.TITLE, Field.YEAR, Field.QUANTITY, Field.UNIT),
}
OPTIONAL: dict[Kind, tuple[Field, ...]] = {
    Kind.INITIATIVE: (Field.AMOUNT,),
    Kind.ASSESSMENT: (Field.TITLE,),
    Kind.DECREE: (Field.TITLE, Field.TEXT),
    Kind.TRIAL_PERIOD: (Field.TEXT,),
    Kind.BASELINE: (Field.DATED,),
}


@dataclass(frozen=True)
class Content:
    """What stands in a provision's columns; what its kind does not have stays None. Money in rupiah."""

    legal_form: LegalForm | None = None
    agency_id: int | None = None
    pillar_id: int | None = None
    title: str | None = None
    number: str | None = None
    person: str | None = None
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


def refuse_provision(kind: Kind, content: Content, known: Known, today: date) -> Refusal | None:
    """Why this cannot stand as a provision of the kind."""
    if any(getattr(content, field) in (None, "") for field in REQUIRED[kind]):
        return Refusal.FIELD_MISSING
    if kind is Kind.AGENCY and content.agency_id not in known.agency_ids:
        return Refusal.UNKNOWN_AGENCY
    if kind is Kind.PILLAR and content.pillar_id not in known.pillar_ids:
        return Refusal.UNKNOWN_PILLAR
    # A trial may be planned; everything else with a date must exist already.
    if kind is not Kind.TRIAL_PERIOD and content.dated is not None and content.dated > today:
        return Refusal.DATED_IN_FUTURE
    if content.dated and content.until and content.until < content.dated:
        return Refusal.ENDS_BEFORE_START
    return None
