"""Opening a contest: everything is frozen, and the numbers are drawn."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.windows import Window
from app.proposals.rules import Event
from app.voting.actions.preparing import check_plan
from app.voting.actions.steps import lock_options, move_option, take
from app.voting.models import Contest
from app.voting.rules.contest import LIFECYCLE, ContestEvent, ContestPlan, Refusal, draw


def open_contest(actor: Actor, contest: Contest, seed: str, now: datetime) -> Contest:
    """Freeze the contest and draw the numbers of its options; from now on nothing of it changes."""
    contest = take(actor, contest)
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.OPEN)
    contest.opened_at, contest.draw_seed = now, seed
    if contest.closes <= now:
        raise Refused(Refusal.TOO_LATE)
    options = lock_options(contest)
    check_plan(plan_of(contest, {option.proposal_id: option.cost for option in options}))
    proposals = [move_option(actor, contest, option, Event.SHORTLIST, now) for option in options]
    drawn = draw(seed, [proposal.number or "" for proposal in proposals])
    for option, proposal in zip(options, proposals, strict=True):
        option.number = drawn.index(proposal.number or "") + 1
    session.flush()
    record(actor, "open_contest", f"contest:{contest.id}", now, seed=seed, order=drawn, ceiling=contest.ceiling)
    return contest


def plan_of(contest: Contest, costs: dict[int, int]) -> ContestPlan:
    return ContestPlan(
        regency_code=contest.regency_code,
        region_code=contest.region_code,
        title=contest.title,
        ceiling=contest.ceiling,
        max_choices=contest.max_choices,
        window=Window(contest.opens, contest.closes),
        costs=costs,
    )
