"""Casting a ballot, and knowing again who has cast one."""

import secrets
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.accounts.queries import level_of
from app.db.session import session
from app.identity.queries import identity_of
from app.kernel.actor import Actor, Level
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.limits import actions as limits
from app.voting import queries
from app.voting.models import Ballot, Contest, RollEntry
from app.voting.permissions import POLICY, Can
from app.voting.rules.ballots import CLOSED_VOTER, BallotRefusal, refuse_ballot


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
