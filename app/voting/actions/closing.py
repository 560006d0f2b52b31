"""Closing a contest."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.voting import queries
from app.voting.actions.steps import take
from app.voting.models import Contest
from app.voting.rules.contest import LIFECYCLE, ContestEvent, refuse_close


def close_contest(actor: Actor, contest: Contest, reason: str, now: datetime) -> Contest:
    """Take no more ballots; before the announced end only for a reason that everybody reads."""
    contest = take(actor, contest)
    contest.status = LIFECYCLE.after(contest.status, ContestEvent.CLOSE)
    if refusal := refuse_close(queries.facts_of(contest), reason, now):
        raise Refused(refusal)
    contest.closed_at = now
    contest.close_reason = reason.strip() if now < contest.closes else ""
    session.flush()
    record(actor, "close_contest", f"contest:{contest.id}", now, reason=contest.close_reason)
    return contest
