"""Notes among colleagues, and asking the village to go and look."""

from datetime import date, datetime

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.moderation import queries
from app.moderation.models import ReviewNote, SiteVisit
from app.moderation.permissions import POLICY, Can
from app.moderation.rules.refusals import Refusal
from app.proposals import permissions as proposals
from app.proposals.actions import note
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_locked
from app.proposals.rules import Event


def write_note(actor: Actor, proposal: Proposal, text: str, now: datetime) -> ReviewNote:
    """Tell the colleagues of the region something that is not for the public."""
    POLICY.require(actor, Can.NOTE, facts_of(proposal))
    written = ReviewNote(proposal_id=proposal.id, author_id=actor.person_id, at=now, text=text)
    session.add(written)
    session.flush()
    record(actor, "write_note", f"proposal:{proposal.id}", now)
    return written


def ask_for_visit(actor: Actor, proposal: Proposal, due: date, today: date, question: str, now: datetime) -> SiteVisit:
    """Ask the village to look at the place by a day; everybody reads the question. The service clock runs on."""
    proposal = get_locked(proposal.id)
    proposals.POLICY.require(actor, proposals.Can.REVIEW, facts_of(proposal))
    if due < today:
        raise Refused(Refusal.VISIT_DATE)
    if queries.open_visit(proposal.id):
        raise Refused(Refusal.VISIT_ASKED)
    visit = SiteVisit(
        proposal_id=proposal.id, asked_by_id=actor.person_id, asked_at=now, due=due, question=question.strip()
    )
    session.add(visit)
    note(actor, proposal, Event.VISIT, now, reason=question, due=due.isoformat())
    return visit


def answer_visit(actor: Actor, proposal: Proposal, finding: str, now: datetime) -> SiteVisit:
    """Tell what was seen at the place; everybody reads it."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.ANSWER_VISIT, facts_of(proposal))
    visit = queries.open_visit(proposal.id)
    if visit is None:
        raise Refused(Refusal.NO_VISIT)
    visit.found_at, visit.found_by_id, visit.finding = now, actor.person_id, finding.strip()
    note(actor, proposal, Event.VISITED, now, reason=finding)
    return visit
