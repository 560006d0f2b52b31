"""Reporting a text that should not stand there, and closing the reports of it."""

from dataclasses import replace
from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.discussion.actions import hide_comment
from app.discussion.models import Comment
from app.discussion.queries import get_comment
from app.discussion.rules.comments import CommentStatus, HideCode
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing, Refused
from app.limits.actions import take
from app.moderation import queries
from app.moderation.models import AbuseReport
from app.moderation.permissions import POLICY, Can
from app.moderation.rules.reports import REPORTS, Finding, Refusal, SubjectKind, Wrong
from app.proposals.actions import happen
from app.proposals.models import Proposal
from app.proposals.permissions import ProposalFacts
from app.proposals.queries import facts_of, get_locked
from app.proposals.rules import Event, ReasonCode
from app.proposals.rules import Refusal as ProposalRefusal

# What a comment is hidden for, by what it was reported for.
CODES = {
    Wrong.PRIVATE_DATA: HideCode.PRIVATE_DATA,
    Wrong.INSULT: HideCode.INSULT,
    Wrong.SPAM: HideCode.SPAM,
    Wrong.FALSE: HideCode.OFF_TOPIC,
}


def report(
    actor: Actor, proposal: Proposal, wrong: Wrong, text: str, now: datetime, comment: Comment | None = None
) -> AbuseReport:
    """Tell the moderators what is wrong with a public proposal, or with a comment on it, once."""
    proposal = get_locked(proposal.id)
    facts, kind, subject_id = _subject(proposal, comment.id if comment else None)
    POLICY.require(actor, Can.REPORT, facts)
    if queries.has_reported(actor.person_id, kind, subject_id):
        raise Refused(Refusal.REPORTED_ALREADY)
    take(REPORTS, str(actor.person_id), now, actor)
    made = AbuseReport(
        subject_kind=kind,
        subject_id=subject_id,
        author_id=facts.author_id,
        village_code=proposal.village_code,
        reporter_id=actor.person_id,
        wrong=wrong,
        text=text.strip(),
        at=now,
    )
    session.add(made)
    session.flush()
    record(actor, "report", f"{kind}:{subject_id}", now, wrong=wrong)
    return made


def _subject(proposal: Proposal, comment_id: int | None) -> tuple[ProposalFacts, SubjectKind, int]:
    """What is reported, and the facts of it: of a comment its own author counts, not the proposal's."""
    if comment_id is None:
        return facts_of(proposal), SubjectKind.PROPOSAL, proposal.id
    comment = get_comment(comment_id)
    if comment.proposal_id != proposal.id or comment.status is CommentStatus.DELETED:
        raise Missing
    facts = replace(facts_of(proposal), author_id=comment.author_id, typed_by_id=None)
    return facts, SubjectKind.COMMENT, comment.id


def close_reports(
    actor: Actor, proposal: Proposal, finding: Finding, reason: str, now: datetime, comment_id: int | None = None
) -> int:
    """Answer all open reports of a text: upheld, it is closed to the public with the reason; how many."""
    proposal = get_locked(proposal.id)
    facts, kind, subject_id = _subject(proposal, comment_id)
    POLICY.require(actor, Can.CLOSE_REPORTS, facts)
    waiting = queries.open_reports_on(kind, subject_id)
    if not waiting:
        raise Refused(Refusal.CLOSED_ALREADY)
    if finding is Finding.UPHELD and not reason.strip():
        raise Refused(ProposalRefusal.REASON_MISSING)
    for one in waiting:
        one.finding, one.closed_at, one.closed_by_id = finding, now, actor.person_id
    session.flush()
    if finding is Finding.UPHELD:
        _take_down(actor, proposal, comment_id, waiting[0].wrong, reason, now)
    record(actor, "close_reports", f"{kind}:{subject_id}", now, finding=finding, reports=len(waiting))
    return len(waiting)


def _take_down(
    actor: Actor, proposal: Proposal, comment_id: int | None, wrong: Wrong, reason: str, now: datetime
) -> None:
    if comment_id is None:
        happen(actor, proposal, Event.REJECT, now, code=ReasonCode.PRIVATE_DATA, reason=reason)
    elif get_comment(comment_id).status is CommentStatus.SHOWN:  # a colleague may have hidden it without a report
        hide_comment(actor, proposal, comment_id, CODES[wrong], reason, now)
