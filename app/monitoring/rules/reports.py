"""Quarterly reports: who may send what for which quarter, and what a verifier says of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from app.kernel.transitions import Lifecycle
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.refusals import Refusal

TEXT_LENGTH = (0, 2000)
COMMENT_LENGTH = (10, 1000)
MOST_PHYSICAL = Decimal(100)


class ReportStatus(StrEnum):
    """What was returned counts as not reported until it is corrected."""

    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class ReportEvent(StrEnum):
    CORRECT = "correct"
    ACCEPT = "accept"
    RETURN = "return"


REPORTS: Lifecycle[ReportStatus, ReportEvent] = Lifecycle(
    {
        (ReportStatus.SENT, ReportEvent.CORRECT): ReportStatus.SENT,
        (ReportStatus.RETURNED, ReportEvent.CORRECT): ReportStatus.SENT,
        (ReportStatus.SENT, ReportEvent.ACCEPT): ReportStatus.ACCEPTED,
        (ReportStatus.SENT, ReportEvent.RETURN): ReportStatus.RETURNED,
    }
)


@dataclass(frozen=True)
class ReportText:
    """What an officer types: figures by indicator, percent of the work, rupiah spent in the year."""

    figures: Mapping[int, Decimal]
    physical: Decimal
    spent: int
    obstacles: str = ""
    follow_up: str = ""


@dataclass(frozen=True)
class ReportFacts:
    """The thing that is reported on, and what was reported; `indicators` are those with a target."""

    is_open: bool
    indicators: Collection[int]
    years: Collection[int]
    zone: str
    is_agency_ended: bool
    status: ReportStatus | None


def refuse_report(
    facts: ReportFacts, text: ReportText, quarter: Quarter, now: datetime, *, is_correction: bool
) -> Refusal | None:
    """Why this cannot be said of the quarter."""
    return (
        refuse_quarter(facts, quarter, now)
        or (_refuse_again(facts.status) if is_correction else _refuse_first(facts.status))
        or _refuse_text(facts, text)
    )


def refuse_quarter(facts: ReportFacts, quarter: Quarter, now: datetime) -> Refusal | None:
    if not facts.is_open:
        return Refusal.NOT_OPEN
    if facts.is_agency_ended:
        return Refusal.AGENCY_ENDED
    if not facts.indicators:
        return Refusal.NOT_MEASURED
    if quarter.year not in facts.years:
        return Refusal.OUTSIDE_PLAN
    return Refusal.QUARTER_RUNNING if quarter.ends(facts.zone) > now else None


def _refuse_first(status: ReportStatus | None) -> Refusal | None:
    return Refusal.REPORTED_ALREADY if status is not None else None


def _refuse_again(status: ReportStatus | None) -> Refusal | None:
    if status is None:
        return Refusal.NOTHING_TO_CORRECT
    return Refusal.VERIFIED_ALREADY if status is ReportStatus.ACCEPTED else None


def _refuse_text(facts: ReportFacts, text: ReportText) -> Refusal | None:
    if set(text.figures) != set(facts.indicators):
        return Refusal.FIGURE_MISSING
    return None if 0 <= text.physical <= MOST_PHYSICAL and text.spent >= 0 else Refusal.NOT_PERCENT


def refuse_review(
    event: ReportEvent, status: ReportStatus, sent_by_id: int | None, actor_id: int | None, comment: str
) -> Refusal | None:
    """Why the actor cannot verify it so."""
    if status is not ReportStatus.SENT:
        return Refusal.NOT_SENT
    if actor_id is not None and actor_id == sent_by_id:
        return Refusal.OWN_REPORT
    lacks_reason = event is ReportEvent.RETURN and len(comment.strip()) < COMMENT_LENGTH[0]
    return Refusal.REASON_MISSING if lacks_reason else None
