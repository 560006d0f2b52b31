"""Evidence: what stands, what stood before, what waits for review, and what it adds up to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, tuple_
from sqlalchemy.orm import aliased

from app.db.session import session
from app.innovations.models import Innovation
from app.innovations.permissions import Whose
from app.kernel.outcomes import Missing
from app.kernel.paging import PAGE_SIZE, Page, page_of
from app.maturity.models import Evidence, Indicator
from app.maturity.rules.evidence import State
from app.maturity.rules.indicators import year_in_force
from app.maturity.rules.score import Standing

# What its files hang on.
KIND = "evidence"
SIZE = PAGE_SIZE
# So many earlier ones of an indicator are shown.
MOST_EARLIER = 50


def whose(innovation: Innovation) -> Whose:
    """The facts by which permissions about its evidence are asked."""
    return Whose(innovation.regency_code, innovation.agency_id, innovation.owner_id)


def _stands() -> ColumnElement[bool]:
    return Evidence.ended_at.is_(None)


def standings_of(innovation_id: int, year: int) -> list[Standing]:
    """Every indicator of the year with what the innovation has for it; one statement."""
    rows = session.execute(_standings(innovation_id).where(Indicator.year == year))
    return [Standing(*row[1:]) for row in rows]


def standings_on(innovation_id: int, today: date) -> tuple[int | None, list[Standing]]:
    """The year that counts on this day, with its indicators; one statement, which reads a few years more."""
    rows = session.execute(_standings(innovation_id)).all()
    year = year_in_force(sorted({row[0] for row in rows}), today)
    return year, [Standing(*row[1:]) for row in rows if row[0] == year]


def _standings(innovation_id: int) -> Any:
    mine = and_(Evidence.indicator_id == Indicator.id, Evidence.innovation_id == innovation_id, _stands())
    columns = (Indicator.year, Indicator.number, Indicator.weight, Indicator.is_required, Evidence.state)
    levels = (func.coalesce(Evidence.level, 0), func.coalesce(Evidence.accepted_level, 0))
    return select(*columns, *levels).outerjoin(Evidence, mine).order_by(Indicator.year, Indicator.number)


def current_of(innovation_id: int, year: int) -> dict[int, Evidence]:
    """What stands for each indicator of the year, by the number of the indicator."""
    rows = session.execute(
        select(Indicator.number, Evidence)
        .join(Indicator, Indicator.id == Evidence.indicator_id)
        .where(Evidence.innovation_id == innovation_id, Indicator.year == year, _stands())
        .order_by(Indicator.number)
    )
    return {row[0]: row[1] for row in rows}


def find_current(innovation_id: int, indicator_id: int) -> Evidence | None:
    mine = (Evidence.innovation_id == innovation_id) & (Evidence.indicator_id == indicator_id)
    return session.scalars(select(Evidence).where(mine, _stands())).one_or_none()


def history_of(innovation_id: int, indicator_id: int) -> Sequence[Evidence]:
    """All that was ever claimed, the latest first."""
    mine = (Evidence.innovation_id == innovation_id) & (Evidence.indicator_id == indicator_id)
    return session.scalars(select(Evidence).where(mine).order_by(Evidence.id.desc()).limit(MOST_EARLIER)).all()


@dataclass(frozen=True)
class Seen:
    """Evidence as a reviewer meets it; who brought it does not matter, and is not told."""

    evidence: Evidence
    innovation: Innovation
    year: int
    number: int


def get_evidence(regency_code: str, evidence_id: int) -> Seen:
    row = session.execute(
        select(Evidence, Innovation, Indicator.year, Indicator.number)
        .join(Innovation, Innovation.id == Evidence.innovation_id)
        .join(Indicator, Indicator.id == Evidence.indicator_id)
        .where(Evidence.id == evidence_id, Innovation.regency_code == regency_code)
    ).first()
    if row is None:
        raise Missing
    return Seen(*row)


def get_locked(evidence_id: int) -> Evidence:
    """The evidence with its row locked and read anew, for changing it."""
    evidence = session.get(Evidence, evidence_id, with_for_update=True, populate_existing=True)
    if evidence is None:
        raise Missing
    return evidence


def facts_of(evidence_id: int) -> tuple[Whose, bool] | None:
    """Whose innovation the file of this evidence is about, and whether it was accepted, be it for a later one."""
    carrying = aliased(Evidence)
    holds = (carrying.id == evidence_id) | (carrying.taken_from_id == evidence_id)
    accepted = select(carrying.id).where(holds, carrying.state == State.ACCEPTED).exists()
    row = session.execute(
        select(Innovation.regency_code, Innovation.agency_id, Innovation.owner_id, accepted)
        .join(Evidence, Evidence.innovation_id == Innovation.id)
        .where(Evidence.id == evidence_id)
    ).first()
    return (Whose(row[0], row[1], row[2]), bool(row[3])) if row else None


@dataclass(frozen=True)
class Waiting:
    """A line of the reviewers' queue."""

    id: int
    at: datetime
    level: int
    added_by_id: int | None
    indicator: int
    indicator_name: str
    innovation: str
    innovation_name: str


def waiting_in(regency_code: str, year: int, after: tuple[int, ...] | None) -> Page[Waiting]:
    """What waits under the indicators of the year, the longest waiting first; the mark is the last row."""
    statement = (
        select(
            Evidence.id,
            Evidence.at,
            Evidence.level,
            Evidence.added_by_id,
            Indicator.number,
            Indicator.name,
            Innovation.number,
            Innovation.name,
        )
        .join(Indicator, Indicator.id == Evidence.indicator_id)
        .join(Innovation, Innovation.id == Evidence.innovation_id)
        .where(Evidence.state == State.WAITING, _stands())
        .where(Innovation.regency_code == regency_code, Indicator.year == year)
        .order_by(Evidence.at, Evidence.id)
        .limit(SIZE + 1)
    )
    if after:
        at = select(Evidence.at).where(Evidence.id == after[0]).scalar_subquery()
        statement = statement.where(tuple_(Evidence.at, Evidence.id) > tuple_(at, after[0]))
    rows = [Waiting(*row) for row in session.execute(statement)]
    return page_of(rows, SIZE, lambda row: str(row.id))


def scores(year: int, innovation_id: int | None = None) -> Iterator[tuple[int, int | None, int | None]]:
    """Innovation, the score that is kept, and what it is: None without any evidence."""
    of_year = Evidence.indicator_id.in_(select(Indicator.id).where(Indicator.year == year))
    points = (
        select(
            Evidence.innovation_id,
            func.sum(Indicator.weight * func.coalesce(Evidence.accepted_level, 0)).label("score"),
        )
        .join(Indicator, Indicator.id == Evidence.indicator_id)
        .where(_stands(), of_year)
        .group_by(Evidence.innovation_id)
    )
    statement = select(Innovation.id, Innovation.score).order_by(Innovation.id)
    if innovation_id is not None:
        points = points.where(Evidence.innovation_id == innovation_id)
        statement = statement.where(Innovation.id == innovation_id)
    found = {row.innovation_id: int(row.score) for row in session.execute(points)}
    return ((row.id, row.score, found.get(row.id)) for row in session.execute(statement).all())


@dataclass(frozen=True)
class Exported:
    """A line of the list for the national application."""

    innovation: str
    innovation_name: str
    indicator: int
    indicator_name: str
    evidence: Evidence


def exported(regency_code: str, year: int) -> list[Exported]:
    """All evidence of the year that stands, by innovation and indicator."""
    rows = session.execute(
        select(Innovation.number, Innovation.name, Indicator.number, Indicator.name, Evidence)
        .join(Innovation, Innovation.id == Evidence.innovation_id)
        .join(Indicator, Indicator.id == Evidence.indicator_id)
        .where(Innovation.regency_code == regency_code, Indicator.year == year, _stands())
        .order_by(Innovation.number, Indicator.number)
    )
    return [Exported(*row) for row in rows]
