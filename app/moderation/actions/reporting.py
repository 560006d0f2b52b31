"""Reporting a text that should not stand there, and closing the reports of it."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.limits.actions import take
from app.moderation import queries
from app.moderation.models import AbuseReport
from app.moderation.permissions import POLICY, Can
from app.moderation.rules.reports import REPORTS, Finding, Refusal, SubjectKind, Wrong
from app.proposals.actions import happen
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_locked
from app.proposals.rules import Event, ReasonCode


def report(actor: Actor, proposal: Proposal, wrong: Wrong, text: str, now: datetime) -> AbuseReport:
    """Tell the moderators what is wrong with a public proposal, once."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.REPORT, facts_of(proposal))
    if queries.has_reported(actor.person_id, SubjectKind.PROPOSAL, proposal.id):
        raise Refused(Refusal.REPORTED_ALREADY)
    take(REPORTS, str(actor.person_id), now, actor)
    made = AbuseReport(
        subject_kind=SubjectKind.PROPOSAL,
        subject_id=proposal.id,
        author_id=proposal.author_id,
        village_code=proposal.village_code,
        reporter_id=actor.person_id,
        wrong=wrong,
        text=text.strip(),
        at=now,
    )
    session.add(made)
    session.flush()
    record(actor, "report", f"proposal:{proposal.id}", now, wrong=wrong)
    return made


def close_reports(actor: Actor, proposal: Proposal, finding: Finding, reason: str, now: datetime) -> int:
    """Answer all open reports of a proposal: upheld, it is closed to the public with the reason; how many."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.CLOSE_REPORTS, facts_of(proposal))
    waiting = queries.open_reports_on(SubjectKind.PROPOSAL, proposal.id)
    if not waiting:
        raise Refused(Refusal.CLOSED_ALREADY)
    for one in waiting:
        one.finding, one.closed_at, one.closed_by_id = finding, now, actor.person_id
    session.flush()
    if finding is Finding.UPHELD:
        happen(actor, proposal, Event.REJECT, now, code=ReasonCode.PRIVATE_DATA, reason=reason)
    record(actor, "close_reports", f"proposal:{proposal.id}", now, finding=finding, reports=len(waiting))
    return len(waiting)
