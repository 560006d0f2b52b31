"""Indicators and evaluations of innovations."""

from dataclasses import dataclass
from datetime import date, datetime

from app.audit.actions import record
from app.db.session import session
from app.files import actions as files
from app.files.rules.documents import Document
from app.innovations.actions import open_for
from app.innovations.models import Innovation
from app.innovations.rules.provisions import day_in
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.monitoring import queries
from app.monitoring.actions.judging import judge_one
from app.monitoring.models import Evaluation
from app.monitoring.rules.evaluations import Occasion, Recommendation
from app.monitoring.rules.refusals import Refusal
from app.monitoring.rules.things import ThingKind
from app.rad.actions import keep_indicator
from app.rad.models import RadIndicator
from app.rad.rules.actions import IndicatorText
from app.regions.queries import find_regency

DOCUMENTS = "evaluation"


def set_indicator(
    actor: Actor, innovation: Innovation, text: IndicatorText, now: datetime, indicator: RadIndicator | None = None
) -> RadIndicator:
    """Give an innovation an indicator, or say one otherwise as long as nothing was reported on it."""
    innovation = open_for(actor, innovation)
    if indicator and queries.is_reported_on(indicator.id):
        raise Refused(Refusal.INDICATOR_IN_USE)
    known = queries.indicators_of(ThingKind.INNOVATION, [innovation.id]).get(innovation.id, [])
    row = indicator or RadIndicator(innovation_id=innovation.id)
    keep_indicator(row, text, [one.row for one in known], innovation.regency_code)
    judge_one(queries.get_thing_by_id(ThingKind.INNOVATION, innovation.id), now)
    record(actor, "set_indicator", f"innovation:{innovation.id}", now, indicator=row.id)
    return row


@dataclass(frozen=True)
class EvaluationText:
    """An evaluation as an officer or planner types it."""

    occasion: Occasion
    dated: date
    question: str
    method: str
    finding: str
    recommendation: Recommendation


def add_evaluation(
    actor: Actor, innovation: Innovation, text: EvaluationText, form_key: str, now: datetime
) -> Evaluation:
    """Put down what an evaluation found; the same form sent twice puts it down once."""
    innovation = open_for(actor, innovation)
    if known := queries.find_by_form(form_key):
        return known
    regency = find_regency(innovation.regency_code)
    assert regency is not None  # a foreign key
    if text.dated > day_in(regency.time_zone, now):
        raise Refused(Refusal.DATED_IN_FUTURE)
    found = Evaluation(
        innovation_id=innovation.id, form_key=form_key, added_by_id=actor.person_id, at=now, **vars(text)
    )
    session.add(found)
    session.flush()
    record(actor, "add_evaluation", f"innovation:{innovation.id}", now, evaluation=found.id)
    return found


def attach_file(
    actor: Actor, innovation: Innovation, evaluation: Evaluation, document: Document, now: datetime
) -> None:
    """Give an evaluation its document; a newer one takes its place."""
    open_for(actor, innovation)
    files.attach_document(actor, document, DOCUMENTS, evaluation.id, now)
    record(actor, "attach_evaluation", f"innovation:{innovation.id}", now, evaluation=evaluation.id)
