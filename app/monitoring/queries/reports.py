"""Reports with their figures and earlier versions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.accounts.models import RoleGrant
from app.db.session import session
from app.kernel.actor import Role
from app.monitoring.models import EarlierVersion, Figure, Report, Standing
from app.monitoring.queries.things import column_of
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.things import Thing, ThingKind


@dataclass(frozen=True)
class ReportRow:
    """A report with what stood in it."""

    report: Report
    figures: Mapping[int, Decimal]

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.report.year, self.report.quarter)


def find_report(thing: Thing, quarter: Quarter) -> Report | None:
    asked = select(Report).where(column_of(Report, thing.kind) == thing.id)
    found = asked.where(Report.year == quarter.year, Report.quarter == quarter.number)
    return session.scalars(found.execution_options(populate_existing=True)).first()


def find_row(thing: Thing, quarter: Quarter) -> ReportRow | None:
    report = find_report(thing, quarter)
    return ReportRow(report, figures_of([report.id])[report.id]) if report else None


def course_so_far(kind: ThingKind, thing_id: int) -> tuple[Standing | None, list[ReportRow]]:
    """Where a thing stands, with all quarters that were reported, the oldest first; one statement."""
    asked = (
        select(Standing, Report, Figure.indicator_id, Figure.value)
        .select_from(Standing)
        .outerjoin(Report, column_of(Report, kind) == column_of(Standing, kind))
        .outerjoin(Figure, Figure.report_id == Report.id)
        .where(column_of(Standing, kind) == thing_id)
        .order_by(Report.year, Report.quarter, Figure.indicator_id)
    )
    standing: Standing | None = None
    found: dict[int, tuple[Report, dict[int, Decimal]]] = {}
    rows: Sequence[Any] = session.execute(asked).all()
    for standing, report, indicator_id, value in rows:  # noqa: B007 (the same one in every row)
        if report is not None:
            figures = found.setdefault(report.id, (report, {}))[1]
            if indicator_id is not None:
                figures[indicator_id] = value
    return standing, [ReportRow(report, figures) for report, figures in found.values()]


def figures_of(report_ids: Collection[int]) -> Mapping[int, dict[int, Decimal]]:
    found = defaultdict[int, dict[int, Decimal]](dict)
    asked = select(Figure).where(Figure.report_id.in_(report_ids)).order_by(Figure.report_id, Figure.indicator_id)
    for one in session.scalars(asked):
        found[one.report_id][one.indicator_id] = one.value
    return found


def earlier_of(report_id: int) -> Sequence[EarlierVersion]:
    """What it said before, the latest first."""
    asked = select(EarlierVersion).where(EarlierVersion.report_id == report_id)
    return session.scalars(asked.order_by(EarlierVersion.version.desc())).all()


def is_reported_on(indicator_id: int) -> bool:
    asked = select(Figure.report_id).where(Figure.indicator_id == indicator_id).limit(1)
    return session.scalars(asked).first() is not None


def has_officer(regency_code: str, agency_id: int | None) -> bool:
    """Whether somebody reports for the agency."""
    asked = select(RoleGrant.id).where(
        RoleGrant.role == Role.OFFICER,
        RoleGrant.scope == regency_code,
        RoleGrant.agency_id == agency_id,
        RoleGrant.until.is_(None),
    )
    return agency_id is not None and session.scalars(asked.limit(1)).first() is not None


@dataclass(frozen=True)
class Scored:
    """A report as it is judged, without loading the row."""

    id: int
    thing_id: int
    year: int
    quarter: int
    status: str
    physical: Decimal
    spent: int
    achievement: Decimal | None
    light: str


def scored_of(kind: ThingKind, ids: Collection[int]) -> list[Scored]:
    thing_id: Any = column_of(Report, kind)
    asked = select(
        Report.id,
        thing_id,
        Report.year,
        Report.quarter,
        Report.status,
        Report.physical,
        Report.spent,
        Report.achievement,
        Report.light,
    )
    return [Scored(*row) for row in session.execute(asked.where(thing_id.in_(ids)).order_by(Report.id))]


def figures_under(kind: ThingKind, ids: Collection[int]) -> list[tuple[int, int, Decimal]]:
    """(report, indicator, value) of all reports on these things."""
    asked = select(Figure.report_id, Figure.indicator_id, Figure.value).join(Report, Report.id == Figure.report_id)
    rows = session.execute(asked.where(column_of(Report, kind).in_(ids)).order_by(Figure.report_id))
    return [(report_id, indicator_id, value) for report_id, indicator_id, value in rows]
