"""Preparing contests: what a planner sets, changes and gives up before anybody sees it."""

from datetime import datetime

from sqlalchemy import delete

from app.audit.actions import record
from app.cycles.queries import cycles_of
from app.cycles.rules import CycleFacts
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.voting import queries
from app.voting.actions.steps import take
from app.voting.models import Contest, Option
from app.voting.permissions import POLICY, Can
from app.voting.rules.contest import (
    LIFECYCLE,
    ContestEvent,
    ContestPlan,
    ContestStatus,
    Refusal,
    refuse_plan,
    voting_cycle,
)
from app.voting.rules.counting import Rule


def prepare_contest(actor: Actor, plan: ContestPlan, now: datetime) -> Contest:
    """Set a contest up; nobody but its planners sees it until it is opened."""
    POLICY.require(actor, Can.RUN_CONTEST, Within(plan.regency_code))
    contest = Contest(
        regency_code=plan.regency_code,
        region_code=plan.region_code,
        status=ContestStatus.PREPARED,
        prepared_at=now,
    )
    _fill(contest, plan, check_plan(plan))
    record(actor, "prepare_contest", f"contest:{contest.id}", now, ceiling=plan.ceiling, region=plan.region_code)
    return contest


def change_contest(actor: Actor, contest: Contest, plan: ContestPlan, now: datetime) -> Contest:
    """Change a contest that is not opened yet; the region stays."""
    contest = take(actor, contest)
    if contest.status is not ContestStatus.PREPARED:
        raise Refused(Refusal.FROZEN)
    _fill(contest, plan, check_plan(plan))
    record(actor, "change_contest", f"contest:{contest.id}", now, ceiling=plan.ceiling)
    return contest


def check_plan(plan: ContestPlan) -> CycleFacts:
    """The cycle that the plan's window belongs to; refuses what the rules do not allow."""
    cycle = voting_cycle(cycles_of(plan.regency_code), plan.window)
    fit = queries.fit_options(plan.region_code, plan.costs.keys())
    if refusal := refuse_plan(plan, fit, is_in_phase=cycle is not None):
        raise Refused(refusal[0], proposal_id=refusal[1])
    assert cycle is not None  # checked
    return cycle


def _fill(contest: Contest, plan: ContestPlan, cycle: CycleFacts) -> None:
    contest.cycle_id, contest.title = cycle.id, plan.title
    contest.ceiling, contest.max_choices = plan.ceiling, plan.max_choices
    contest.opens, contest.closes = plan.window.opens, plan.window.closes
    contest.rule, contest.is_weighted = plan.rule, plan.is_weighted and plan.rule is Rule.EQUAL_SHARES
    contest.threshold_percent, contest.quorum_percent = plan.threshold_percent, plan.quorum_percent
    contest.objection_days, contest.roll_ends = plan.objection_days, plan.roll_ends
    session.add(contest)
    session.flush()
    session.execute(delete(Option).where(Option.contest_id == contest.id))
    session.add_all(Option(contest_id=contest.id, proposal_id=id_, cost=cost) for id_, cost in plan.costs.items())
    session.flush()


def cancel_contest(actor: Actor, contest: Contest, now: datetime) -> Contest:
    """Give up a contest that was never opened; its proposals stay as they are."""
    contest = take(actor, contest)
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.CANCEL)
    record(actor, "cancel_contest", f"contest:{contest.id}", now)
    return contest
