"""Leading a work from the agency's desk to its end, taking the residents' word for it, and telling of innovations."""

from datetime import date, datetime

from app.audit.actions import record
from app.db.session import session
from app.delivery import queries
from app.delivery.models import Work, WorkCheck, WorkProgress
from app.delivery.permissions import POLICY, Can
from app.delivery.queries import PHOTOS
from app.delivery.rules import (
    BEGINNING,
    END,
    Answer,
    Budgeted,
    Finished,
    Planned,
    Reached,
    Refusal,
    Started,
    refuse_check,
    refuse_finish,
    refuse_progress,
    refuse_start,
)
from app.files import actions as files
from app.files.queries import drafts_of
from app.innovations.actions import MOVED, Moved
from app.innovations.rules.provisions import day_in
from app.kernel.actor import Actor
from app.kernel.listeners import listens
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.proposals.queries import get_locked
from app.proposals.rules import LIFECYCLE, Event
from app.regions.queries import find_regency


def plan(actor: Actor, proposal: Proposal, step: Planned, now: datetime) -> Work:
    """It stands in the yearly plan now."""
    proposal = _take(actor, proposal, Event.PLAN)
    work = Work(
        proposal_id=proposal.id,
        regency_code=proposal.regency_code,
        agency_id=queries.agency_of(proposal.id),
        plan_year=step.year,
        plan_code=step.code,
        plan_name=step.name,
    )
    session.add(work)
    proposals.happen(actor, proposal, Event.PLAN, now, year=step.year, line=f"{step.code} {step.name}")
    return work


def budget(actor: Actor, proposal: Proposal, step: Budgeted, now: datetime) -> Work:
    """A line of the budget pays for it."""
    proposal = _take(actor, proposal, Event.BUDGET)
    work = _work(proposal)
    work.budget_year, work.budget_code, work.budget_name = step.year, step.code, step.name
    work.budget_fund, work.budget_amount = step.fund, step.amount
    proposals.happen(actor, proposal, Event.BUDGET, now, year=step.year, line=f"{step.code} {step.name}")
    return work


def start(actor: Actor, proposal: Proposal, step: Started, form_key: str, now: datetime) -> Work:
    """Work has begun; the form's photos show the place before anything was done."""
    proposal = _take(actor, proposal, Event.START)
    if refusal := refuse_start(step, _today(proposal, now), has_photo=_has_photo(actor, form_key)):
        raise Refused(refusal)
    work = _work(proposal)
    work.started_on, work.due_on, work.done_by = step.on, step.until, step.by
    _reach(actor, proposal, Reached(BEGINNING, step.on), form_key, now)
    proposals.happen(actor, proposal, Event.START, now, until=step.until.isoformat())
    return work


def reach(actor: Actor, proposal: Proposal, step: Reached, form_key: str, now: datetime) -> None:
    """It is further than it was; half way there is a photo."""
    proposal = get_locked(proposal.id)
    _require(actor, proposal)
    work, today = _work(proposal), _today(proposal, now)
    known, has_photo = queries.percents_of(proposal.id), _has_photo(actor, form_key)
    if refusal := refuse_progress(step, known, work.started_on, today, has_photo=has_photo):
        raise Refused(refusal)
    _reach(actor, proposal, step, form_key, now)
    record(actor, "report_progress", f"proposal:{proposal.id}", now, percent=step.percent)


def finish(actor: Actor, proposal: Proposal, step: Finished, form_key: str, now: datetime) -> Work:
    """It is there; from now on the residents of its village are asked whether that is so."""
    proposal = _take(actor, proposal, Event.FINISH)
    work, today = _work(proposal), _today(proposal, now)
    known, has_photo = queries.percents_of(proposal.id), _has_photo(actor, form_key)
    if refusal := refuse_finish(step, known, work.started_on, today, has_photo=has_photo):
        raise Refused(refusal)
    work.finished_on, work.final_cost = step.on, step.cost
    _reach(actor, proposal, Reached(END, step.on, step.note), form_key, now)
    proposals.happen(actor, proposal, Event.FINISH, now, cost=step.cost)
    return work


def check(actor: Actor, proposal: Proposal, answer: Answer, note: str, now: datetime) -> WorkCheck:
    """A resident of the village says whether the work is there; saying otherwise later replaces it."""
    proposal = get_locked(proposal.id)
    if refusal := refuse_check(actor, proposal.village_code, proposal.status):
        raise Refused(refusal)
    assert actor.person_id is not None  # lives there
    found = session.get(WorkCheck, (proposal.id, actor.person_id))
    given = found or WorkCheck(proposal_id=proposal.id, person_id=actor.person_id)
    given.answer, given.note, given.at = answer, note, now
    session.add(given)
    session.flush()
    record(actor, "check_work", f"proposal:{proposal.id}", now)
    return given


@listens(MOVED)
def tell_of_stage(moved: Moved) -> None:
    """What becomes of an innovation is told on the proposals behind it, and so to all who proposed and supported."""
    innovation = moved.innovation
    for proposal_id in queries.proposals_behind(innovation.id):
        proposal = get_locked(proposal_id)
        proposals.note(
            moved.actor,
            proposal,
            Event.ADVANCE,
            moved.at,
            reason=moved.reason,
            innovation=innovation.number,
            name=innovation.name,
            stage=innovation.stage,
        )


def _take(actor: Actor, proposal: Proposal, event: Event) -> Proposal:
    """Lock a proposal for whoever reports on it, in the status that the event asks for."""
    locked = get_locked(proposal.id)
    _require(actor, locked)
    LIFECYCLE.after(locked.status, event)
    return locked


def _require(actor: Actor, proposal: Proposal) -> None:
    POLICY.require(actor, Can.REPORT, Within(proposal.regency_code, queries.agency_of(proposal.id)))


def _work(proposal: Proposal) -> Work:
    work = queries.find_work(proposal.id)
    if work is None:
        raise Refused(Refusal.NOT_UNDERWAY)
    return work


def _today(proposal: Proposal, now: datetime) -> date:
    regency = find_regency(proposal.regency_code)
    if regency is None:
        raise Missing
    return day_in(regency.time_zone, now)


def _has_photo(actor: Actor, form_key: str) -> bool:
    return actor.person_id is not None and bool(drafts_of(actor.person_id, form_key))


def _reach(actor: Actor, proposal: Proposal, step: Reached, form_key: str, now: datetime) -> None:
    progress = WorkProgress(
        proposal_id=proposal.id,
        percent=step.percent,
        reached_on=step.on,
        note=step.note,
        by_id=actor.person_id,
        at=now,
    )
    session.add(progress)
    session.flush()
    files.attach(actor, form_key, PHOTOS, progress.id)
