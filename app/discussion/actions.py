"""Supporting a proposal and taking it back; doing either again changes nothing.

Neither stands in the log: the log is for ever, and what a resident backs is theirs to take back.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import aliased

from app.db.session import session
from app.db.upserts import add_once
from app.discussion import queries
from app.discussion.models import Support
from app.discussion.permissions import POLICY, Can
from app.discussion.rules import Refusal, refuse_support
from app.kernel.actor import SPEAKS, Actor
from app.kernel.movers import moves
from app.kernel.outcomes import Refused
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_locked


def support(actor: Actor, proposal: Proposal, now: datetime) -> Proposal:
    """Back the proposal; the key of the row decides which of two clicks counts."""
    proposal = _check(actor, proposal, now)
    is_new = add_once(Support, person_id=actor.person_id, proposal_id=proposal.id, at=now)
    return _count(proposal, int(is_new))


def take_back(actor: Actor, proposal: Proposal, now: datetime) -> Proposal:
    """No longer back the proposal."""
    proposal = _check(actor, proposal, now)
    removed = session.execute(
        delete(Support)
        .where(Support.person_id == actor.person_id, Support.proposal_id == proposal.id)
        .returning(Support.person_id)
    ).all()
    return _count(proposal, -len(removed))


def _check(actor: Actor, proposal: Proposal, now: datetime) -> Proposal:
    """The proposal, locked so that neither its status nor its count changes under us."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.SUPPORT, facts_of(proposal))
    if actor.level < SPEAKS:
        raise Refused(Refusal.NOT_CONFIRMED)
    phases = queries.backing_of(proposal, actor.person_id).phases
    if refusal := refuse_support(proposal.status, phases, now):
        raise Refused(refusal)
    return proposal


def _count(proposal: Proposal, change: int) -> Proposal:
    proposal.support_count += change
    session.flush()
    return proposal


class SupportMover:
    """Brings supports to the proposal with which theirs is united; the key is the person, who counts once."""

    kind = "support"

    def unite(self, from_id: int, into_id: int, only: Collection[int] | None = None) -> Collection[int]:
        """Both proposals are locked."""
        here = select(Support.person_id).where(Support.proposal_id == into_id)
        lacking = [Support.proposal_id == from_id, Support.person_id.not_in(here)]
        if only is not None:
            lacking.append(Support.person_id.in_(only))
        brought = select(Support.person_id, literal(into_id), Support.at).where(*lacking)
        added = session.scalars(
            insert(Support).from_select(["person_id", "proposal_id", "at"], brought).returning(Support.person_id)
        ).all()
        _count(get_locked(into_id), len(added))
        return added

    def separate(self, from_id: int, into_id: int, brought: Collection[int]) -> Collection[int]:
        """Who took it back and gave it anew has given it to the other one itself: the moment differs."""
        there = aliased(Support)
        moment = select(there.at).where(there.proposal_id == from_id, there.person_id == Support.person_id)
        gone = session.scalars(
            delete(Support)
            .where(
                Support.proposal_id == into_id,
                Support.person_id.in_(brought),
                Support.at == moment.correlate(Support).scalar_subquery(),
            )
            .returning(Support.person_id),
            execution_options={"synchronize_session": False},
        ).all()
        _count(get_locked(into_id), -len(gone))
        return gone


moves("proposal", SupportMover())
