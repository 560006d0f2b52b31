"""Answering a proposal."""

from datetime import datetime

from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.moderation.rules import EVENTS, Verdict, refuse_verdict, state_mark
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.permissions import POLICY, Can
from app.proposals.queries import facts_of, get_locked


def decide(actor: Actor, proposal: Proposal, verdict: Verdict, now: datetime) -> Proposal:
    """Publish, return or reject what the moderator saw; whoever answered first is not overruled."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.REVIEW, facts_of(proposal))
    if refusal := refuse_verdict(verdict, state_mark(proposal.status, proposal.held_since)):
        raise Refused(refusal)
    return move(actor, proposal, EVENTS[verdict.decision], now, code=verdict.code, reason=verdict.reason)
