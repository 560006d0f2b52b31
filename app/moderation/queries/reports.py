"""Reports of texts that should not stand there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_

from app.db.session import session
from app.kernel.paging import Page, page_of
from app.moderation.models import AbuseReport
from app.moderation.rules.reports import WITHIN, Finding, SubjectKind, Wrong
from app.proposals.models import Proposal
from app.proposals.queries import micros, moment_mark
from app.proposals.rules import Status
from app.regions.queries import within

REPORTS_SIZE = 30


@dataclass(frozen=True)
class ReportRow:
    """A reported proposal with its open reports: how many, since when, and how often its author was taken down."""

    proposal_id: int
    number: str | None
    title: str
    problem: str
    status: Status
    author_id: int
    count: int
    since: datetime


@dataclass(frozen=True)
class Complaint:
    wrong: Wrong
    text: str
    at: datetime


def has_reported(reporter_id: int | None, kind: SubjectKind, subject_id: int) -> bool:
    asked = select(AbuseReport.id).where(
        AbuseReport.reporter_id == reporter_id, AbuseReport.subject_kind == kind, AbuseReport.subject_id == subject_id
    )
    return session.scalars(asked.limit(1)).first() is not None


def open_reports_on(kind: SubjectKind, subject_id: int) -> Sequence[AbuseReport]:
    """Oldest first, locked by the lock on their subject."""
    return session.scalars(
        select(AbuseReport)
        .where(
            AbuseReport.subject_kind == kind,
            AbuseReport.subject_id == subject_id,
            AbuseReport.closed_at.is_(None),
        )
        .order_by(AbuseReport.id)
    ).all()


def open_reports(scopes: Sequence[str], after: str | None, size: int = REPORTS_SIZE) -> Page[ReportRow]:
    """Reported proposals within the scopes, the first reported first."""
    since, report = func.min(AbuseReport.at), AbuseReport
    asked = (
        select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            Proposal.problem,
            Proposal.status,
            Proposal.author_id,
            func.count(),
            since.label("since"),
        )
        .join(report, (report.subject_id == Proposal.id) & (report.subject_kind == SubjectKind.PROPOSAL))
        .where(report.closed_at.is_(None), within(report.village_code, scopes))
        .group_by(Proposal.id)
        .order_by(since, Proposal.id)
        .limit(size + 1)
    )
    if mark := moment_mark(after):
        asked = asked.having(tuple_(since, Proposal.id) > mark)
    rows = [ReportRow(*row) for row in session.execute(asked)]
    return page_of(rows, size, lambda row: f"{micros(row.since)}-{row.proposal_id}")


def upheld_against(author_ids: Sequence[int], now: datetime) -> dict[int, int]:
    """Author to the number of their texts that were taken down lately."""
    report = AbuseReport
    rows = session.execute(
        select(report.author_id, func.count(func.distinct(report.subject_id)))
        .where(report.author_id.in_(author_ids), report.finding == Finding.UPHELD, report.closed_at > now - WITHIN)
        .group_by(report.author_id)
        .order_by(report.author_id)
    )
    return {row[0]: row[1] for row in rows}
