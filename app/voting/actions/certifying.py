"""Certifying the result of a contest."""

from collections.abc import Callable
from datetime import datetime

from app.audit.actions import record
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.proposals.rules import Event, ReasonCode
from app.voting import queries
from app.voting.actions.steps import lock_options, move_option, take
from app.voting.models import Contest, Option
from app.voting.rules.contest import LIFECYCLE, ContestEvent, Refusal
from app.voting.rules.counting import OptionFacts, OptionResult, Outcome, Tally, most_votes


def certify_contest(actor: Actor, contest: Contest, tell: Callable[[OptionResult], str], now: datetime) -> Tally:
    """Count the box and make the result public; `tell` puts the reason of each option into a public sentence."""
    contest = take(actor, contest)
    LIFECYCLE.after(contest.status, ContestEvent.CERTIFY)  # nothing is counted before the contest is closed
    options = {option.number: option for option in lock_options(contest)}
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
        move_option(actor, contest, option, Event.DEFER, now, ReasonCode.NOT_SELECTED, reason)
        return
    proposal = move_option(actor, contest, option, Event.SELECT, now, reason=reason)
    if proposal.author_id == actor.person_id:
        raise Refused(Refusal.OWN_PROPOSAL, number=proposal.number)
