"""Supporting a proposal and taking it back; doing either again changes nothing.

Neither stands in the log: the log is for ever, and what a resident backs is theirs to take back.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import aliased

from app.db.session import session
from app.db.upserts import add_once
from app.discussion import queries
from app.discussion.actions.counting import count
from app.discussion.models import Support, SupportCount
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
    cycle_id = proposal.cycle_id
    is_new = add_once(Support, person_id=actor.person_id, proposal_id=proposal.id, cycle_id=cycle_id, at=now)
    return _count(proposal, [cycle_id] if is_new else [])


def take_back(actor: Actor, proposal: Proposal, now: datetime) -> Proposal:
    """No longer back the proposal."""
    proposal = _check(actor, proposal, now)
    removed = session.scalars(
        delete(Support)
        .where(Support.person_id == actor.person_id, Support.proposal_id == proposal.id)
        .returning(Support.cycle_id)
    ).all()
    return _count(proposal, removed, by=-1)


def _check(actor: Actor, proposal: Proposal, now: datetime) -> Proposal:
    """The proposal, locked so that neither its status nor its count changes under us."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.SUPPORT, facts_of(proposal))
    if actor.level < SPEAKS:
        raise Refused(Refusal.NOT_CONFIRMED)
    phases = queries.phases_of(proposal.cycle_id)
    if refusal := refuse_support(proposal.status, phases, now):
        raise Refused(refusal)
    return proposal


def _count(proposal: Proposal, cycles: Iterable[int], by: int = 1) -> Proposal:
    """Count supports given or gone, each in its year."""
    for cycle_id, change in Counter(cycles).items():
        proposal.support_count += by * change
        count(SupportCount.count, by * change, proposal_id=proposal.id, cycle_id=cycle_id)
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
        brought = select(Support.person_id, literal(into_id), Support.cycle_id, Support.at).where(*lacking)
        added = session.execute(
            insert(Support)
            .from_select(["person_id", "proposal_id", "cycle_id", "at"], brought)
            .returning(Support.person_id, Support.cycle_id)
        ).all()
        _count(get_locked(into_id), [row.cycle_id for row in added])
        return [row.person_id for row in added]

    def separate(self, from_id: int, into_id: int, brought: Collection[int]) -> Collection[int]:
        """Who took it back and gave it anew has given it to the other one itself: the moment differs."""
        there = aliased(Support)
        moment = select(there.at).where(there.proposal_id == from_id, there.person_id == Support.person_id)
        gone = session.execute(
            delete(Support)
            .where(
                Support.proposal_id == into_id,
                Support.person_id.in_(brought),
                Support.at == moment.correlate(Support).scalar_subquery(),
            )
            .returning(Support.person_id, Support.cycle_id),
            execution_options={"synchronize_session": False},
        ).all()
        _count(get_locked(into_id), [row.cycle_id for row in gone], by=-1)
        return [row.person_id for row in gone]


moves("proposal", SupportMover())
