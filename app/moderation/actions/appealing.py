"""A second look at a rejection, and a second year for what was deferred."""

from datetime import datetime

from app.audit.actions import record
from app.cycles.queries import open_cycle
from app.cycles.rules import Activity
from app.cycles.rules import Refusal as CycleRefusal
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.moderation import queries
from app.moderation.permissions import RUNS, CanRun
from app.moderation.rules.appeals import refuse_appeal
from app.moderation.rules.refusals import Refusal
from app.proposals.actions import happen, move
from app.proposals.models import Proposal
from app.proposals.permissions import POLICY, Can
from app.proposals.queries import facts_of, get_locked, lock_all
from app.proposals.rules import LIFECYCLE, REASON_LENGTH, Event
from app.proposals.rules import Refusal as ProposalRefusal

AT_ONCE = 200


def appeal(actor: Actor, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Ask for another look at a rejected proposal, with what is new; once in its cycle."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.RESUBMIT, facts_of(proposal))
    LIFECYCLE.after(proposal.status, Event.APPEAL)
    if refusal := refuse_appeal(proposal.cycle_id, queries.appealed_in(proposal.id)):
        raise Refused(refusal)
    if not queries.is_review_open(proposal, now):
        raise Refused(CycleRefusal.NOT_OPEN)
    if len(reason.strip()) < REASON_LENGTH[0]:
        raise Refused(ProposalRefusal.REASON_MISSING)
    return move(actor, proposal, Event.APPEAL, now, reason=reason, cycle=proposal.cycle_id)


def reopen_deferred(actor: Actor, regency_code: str, now: datetime, size: int = AT_ONCE) -> int:
    """Bring deferred proposals of earlier years into the one that gathers now: number, supports and history stay.

    At most so many at once, the oldest first; how many.
    """
    RUNS.require(actor, CanRun.REOPENING, Within(regency_code))
    cycle = open_cycle(regency_code, Activity.PROPOSE, now)
    if cycle is None:
        raise Refused(Refusal.NO_NEXT_CYCLE)
    ids = queries.deferred_before(regency_code, cycle.id, size)
    lock_all(ids)
    reopened = 0
    for proposal in map(get_locked, ids):
        if LIFECYCLE.allows(proposal.status, Event.REOPEN):  # it may have been reopened in the moment before the lock
            was_for = proposal.cycle_id
            proposal.cycle_id = cycle.id
            happen(actor, proposal, Event.REOPEN, now, year=cycle.plan_year, was_for=was_for)
            reopened += 1
    session.flush()
    record(actor, "reopen_deferred", f"regency:{regency_code}", now, reopened=reopened, plan_year=cycle.plan_year)
    return reopened
