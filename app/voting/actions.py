"""Preparing, opening and closing contests, casting a ballot, certifying the result."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import level_of
from app.audit.actions import record
from app.cycles.queries import cycles_of
from app.cycles.rules import CycleFacts
from app.db.session import session
from app.identity.queries import identity_of
from app.kernel.actor import Actor, Level
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.kernel.windows import Window
from app.limits import actions as limits
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.queries import get_locked as get_proposal
from app.proposals.queries import lock_all as lock_proposals
from app.proposals.rules import Event, ReasonCode
from app.voting import queries
from app.voting.models import Ballot, Contest, Option, RollEntry
from app.voting.permissions import POLICY, Can
from app.voting.rules.ballots import CLOSED_VOTER, BallotRefusal, refuse_ballot
from app.voting.rules.contest import (
    LIFECYCLE,
    ContestEvent,
    ContestPlan,
    ContestStatus,
    Refusal,
    draw,
    refuse_close,
    refuse_plan,
    voting_cycle,
)
from app.voting.rules.counting import OptionFacts, OptionResult, Outcome, Rule, Tally, most_votes


def prepare_contest(actor: Actor, plan: ContestPlan, now: datetime) -> Contest:
    """Set a contest up; nobody but its planners sees it until it is opened."""
    POLICY.require(actor, Can.RUN_CONTEST, Within(plan.regency_code))
    contest = Contest(
        regency_code=plan.regency_code,
        region_code=plan.region_code,
        rule=Rule.MOST_VOTES,
        status=ContestStatus.PREPARED,
        prepared_at=now,
    )
    _fill(contest, plan, _check(plan))
    record(actor, "prepare_contest", f"contest:{contest.id}", now, ceiling=plan.ceiling, region=plan.region_code)
    return contest


def change_contest(actor: Actor, contest: Contest, plan: ContestPlan, now: datetime) -> Contest:
    """Change a contest that is not opened yet; the region stays."""
    contest = _take(actor, contest)
    if contest.status is not ContestStatus.PREPARED:
        raise Refused(Refusal.FROZEN)
    _fill(contest, plan, _check(plan))
    record(actor, "change_contest", f"contest:{contest.id}", now, ceiling=plan.ceiling)
    return contest


def _take(actor: Actor, contest: Contest) -> Contest:
    """Lock a contest for its planner."""
    locked = queries.get_locked(contest.id)
    POLICY.require(actor, Can.RUN_CONTEST, Within(locked.regency_code))
    return locked


def _check(plan: ContestPlan) -> CycleFacts:
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
    session.add(contest)
    session.flush()
    session.execute(delete(Option).where(Option.contest_id == contest.id))
    session.add_all(Option(contest_id=contest.id, proposal_id=id_, cost=cost) for id_, cost in plan.costs.items())
    session.flush()


def open_contest(actor: Actor, contest: Contest, seed: str, now: datetime) -> Contest:
    """Freeze the contest and draw the numbers of its options; from now on nothing of it changes."""
    contest = _take(actor, contest)
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.OPEN)
    contest.opened_at, contest.draw_seed = now, seed
    if contest.closes <= now:
        raise Refused(Refusal.TOO_LATE)
    options = _lock_options(contest)
    _check(_plan_of(contest, {option.proposal_id: option.cost for option in options}))
    proposals = [_move(actor, contest, option, Event.SHORTLIST, now) for option in options]
    drawn = draw(seed, [proposal.number or "" for proposal in proposals])
    for option, proposal in zip(options, proposals, strict=True):
        option.number = drawn.index(proposal.number or "") + 1
    session.flush()
    record(actor, "open_contest", f"contest:{contest.id}", now, seed=seed, order=drawn, ceiling=contest.ceiling)
    return contest


def _lock_options(contest: Contest) -> Sequence[Option]:
    """The options of a contest, with their proposals locked."""
    options = queries.options_in(contest.id)
    lock_proposals([option.proposal_id for option in options])
    return options


def _plan_of(contest: Contest, costs: dict[int, int]) -> ContestPlan:
    return ContestPlan(
        regency_code=contest.regency_code,
        region_code=contest.region_code,
        title=contest.title,
        ceiling=contest.ceiling,
        max_choices=contest.max_choices,
        window=Window(contest.opens, contest.closes),
        costs=costs,
    )


def _move(
    actor: Actor,
    contest: Contest,
    option: Option,
    event: Event,
    now: datetime,
    code: ReasonCode | None = None,
    reason: str = "",
) -> Proposal:
    proposal = get_proposal(option.proposal_id)
    return move(actor, proposal, event, now, code=code, reason=reason, contest=contest.id)


def cancel_contest(actor: Actor, contest: Contest, now: datetime) -> Contest:
    """Give up a contest that was never opened; its proposals stay as they are."""
    contest = _take(actor, contest)
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.CANCEL)
    record(actor, "cancel_contest", f"contest:{contest.id}", now)
    return contest


def close_contest(actor: Actor, contest: Contest, reason: str, now: datetime) -> Contest:
    """Take no more ballots; before the announced end only for a reason that everybody reads."""
    contest = _take(actor, contest)
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.CLOSE)
    if refusal := refuse_close(queries.facts_of(contest), reason, now):
        raise Refused(refusal)
    contest.closed_at = now
    contest.close_reason = reason.strip() if now < contest.closes else ""
    session.flush()
    record(actor, "close_contest", f"contest:{contest.id}", now, reason=contest.close_reason)
    return contest


def cast_ballot(
    actor: Actor, contest: Contest, choices: list[int], now: datetime, helper_id: int | None = None
) -> None:
    """Put a ballot into the box and the person on the roll, both or neither; `helper_id` has lent them the device."""
    POLICY.require(actor, Can.CAST_BALLOT, Within(contest.regency_code))
    contest = queries.get_for_voting(contest.id)
    has_voted = queries.has_voted(contest.id, actor.person_id) or queries.voted_before_closing(contest, actor.person_id)
    options = queries.numbers_in(contest.id)
    if refusal := refuse_ballot(actor, queries.facts_of(contest), options, choices, now, has_voted=has_voted):
        raise Refused(refusal, most=contest.max_choices)
    try:
        with session.begin_nested():
            session.add(RollEntry(contest_id=contest.id, person_id=actor.person_id, helper_id=helper_id))
    except IntegrityError:  # the other tab was faster
        raise Refused(BallotRefusal.ALREADY_VOTED, most=contest.max_choices) from None
    # The roll has waited for whoever was closing the account, in another tab.
    if level_of(actor.person_id or 0) < Level.ATTESTED:
        raise Refused(BallotRefusal.NOT_VERIFIED)
    session.add(Ballot(contest_id=contest.id, handle=secrets.token_hex(16), choices=sorted(choices)))
    session.flush()
    # No entry in the log: its order and times could be laid beside the box. The roll says who has voted.


def remember_votes(person_id: int, now: datetime) -> None:
    """Before it is erased who the person is: know their NIK again where they have voted, until the contest is over."""
    identity = identity_of(person_id)
    if identity is None or identity.nik_digest is None:
        return
    for contest in queries.running_votes_of(person_id, now):
        limits.remember(CLOSED_VOTER, f"{contest.id}|{identity.nik_digest}", contest.closes)


def certify_contest(actor: Actor, contest: Contest, tell: Callable[[OptionResult], str], now: datetime) -> Tally:
    """Count the box and make the result public; `tell` puts the reason of each option into a public sentence."""
    contest = _take(actor, contest)
    LIFECYCLE.after(contest.status, ContestEvent.CERTIFY)  # nothing is counted before the contest is closed
    options = {option.number: option for option in _lock_options(contest)}
    facts = [OptionFacts(number, option.cost) for number, option in options.items() if number is not None]
    tally = most_votes(facts, queries.ballots_in(contest.id), contest.ceiling)
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.CERTIFY)
    contest.counted_at, contest.ballot_count = now, tally.ballots
    contest.certified_at, contest.certified_by_id = now, actor.person_id
    for result in sorted(tally.results, key=lambda result: options[result.number].proposal_id):
        _settle(actor, contest, options[result.number], result, tell(result), now)
    record(actor, "certify_contest", f"contest:{contest.id}", now, winners=list(tally.winners), ballots=tally.ballots)
    return tally


def _settle(actor: Actor, contest: Contest, option: Option, result: OptionResult, reason: str, now: datetime) -> None:
    """Write an option's result and move its proposal; nobody certifies that their own proposal has won."""
    option.votes, option.outcome, option.left_at_turn = result.votes, result.outcome, result.left
    if result.outcome is not Outcome.WON:
        _move(actor, contest, option, Event.DEFER, now, ReasonCode.NOT_SELECTED, reason)
        return
    proposal = _move(actor, contest, option, Event.SELECT, now, reason=reason)
    if proposal.author_id == actor.person_id:
        raise Refused(Refusal.OWN_PROPOSAL, number=proposal.number)
