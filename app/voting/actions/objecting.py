"""Objecting to a counted result, and answering in public."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.db.upserts import add_once
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.voting import queries
from app.voting.actions.steps import take
from app.voting.models import Contest, Objection
from app.voting.permissions import POLICY, Can
from app.voting.rules.contest import ContestStatus
from app.voting.rules.objections import ObjectionRefusal, objection_window, refuse_answer, refuse_objector


def object_to(actor: Actor, contest: Contest, text: str, form_key: str, now: datetime) -> None:
    """Put a doubt beside the result, for everybody to read; sent twice, it stands there once."""
    POLICY.require(actor, Can.OBJECT, Within(contest.regency_code))
    contest = queries.get_locked(contest.id)
    person_id = actor.person_id or 0
    window = objection_window(contest.counted_at or now, contest.objection_days)
    made = queries.count_objections(contest.id, person_id)
    if refusal := refuse_objector(actor, contest.region_code, contest.status, window, now, made=made):
        raise Refused(refusal)
    known = {"contest_id": contest.id, "form_key": form_key}
    if add_once(Objection, **known, author_id=person_id, text=text, at=now, answer=""):
        record(actor, "object_to_result", f"contest:{contest.id}", now)


def answer_objection(actor: Actor, contest: Contest, objection: Objection, text: str, now: datetime) -> Objection:
    """Answer in public, once and for good."""
    contest = take(actor, contest)
    objection = session.get_one(Objection, objection.id, with_for_update=True, populate_existing=True)
    if contest.status is not ContestStatus.COUNTED:
        raise Refused(ObjectionRefusal.NOT_COUNTED)
    if refusal := refuse_answer(actor, objection.author_id, is_answered=objection.answered_at is not None):
        raise Refused(refusal)
    objection.answer, objection.answered_at, objection.answered_by_id = text, now, actor.person_id
    session.flush()
    record(actor, "answer_objection", f"contest:{contest.id}", now, objection=objection.id)
    return objection
