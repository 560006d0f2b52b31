"""Taking a proposal in hand, giving it back, handing it to a colleague."""

from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Refused
from app.moderation import queries
from app.moderation.models import Assignment
from app.moderation.rules.refusals import Refusal
from app.proposals.models import Proposal
from app.proposals.permissions import POLICY, Can, reviews
from app.proposals.queries import facts_of, get_locked


def take(actor: Actor, proposal: Proposal, now: datetime) -> None:
    """Take it in hand; of two at once the second is told that the first has it."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.REVIEW, facts_of(proposal))
    held = queries.assignment_of(proposal.id)
    if held and held.moderator_id != actor.person_id:
        raise Refused(Refusal.TAKEN, name=queries.name_of(held.moderator_id))
    if held is None:
        _assign(actor, proposal, actor, now)


def give_back(actor: Actor, proposal: Proposal, now: datetime) -> None:
    """Let it go, so that anybody may take it."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.REVIEW, facts_of(proposal))
    held = queries.assignment_of(proposal.id)
    if held is None or held.moderator_id != actor.person_id:
        raise Refused(Refusal.NOT_YOURS)
    session.delete(held)
    session.flush()
    record(actor, "give_back", f"proposal:{proposal.id}", now)


def hand_over(actor: Actor, proposal: Proposal, colleague: Actor, now: datetime) -> None:
    """Give it to a colleague who may answer it; also what a third one had in hand, who may be ill."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.REVIEW, facts_of(proposal))
    if not reviews(colleague, facts_of(proposal)) or Role.MODERATOR not in colleague.roles:
        raise Refused(Refusal.NO_COLLEAGUE)
    if held := queries.assignment_of(proposal.id):
        session.delete(held)
        session.flush()
    _assign(actor, proposal, colleague, now)


def _assign(actor: Actor, proposal: Proposal, to: Actor, now: datetime) -> None:
    session.add(Assignment(proposal_id=proposal.id, moderator_id=to.person_id, since=now))
    session.flush()
    record(actor, "assign", f"proposal:{proposal.id}", now, moderator=to.person_id)
