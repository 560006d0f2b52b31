"""Judging where things stand: at once when something is reported or seen, and every night as time goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import bindparam, insert, update

from app.db.session import session
from app.innovations.actions import MOVED
from app.innovations.actions.moving import Moved
from app.innovations.models import Innovation
from app.innovations.rules.progress import Progress
from app.kernel.listeners import listens
from app.monitoring import queries
from app.monitoring.models import Report, Standing
from app.monitoring.queries import Scored
from app.monitoring.rules.achievement import Course, financial, gap, light_of, overall, shown
from app.monitoring.rules.alerts import Judged, alerts_of
from app.monitoring.rules.checks import Counts
from app.monitoring.rules.quarters import Quarter, last_ended
from app.monitoring.rules.reports import ReportStatus
from app.monitoring.rules.things import Thing, ThingKind
from app.rad.models import RadAction
from app.regions.queries import find_regency

# So many things are judged in one go.
BATCH = 500


def judge_next(regency_code: str, kind: ThingKind, after_id: int, now: datetime) -> tuple[int | None, int]:
    """Judge the next things of a regency; the last one's id, None where there was none left, and how many changed."""
    things = queries.measured_after(regency_code, kind, after_id, BATCH)
    return (things[-1].id, judge(kind, things, now)) if things else (None, 0)


def judge_one(thing: Thing, now: datetime) -> None:
    judge(thing.kind, [thing], now)


@listens("rad action moved")
def judge_action(action: RadAction) -> None:
    judge_one(queries.get_thing_by_id(ThingKind.ACTION, action.id), action.status_since)


@listens(MOVED)
def judge_innovation(moved: Moved) -> None:
    """From its trial on it owes reports, if it has indicators."""
    if queries.indicators_of(ThingKind.INNOVATION, [moved.innovation.id]):
        judge_one(queries.get_thing_by_id(ThingKind.INNOVATION, moved.innovation.id), moved.at)


@dataclass(frozen=True)
class Ground:
    """All that a batch is judged by."""

    now: datetime
    zone: str
    reports: Mapping[tuple[int, Quarter], Scored]
    funds: Mapping[tuple[int, int], int]
    checks: Mapping[tuple[int, Quarter], Counts]
    known: Mapping[int, Standing]


def judge(kind: ThingKind, things: Sequence[Thing], now: datetime) -> int:
    """Write where these things of one regency stand; how many changed."""
    regency = find_regency(things[0].regency_code)
    assert regency is not None  # a foreign key
    ids, last = [thing.id for thing in things], last_ended(now, regency.time_zone)
    quarters = (last, last.previous)
    ground = Ground(
        now,
        regency.time_zone,
        {(one.thing_id, Quarter(one.year, one.quarter)): one for one in _score(kind, ids)},
        queries.funds_of(kind, ids, {quarter.year for quarter in quarters}),
        queries.counts_of(kind, ids, quarters),
        queries.standings_of(kind, ids),
    )
    return _write(kind, [(thing, _standing(thing, ground)) for thing in things], ground)


def _score(kind: ThingKind, ids: Sequence[int]) -> list[Scored]:
    """The reports with their achievements brought up to date; targets may have changed."""
    courses = {
        one.row.id: queries.course_of(one)
        for found in queries.indicators_of(kind, ids).values()
        for one in found
        if one.targets
    }
    figures: dict[int, list[tuple[int, Decimal]]] = {}
    for report_id, indicator_id, value in queries.figures_under(kind, ids):
        figures.setdefault(report_id, []).append((indicator_id, value))
    before = queries.scored_of(kind, ids)
    after = [_scored(one, figures.get(one.id, ()), courses) for one in before]
    changed = [
        {"key": new.id, "achievement": new.achievement, "light": new.light}
        for old, new in zip(before, after, strict=True)
        if old != new
    ]
    if changed:
        _update_many(Report, changed, achievement=bindparam("achievement"), light=bindparam("light"))
    return after


def _scored(one: Scored, figures: Sequence[tuple[int, Decimal]], courses: Mapping[int, Course]) -> Scored:
    quarter = Quarter(one.year, one.quarter)
    reached = [courses[key].reached(value, quarter) for key, value in figures if key in courses]
    whole = overall(reached)
    light = Progress.GREY if one.status == ReportStatus.RETURNED else light_of(whole)
    stored = None if whole is None else shown(whole)
    return Scored(one.id, one.thing_id, one.year, one.quarter, one.status, one.physical, one.spent, stored, light)


def _standing(thing: Thing, ground: Ground) -> dict[str, Any]:
    """What the row of the thing shall say."""
    quarter, since = last_ended(ground.now, ground.zone), _since(thing, ground)
    if ground.now < quarter.deadline(ground.zone) and _light(thing, quarter, ground) is Progress.GREY:
        quarter = quarter.previous  # nothing is late yet
    report = ground.reports.get((thing.id, quarter))
    judged = Judged(
        light=_light(thing, quarter, ground),
        before=_light(thing, quarter.previous, ground),
        is_owed=thing.is_open and since < quarter.ends(ground.zone),
        gap=_gap(thing, report, ground),
        checks=ground.checks.get((thing.id, quarter), Counts()),
    )
    return {
        "regency_code": thing.regency_code,
        "pillar_id": thing.pillar_id,
        "agency_id": thing.agency_id,
        "since": since,
        "is_open": thing.is_open,
        "year": quarter.year,
        "quarter": quarter.number,
        "light": judged.light,
        "achievement": report.achievement if report else None,
        "alerts": ",".join(alerts_of(judged)) if thing.is_open else "",
    }


def _since(thing: Thing, ground: Ground) -> datetime:
    """Since when it owes reports: a thing that was closed and opens again begins anew."""
    known = ground.known.get(thing.id)
    if known and (known.is_open or not thing.is_open):
        return known.since
    return thing.since if thing.kind is ThingKind.ACTION else ground.now


def _light(thing: Thing, quarter: Quarter, ground: Ground) -> Progress:
    report = ground.reports.get((thing.id, quarter))
    return Progress(report.light) if report else Progress.GREY


def _gap(thing: Thing, report: Scored | None, ground: Ground) -> Fraction | None:
    if report is None or report.status == ReportStatus.RETURNED:
        return None
    return gap(report.physical, financial(report.spent, ground.funds.get((thing.id, report.year), 0)))


def _write(kind: ThingKind, wanted: Sequence[tuple[Thing, dict[str, Any]]], ground: Ground) -> int:
    """Only what has changed is written, and on the thing itself its light, so that lists show it without asking."""
    column = queries.column_of(Standing, kind).key
    unknown = ((thing, values) for thing, values in wanted if thing.id not in ground.known)
    new = [values | {column: thing.id, "changed_at": ground.now} for thing, values in unknown]
    if new:
        session.execute(insert(Standing), new)
    changed = []
    for thing, values in wanted:
        known = ground.known.get(thing.id)
        if known and any(getattr(known, name) != value for name, value in values.items()):
            changed.append(values | {"id": known.id, "changed_at": ground.now})
    if changed:
        session.execute(update(Standing), changed)
    _note_progress(kind, wanted)
    return len(new) + len(changed)


def _note_progress(kind: ThingKind, wanted: Sequence[tuple[Thing, dict[str, Any]]]) -> None:
    model: Any = RadAction if kind is ThingKind.ACTION else Innovation
    for light in Progress:
        ids = [thing.id for thing, values in wanted if values["light"] is light and thing.is_open]
        stale = model.id.in_(ids) & model.progress.is_distinct_from(light)
        session.execute(update(model).where(stale).values(progress=light))
    closed = [thing.id for thing, _values in wanted if not thing.is_open]
    session.execute(update(model).where(model.id.in_(closed), model.progress.is_not(None)).values(progress=None))


def _update_many(model: Any, rows: list[dict[str, Any]], **values: Any) -> None:
    session.connection().execute(update(model.__table__).where(model.id == bindparam("key")).values(**values), rows)
