"""Commitments of money, people and technology: how they come about, and which years they cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.backing.rules.refusals import Refusal
from app.kernel.transitions import Lifecycle

# How long before the end people are told: a budget takes half a year to come about.
WARNED_BEFORE = timedelta(days=180)
STRIP_YEARS = 6
REASON_LENGTH = (10, 1000)


class Resource(StrEnum):
    """The kinds of commitments."""

    BUDGET = "budget"
    PEOPLE = "people"
    TECHNOLOGY = "technology"


class Fund(StrEnum):
    """Where money comes from; OTHER also where an older record does not say."""

    REGENCY = "regency"
    PROVINCE = "province"
    NATION = "nation"
    VILLAGE = "village"
    COMPANY = "company"
    COMMUNITY = "community"
    OTHER = "other"


class CommitmentState(StrEnum):
    PLANNED = "planned"
    AGREED = "agreed"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class CommitmentEvent(StrEnum):
    AGREE = "agree"
    DELIVER = "deliver"
    WITHDRAW = "withdraw"


COMMITMENTS: Lifecycle[CommitmentState, CommitmentEvent] = Lifecycle(
    {
        (CommitmentState.PLANNED, CommitmentEvent.AGREE): CommitmentState.AGREED,
        (CommitmentState.AGREED, CommitmentEvent.DELIVER): CommitmentState.DELIVERED,
    }
    | {
        (state, CommitmentEvent.WITHDRAW): CommitmentState.WITHDRAWN
        for state in (CommitmentState.PLANNED, CommitmentState.AGREED, CommitmentState.DELIVERED)
    }
)
# What can be counted on.
FIRM = (CommitmentState.AGREED, CommitmentState.DELIVERED)


@dataclass(frozen=True)
class CommitmentText:
    """What is typed of a commitment; `until` None lasts until further notice. Money in rupiah.

    `title` is the budget line, the role of the person, or the technology. Money is of a year, from its first to its
    last day.
    """

    kind: Resource
    title: str
    since: date
    until: date | None = None
    person: str = ""
    is_consented: bool = False
    fund: Fund | None = None
    amount: int | None = None


def year_of_money(year: int) -> tuple[date, date]:
    """The first and the last day of a budget year."""
    return date(year, 1, 1), date(year, 12, 31)


def refuse_commitment(text: CommitmentText, state: CommitmentState, on: date, today: date) -> Refusal | None:
    """Why this cannot be entered as being in the state since the day."""
    if not text.title.strip() or not _is_complete(text):
        return Refusal.FIELD_MISSING
    if text.until is not None and text.until < text.since:
        return Refusal.ENDS_BEFORE_START
    return Refusal.IN_FUTURE if state in FIRM and on > today else None


def _is_complete(text: CommitmentText) -> bool:
    if text.kind is Resource.BUDGET:
        return text.fund is not None and text.amount is not None and text.until is not None
    return text.kind is not Resource.PEOPLE or bool(text.person.strip())


def refuse_step(event: CommitmentEvent, on: date, latest: date, reason: str, today: date) -> Refusal | None:
    """Why the next step cannot be dated so; `latest` is the day of the one before it."""
    if event is CommitmentEvent.WITHDRAW:
        return refuse_withdrawal(reason)
    if on > today:
        return Refusal.IN_FUTURE
    return Refusal.EARLIER_STEP if on < latest else None


def refuse_withdrawal(reason: str) -> Refusal | None:
    """Whatever goes, goes with a reason that everybody can read."""
    return Refusal.REASON_MISSING if len(reason.strip()) < REASON_LENGTH[0] else None


class Cover(StrEnum):
    """What a year has: something to count on, a plan only, or nothing."""

    COVERED = "covered"
    PLANNED = "planned"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Span:
    """For how long a commitment holds, and whether it can be counted on."""

    kind: Resource
    since: date
    until: date | None
    is_firm: bool

    def is_in(self, year: int) -> bool:
        return self.since.year <= year and (self.until is None or self.until.year >= year)

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until >= day)


def cover_of(spans: Iterable[Span], kind: Resource, year: int) -> Cover:
    found = [span.is_firm for span in spans if span.kind is kind and span.is_in(year)]
    if any(found):
        return Cover.COVERED
    return Cover.PLANNED if found else Cover.NOTHING


def strip(spans: Iterable[Span], kind: Resource, first_year: int) -> list[tuple[int, Cover]]:
    """The next years, each with what it has."""
    known = list(spans)
    return [(year, cover_of(known, kind, year)) for year in range(first_year, first_year + STRIP_YEARS)]


def ranges(years: Sequence[tuple[int, Cover]]) -> list[tuple[int, int, Cover]]:
    """Years that follow each other with the same cover, as first and last year."""
    found: list[tuple[int, int, Cover]] = []
    for year, cover in years:
        if found and found[-1][2] is cover:
            found[-1] = (found[-1][0], year, cover)
        else:
            found.append((year, year, cover))
    return found


def covered_until(spans: Iterable[Span], kind: Resource, today: date) -> date | None:
    """The last day that firm commitments cover without a gap from today on.

    None where there is none today, or one without an end: neither is news half a year ahead.
    """
    firm = sorted((s for s in spans if s.kind is kind and s.is_firm), key=lambda span: span.since)
    end: date | None = None
    for span in firm:
        is_next = span.holds_on(today) if end is None else span.since <= end + timedelta(days=1)
        if not is_next:
            continue
        if span.until is None:
            return None
        end = span.until if end is None else max(end, span.until)
    return end


def is_soon(ends_on: date | None, today: date) -> bool:
    """Whether it is time to tell that something ends."""
    return ends_on is not None and today <= ends_on <= today + WARNED_BEFORE
