"""Reporting a quarter, correcting what was said, and verifying it."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from app.audit.actions import record
from app.db.session import session
from app.files import actions as files
from app.innovations.rules.progress import Progress
from app.innovations.rules.provisions import day_in
from app.kernel.actor import Actor
from app.kernel.outcomes import Denied, Missing, Refused
from app.kernel.policy import Within
from app.monitoring import queries
from app.monitoring.actions.judging import judge_one
from app.monitoring.models import EarlierVersion, Figure, Report
from app.monitoring.permissions import POLICY, Can
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.reports import (
    REPORTS,
    ReportEvent,
    ReportFacts,
    ReportStatus,
    ReportText,
    refuse_report,
    refuse_review,
)
from app.monitoring.rules.things import Thing
from app.rad.queries import plan_of
from app.regions.queries import find_regency

PHOTOS = "report"


def report(
    actor: Actor,
    thing: Thing,
    quarter: Quarter,
    text: ReportText,
    now: datetime,
    *,
    form_key: str = "",
    dropped: Collection[str] = (),
    is_correction: bool = False,
) -> Report:
    """Say what a quarter has brought; once, and after that only as a correction, until it is verified."""
    thing = queries.lock_thing(thing)
    require_reporter(actor, thing)
    known = queries.find_report(thing, quarter)
    facts = facts_of(thing, known, now)
    if refusal := refuse_report(facts, text, quarter, now, is_correction=is_correction):
        raise Refused(refusal, quarter=str(quarter))
    found = _correct(known) if known else _begin(thing, quarter)
    _fill(actor, found, text, now)
    if form_key:
        files.detach(PHOTOS, found.id, dropped)
        files.attach(actor, form_key, PHOTOS, found.id)
    judge_one(thing, now)
    record(actor, "report_quarter", f"{thing.kind}:{thing.id}", now, quarter=str(quarter), version=found.version)
    return found


def require_reporter(actor: Actor, thing: Thing) -> None:
    """An officer of its agency; a planner only where the agency has none."""
    where = Within(thing.regency_code, thing.agency_id)
    POLICY.require(actor, Can.REPORT, where)
    if not serves(actor, thing) and queries.has_officer(thing.regency_code, thing.agency_id):
        raise Denied(Can.REPORT)


def serves(actor: Actor, thing: Thing) -> bool:
    return thing.agency_id is not None and actor.serves(thing.regency_code, thing.agency_id)


def facts_of(thing: Thing, known: Report | None, now: datetime) -> ReportFacts:
    """What the rules ask of a report on the thing."""
    regency = find_regency(thing.regency_code)
    assert regency is not None  # a foreign key
    indicators = queries.indicators_of(thing.kind, [thing.id]).get(thing.id, [])
    ended_on = thing.agency_ended_on
    return ReportFacts(
        is_open=thing.is_open,
        indicators=[one.row.id for one in indicators if one.targets],
        years=plan_of(thing.regency_code).years,
        zone=regency.time_zone,
        is_agency_ended=ended_on is not None and ended_on <= day_in(regency.time_zone, now),
        status=known.status if known else None,
    )


def _begin(thing: Thing, quarter: Quarter) -> Report:
    found = Report(
        regency_code=thing.regency_code,
        agency_id=thing.agency_id,
        year=quarter.year,
        quarter=quarter.number,
        version=1,
        status=ReportStatus.SENT,
    )
    setattr(found, queries.column_of(Report, thing.kind).key, thing.id)
    return found


def _correct(known: Report) -> Report:
    """Keep what it said as an earlier version."""
    figures = {key: str(value) for key, value in queries.figures_of([known.id])[known.id].items()}
    names = ("version", "physical", "spent", "obstacles", "follow_up", "comment", "sent_by_id", "sent_at")
    kept = {name: getattr(known, name) for name in names}
    session.add(EarlierVersion(report_id=known.id, figures=json.dumps(figures), **kept))
    session.flush()
    known.status = REPORTS.after(known.status, ReportEvent.CORRECT)
    known.reviewed_by_id = known.reviewed_at = None
    known.version += 1
    session.execute(delete(Figure).where(Figure.report_id == known.id))
    return known


def _fill(actor: Actor, found: Report, text: ReportText, now: datetime) -> None:
    found.physical, found.spent = text.physical, text.spent
    found.obstacles, found.follow_up, found.comment = text.obstacles, text.follow_up, ""
    found.sent_by_id, found.sent_at = actor.person_id, now
    found.light = Progress.GREY  # judged in the same transaction
    session.add(found)
    session.flush()
    session.add_all(
        Figure(report_id=found.id, indicator_id=key, value=value) for key, value in sorted(text.figures.items())
    )
    session.flush()


def review(actor: Actor, thing: Thing, quarter: Quarter, event: ReportEvent, comment: str, now: datetime) -> Report:
    """Accept what was reported, or send it back with what has to be mended."""
    POLICY.require(actor, Can.VERIFY, Within(thing.regency_code))
    thing = queries.lock_thing(thing)
    found = queries.find_report(thing, quarter)
    if found is None:
        raise Missing
    if refusal := refuse_review(event, found.status, found.sent_by_id, actor.person_id, comment):
        raise Refused(refusal)
    found.status = REPORTS.after(found.status, event)
    found.reviewed_by_id, found.reviewed_at, found.comment = actor.person_id, now, comment.strip()
    session.flush()
    judge_one(thing, now)
    record(actor, f"{event}_report", f"{thing.kind}:{thing.id}", now, quarter=str(quarter), version=found.version)
    return found
