"""Reports of texts that should not stand there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, case, cast, func, select, tuple_

from app.db.session import session
from app.discussion.models import Comment
from app.kernel.paging import Page, page_of
from app.moderation.models import AbuseReport
from app.moderation.rules.reports import WITHIN, Finding, SubjectKind
from app.proposals.models import Proposal
from app.proposals.queries import micros, moment_mark
from app.regions.queries import within

REPORTS_SIZE = 30


@dataclass(frozen=True)
class ReportRow:
    """A reported proposal, or a comment on one, with its open reports: how many, and since when."""

    kind: SubjectKind
    subject_id: int
    author_id: int
    number: str | None
    title: str
    comment: str | None
    count: int
    since: datetime


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
    """Reported texts within the scopes, the first reported first."""
    since, report = func.min(AbuseReport.at), AbuseReport
    is_comment = report.subject_kind == SubjectKind.COMMENT
    asked = (
        select(
            report.subject_kind,
            report.subject_id,
            report.author_id,
            Proposal.number,
            Proposal.title,
            Comment.text,
            func.count(),
            since.label("since"),
        )
        .outerjoin(Comment, is_comment & (Comment.id == report.subject_id))
        .join(Proposal, Proposal.id == case((is_comment, Comment.proposal_id), else_=report.subject_id))
        .where(report.closed_at.is_(None), within(report.village_code, scopes))
        .group_by(report.subject_kind, report.subject_id, report.author_id, Proposal.id, Comment.id)
        .order_by(since, report.subject_id)
        .limit(size + 1)
    )
    if mark := moment_mark(after):
        asked = asked.having(tuple_(since, report.subject_id) > mark)
    rows = [ReportRow(*row) for row in session.execute(asked)]
    return page_of(rows, size, lambda row: f"{micros(row.since)}-{row.subject_id}")


def _text_of(report: type[AbuseReport]) -> ColumnElement[str]:
    """Which text a report is about, as one value."""
    return report.subject_kind.concat(cast(report.subject_id, String))


def upheld_against(author_ids: Sequence[int], now: datetime) -> dict[int, int]:
    """Author to the number of their texts that were taken down lately."""
    report = AbuseReport
    rows = session.execute(
        select(report.author_id, func.count(func.distinct(_text_of(report))))
        .where(report.author_id.in_(author_ids), report.finding == Finding.UPHELD, report.closed_at > now - WITHIN)
        .group_by(report.author_id)
        .order_by(report.author_id)
    )
    return {row[0]: row[1] for row in rows}
