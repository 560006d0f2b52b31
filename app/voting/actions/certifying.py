"""Certifying the result of a contest."""

import json
from collections.abc import Callable
from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.proposals.rules import Event, ReasonCode
from app.voting import queries
from app.voting.actions.steps import lock_options, move_option, take
from app.voting.models import Contest, Option
from app.voting.rules.contest import LIFECYCLE, ContestEvent, Refusal
from app.voting.rules.counting import Outcome
from app.voting.rules.objections import objection_window, refuse_certify
from app.voting.rules.package.told import explanations
from app.voting.rules.reasons import Explanation


def certify_contest(actor: Actor, contest: Contest, tell: Callable[[Explanation], str], now: datetime) -> Contest:
    """Let the counted result stand, once nobody can object any more and every objection is answered.

    `tell` puts the reason of each option, as hasil.json has it, into a public sentence.
    """
    contest = take(actor, contest)
    status = LIFECYCLE.after(contest.status, ContestEvent.CERTIFY)
    window = objection_window(contest.counted_at or now, contest.objection_days)
    if refusal := refuse_certify(window, queries.count_objections(contest.id, only_open=True), now):
        raise Refused(refusal, until=window.closes if window else now)
    contest.status, contest.certified_at, contest.certified_by_id = status, now, actor.person_id
    options, why = lock_options(contest), explanations(json.loads(contest.result or "")["result"])
    session.flush()
    for option in options:
        _settle(actor, contest, option, tell(why[option.number or 0]), now)
    winners = sorted(option.number or 0 for option in options if option.outcome is Outcome.WON)
    record(actor, "certify_contest", f"contest:{contest.id}", now, winners=winners, ballots=contest.ballot_count)
    return contest


def _settle(actor: Actor, contest: Contest, option: Option, reason: str, now: datetime) -> None:
    """Move the proposal; nobody certifies that their own has won."""
    if option.outcome is not Outcome.WON:
        move_option(actor, contest, option, Event.DEFER, now, ReasonCode.NOT_SELECTED, reason)
        return
    proposal = move_option(actor, contest, option, Event.SELECT, now, reason=reason)
    if proposal.author_id == actor.person_id:
        raise Refused(Refusal.OWN_PROPOSAL, number=proposal.number)
