"""Certifying the result of a contest."""

from collections.abc import Callable
from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.proposals.rules import Event, ReasonCode
from app.voting.actions.steps import lock_options, move_option, take
from app.voting.models import Contest, Option
from app.voting.rules.contest import LIFECYCLE, ContestEvent, Refusal
from app.voting.rules.counting import OptionResult, Outcome


def certify_contest(actor: Actor, contest: Contest, tell: Callable[[OptionResult], str], now: datetime) -> Contest:
    """Let the counted result stand; `tell` puts the reason of each option into a public sentence."""
    contest = take(actor, contest)
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.CERTIFY)
    contest.certified_at, contest.certified_by_id = now, actor.person_id
    options = lock_options(contest)
    session.flush()
    for option in options:
        _settle(actor, contest, option, tell(_result_of(option)), now)
    winners = sorted(option.number or 0 for option in options if option.outcome is Outcome.WON)
    record(actor, "certify_contest", f"contest:{contest.id}", now, winners=winners, ballots=contest.ballot_count)
    return contest


def _result_of(option: Option) -> OptionResult:
    assert option.number is not None  # opened
    assert option.votes is not None  # counted
    assert option.outcome is not None  # counted
    return OptionResult(option.number, option.cost, option.votes, option.outcome, option.left_at_turn or 0)


def _settle(actor: Actor, contest: Contest, option: Option, reason: str, now: datetime) -> None:
    """Move the proposal; nobody certifies that their own has won."""
    if option.outcome is not Outcome.WON:
        move_option(actor, contest, option, Event.DEFER, now, ReasonCode.NOT_SELECTED, reason)
        return
    proposal = move_option(actor, contest, option, Event.SELECT, now, reason=reason)
    if proposal.author_id == actor.person_id:
        raise Refused(Refusal.OWN_PROPOSAL, number=proposal.number)
