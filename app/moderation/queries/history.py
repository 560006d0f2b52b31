"""Merges, splits and batches."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db.session import session
from app.kernel.outcomes import Missing
from app.moderation.models import Batch, BatchItem, Merge, MergeMove, Split
from app.moderation.rules.merging import Side
from app.proposals.models import Proposal
from app.proposals.rules import Refusal, Status

CHANGED = Refusal.CHANGED_MEANWHILE


def get_merge(merge_id: int) -> Merge:
    """Read anew: it may have been undone while its proposals were being locked."""
    found = session.get(Merge, merge_id, populate_existing=True)
    if found is None:
        raise Missing
    return found


def standing_merge(proposal_id: int) -> Merge | None:
    """The merge by which the proposal is part of another now."""
    return session.scalars(select(Merge).where(Merge.merged_id == proposal_id, Merge.undone_at.is_(None))).first()


def merges_into(proposal_id: int) -> Sequence[Merge]:
    """The merges in force that have brought something to the proposal, oldest first."""
    return session.scalars(
        select(Merge).where(Merge.into_id == proposal_id, Merge.undone_at.is_(None)).order_by(Merge.id)
    ).all()


def side_of(proposal: Proposal) -> Side:
    """The proposal as one side of a merge; only what is merged lies within others."""
    within: list[int] = []
    at = proposal.id
    if proposal.status is Status.MERGED:
        while (found := standing_merge(at)) and found.into_id not in within:
            within.append(at := found.into_id)
    is_public = proposal.public_since is not None
    return Side(proposal.id, proposal.regency_code, proposal.status, is_public, tuple(within))


def brought_by(merge_id: int, kind: str) -> list[int]:
    """The keys of what a merge has brought over."""
    rows = session.scalars(
        select(MergeMove.key).where(MergeMove.merge_id == merge_id, MergeMove.kind == kind).order_by(MergeMove.key)
    )
    return list(rows)


def find_part(whole_id: int, form_key: str) -> Proposal | None:
    """What this form has split off the proposal."""
    return session.scalars(
        select(Proposal)
        .join(Split, Split.part_id == Proposal.id)
        .where(Split.from_id == whole_id, Proposal.form_key == form_key)
    ).first()


def get_batch_locked(batch_id: int) -> Batch:
    found = session.get(Batch, batch_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise Missing
    return found


def last_batch_of(person_id: int) -> Batch | None:
    """The moderator's latest batch."""
    return session.scalars(
        select(Batch).where(Batch.moderator_id == person_id).order_by(Batch.id.desc()).limit(1)
    ).first()


def items_of(batch_id: int) -> Sequence[BatchItem]:
    return session.scalars(
        select(BatchItem).where(BatchItem.batch_id == batch_id).order_by(BatchItem.proposal_id)
    ).all()
