"""Standings: where things stand, for desks, and the quarter that everybody may read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from app.db.session import session
from app.innovations.models import Innovation
from app.innovations.rules.progress import Progress
from app.kernel.paging import Page, page_of, parse_mark
from app.monitoring.models import Report, Standing
from app.monitoring.queries.things import column_of
from app.monitoring.rules.alerts import Alert, parse_alerts
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.reports import ReportStatus
from app.monitoring.rules.things import Thing, ThingKind
from app.plans.models import Agency, Pillar
from app.rad.models import RadAction
from app.rad.rules.actions import ActionStatus

PAGE_SIZE = 50
MOST_ALERTS = 100


def standings_of(kind: ThingKind, ids: Collection[int]) -> Mapping[int, Standing]:
    column = column_of(Standing, kind)
    rows = session.scalars(select(Standing).where(column.in_(ids)).order_by(Standing.id))
    return {getattr(row, column.key): row for row in rows}


def find_standing(thing: Thing) -> Standing | None:
    return standings_of(thing.kind, [thing.id]).get(thing.id)


@dataclass(frozen=True)
class Filters:
    """What the overview of a quarter is narrowed down to."""

    pillar_id: int | None = None
    agency_id: int | None = None
    light: Progress | None = None


@dataclass(frozen=True)
class QuarterRow:
    """A thing in a quarter: its report, if there is one, and what is to be looked at now."""

    id: int
    kind: ThingKind
    key: str
    name: str
    agency: str | None
    pillar: str | None
    light: Progress
    achievement: Decimal | None
    physical: Decimal | None
    spent: int | None
    status: ReportStatus | None
    kept_alerts: str
    thing_id: int

    @property
    def alerts(self) -> tuple[Alert, ...]:
        return parse_alerts(self.kept_alerts)


class Reported:
    """The report of each thing on a quarter: of an action or of an innovation, each found by its own index."""

    def __init__(self, year: Any, quarter: Any) -> None:
        self.kinds = [(kind, aliased(Report)) for kind in ThingKind]
        self.when = (year, quarter)

    def column(self, name: str) -> Any:
        return func.coalesce(*(getattr(report, name) for _kind, report in self.kinds))

    def join(self, asked: Select[Any]) -> Select[Any]:
        year, quarter = self.when
        for kind, report in self.kinds:
            same = column_of(report, kind) == column_of(Standing, kind)
            asked = asked.outerjoin(report, same & (report.year == year) & (report.quarter == quarter))
        return asked


def _owing(
    regency_code: str, ends: datetime, filters: Filters, reported: Reported, columns: Sequence[Any]
) -> Select[Any]:
    """Of things that owe a report of the quarter, or have sent one; grey where nothing was reported."""
    light = func.coalesce(reported.column("light"), Progress.GREY.value)
    asked = reported.join(select(*columns, light.label("shown")).select_from(Standing))
    is_concerned = (Standing.is_open & (Standing.since < ends)) | reported.column("id").is_not(None)
    asked = asked.where(Standing.regency_code == regency_code, is_concerned)
    for column, value in ((Standing.pillar_id, filters.pillar_id), (Standing.agency_id, filters.agency_id)):
        asked = asked if value is None else asked.where(column == value)
    return asked if filters.light is None else asked.where(light == filters.light.value)


@dataclass(frozen=True)
class Tally:
    """How many things of a pillar and an agency have a light."""

    pillar_id: int | None
    agency_id: int | None
    light: Progress
    count: int


def tallies(regency_code: str, quarter: Quarter, ends: datetime, filters: Filters) -> list[Tally]:
    reported = Reported(quarter.year, quarter.number)
    shape = (Standing.pillar_id, Standing.agency_id)
    asked = _owing(regency_code, ends, filters, reported, (*shape, func.count().label("many")))
    rows = session.execute(asked.group_by(*shape, "shown").order_by(*shape, "shown"))
    return [Tally(row.pillar_id, row.agency_id, Progress(row.shown), row.many) for row in rows]


def in_quarter(
    regency_code: str, quarter: Quarter, ends: datetime, filters: Filters, after: str | None, size: int = PAGE_SIZE
) -> Page[QuarterRow]:
    """Things in a quarter, in the order in which they came to be monitored."""
    reported = Reported(quarter.year, quarter.number)
    asked = _named(_owing(regency_code, ends, filters, reported, _columns(reported)))
    mark = parse_mark(after, 1)
    asked = asked if mark is None else asked.where(Standing.id > mark[0])
    rows = [_row(row) for row in session.execute(asked.order_by(Standing.id).limit(size + 1))]
    return page_of(rows, size, lambda row: str(row.id))


def with_alerts(regency_code: str, agency_ids: Collection[int] | None) -> list[QuarterRow]:
    """What has to be looked at now, of these agencies or of all; the latest first."""
    reported = Reported(Standing.year, Standing.quarter)
    asked: Select[Any] = select(*_columns(reported), Standing.light.label("shown")).select_from(Standing)
    asked = _named(reported.join(asked)).where(Standing.regency_code == regency_code, Standing.alerts != "")
    asked = asked if agency_ids is None else asked.where(Standing.agency_id.in_(agency_ids))
    rows = session.execute(asked.order_by(Standing.changed_at.desc(), Standing.id).limit(MOST_ALERTS))
    return [_row(row) for row in rows]


def count_alerts(regency_code: str) -> int:
    here = (Standing.regency_code == regency_code) & (Standing.alerts != "")
    return session.scalar(select(func.count()).select_from(Standing).where(here)) or 0


def _columns(reported: Reported) -> tuple[Any, ...]:
    figures = (reported.column(name).label(name) for name in ("achievement", "physical", "spent", "status"))
    return (
        Standing.id,
        Standing.action_id,
        Standing.innovation_id,
        Standing.alerts,
        RadAction.code,
        # While an action is reopened, what it is going to say is its planner's.
        case((RadAction.status == ActionStatus.DRAFT, RadAction.code), else_=RadAction.title).label("title"),
        Innovation.number,
        Innovation.name.label("name"),
        Agency.name.label("agency"),
        Pillar.name.label("pillar"),
        *figures,
    )


def _named(asked: Select[Any]) -> Select[Any]:
    return (
        asked.outerjoin(RadAction, RadAction.id == Standing.action_id)
        .outerjoin(Innovation, Innovation.id == Standing.innovation_id)
        .outerjoin(Agency, Agency.id == Standing.agency_id)
        .outerjoin(Pillar, Pillar.id == Standing.pillar_id)
    )


def _row(row: Any) -> QuarterRow:
    is_action = row.action_id is not None
    return QuarterRow(
        id=row.id,
        kind=ThingKind.ACTION if is_action else ThingKind.INNOVATION,
        thing_id=row.action_id if is_action else row.innovation_id,
        key=row.code if is_action else row.number,
        name=row.title if is_action else row.name,
        agency=row.agency,
        pillar=row.pillar,
        light=Progress(row.shown or Progress.GREY),
        achievement=row.achievement,
        physical=row.physical,
        spent=row.spent,
        status=row.status,
        kept_alerts=row.alerts,
    )
