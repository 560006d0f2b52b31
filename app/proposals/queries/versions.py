"""What proposals have said before."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.db.session import session
from app.proposals.models import ProposalVersion, TimelineEntry
from app.proposals.rules import Event


def versions_of(proposal_id: int) -> Sequence[ProposalVersion]:
    """The former versions, the oldest first."""
    asked = select(ProposalVersion).where(ProposalVersion.proposal_id == proposal_id)
    return session.scalars(asked.order_by(ProposalVersion.number)).all()


def count_versions(proposal_id: int) -> int:
    return session.scalars(select(func.count()).where(ProposalVersion.proposal_id == proposal_id)).one()


def last_revision(proposal_id: int) -> TimelineEntry | None:
    """The step that has led to what the proposal says now, if it was ever changed."""
    is_one = TimelineEntry.event.in_((Event.REVISE, Event.SPLIT))
    asked = select(TimelineEntry).where(TimelineEntry.proposal_id == proposal_id, is_one)
    return session.scalars(asked.order_by(TimelineEntry.id.desc()).limit(1)).first()
