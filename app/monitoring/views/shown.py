"""Reports and indicators as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.innovations.rules.progress import Progress
from app.monitoring.models import Standing
from app.monitoring.queries import ReportRow, course_of
from app.monitoring.rules.achievement import cut, financial, gap, is_wide, light_of, shown
from app.monitoring.rules.charts import Chart, draw
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.reports import ReportStatus
from app.rad.models import RadIndicator
from app.rad.queries import Indicator


@dataclass(frozen=True)
class Measured:
    """What an indicator stood at after a quarter, and what was due."""

    quarter: Quarter
    due: Decimal
    value: Decimal
    reached: Decimal
    light: Progress


@dataclass(frozen=True)
class IndicatorView:
    """An indicator with its drawing and the same as a table."""

    row: RadIndicator
    chart: Chart
    last_target: Decimal
    measured: Sequence[Measured]


def indicator_views(indicators: Sequence[Indicator], reports: Sequence[ReportRow]) -> list[IndicatorView]:
    return [_view(one, reports) for one in indicators if one.targets]


def _view(one: Indicator, reports: Sequence[ReportRow]) -> IndicatorView:
    course = course_of(one)
    counted = (report for report in reports if report.report.status is not ReportStatus.RETURNED)
    values = {report.quarter: report.figures[one.row.id] for report in counted if one.row.id in report.figures}
    measured = []
    for quarter, value in sorted(values.items(), reverse=True):
        reached = course.reached(value, quarter)
        due = shown(course.due(quarter), 2)
        measured.append(Measured(quarter, due, value, shown(reached, 1), light_of(reached)))
    return IndicatorView(one.row, draw(course, values), one.targets[max(one.targets)], measured)


@dataclass(frozen=True)
class ReportView:
    """A report in percent; `money` where the year has funds, `is_apart` where work and money are."""

    row: ReportRow
    achievement: Decimal | None
    money: Decimal | None
    is_apart: bool


def report_view(row: ReportRow, funds: int) -> ReportView:
    report = row.report
    spent = financial(report.spent, funds)
    achievement = None if report.achievement is None else cut(report.achievement)
    money = None if spent is None else shown(spent, 1)
    return ReportView(row, achievement, money, is_wide(gap(report.physical, spent)))


def judged(standing: Standing) -> Quarter:
    return Quarter(standing.year, standing.quarter)
