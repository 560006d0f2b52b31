"""The year's proposals as SIPD's export wants them, in portions, so that a large year fits into memory."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.catalog.models import CatalogEntry
from app.db.session import session
from app.moderation.queries.levels import VerdictRow, verdicts_of
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.rules import NEEDS_REASON, Event
from app.regions.models import Region

PORTION = 500
# What of a timeline the export asks for: when it was sent, in which years it stood, and the last no.
TOLD = (Event.SUBMIT, Event.REOPEN, *sorted(NEEDS_REASON))


@dataclass(frozen=True)
class Exported:
    """A proposal with its place, its entry's kind and agency, what its timeline tells and its verdicts that stand."""

    proposal: Proposal
    village: str
    district: str
    kind: Any
    agency_id: int | None
    steps: Sequence[TimelineEntry]
    verdicts: Sequence[VerdictRow]


def exported(cycle_id: int) -> Iterator[Exported]:
    """All that everybody may read, in the order of their coming; three statements for each portion."""
    last = 0
    while rows := _portion(cycle_id, last):
        last = rows[-1][0].id
        ids = [row[0].id for row in rows]
        steps, verdicts = _steps_of(ids), verdicts_of(ids)
        for proposal, village, district, kind, agency_id in rows:
            told = [row for row in verdicts.get(proposal.id, []) if row.stands]
            yield Exported(proposal, village, district, kind, agency_id, steps.get(proposal.id, []), told)


def _portion(cycle_id: int, after: int) -> Sequence[Any]:
    district = aliased(Region)
    return session.execute(
        select(Proposal, Region.name, district.name, CatalogEntry.kind, CatalogEntry.agency_id)
        .join(Region, Region.code == Proposal.village_code)
        .join(district, district.code == Region.parent_code)
        .outerjoin(CatalogEntry, CatalogEntry.id == Proposal.entry_id)
        .where(Proposal.cycle_id == cycle_id, Proposal.public_since.is_not(None), Proposal.id > after)
        .order_by(Proposal.id)
        .limit(PORTION)
    ).all()


def _steps_of(proposal_ids: Collection[int]) -> dict[int, list[TimelineEntry]]:
    """Oldest first."""
    asked = select(TimelineEntry).where(TimelineEntry.proposal_id.in_(proposal_ids), TimelineEntry.event.in_(TOLD))
    found: dict[int, list[TimelineEntry]] = {}
    for step in session.scalars(asked.order_by(TimelineEntry.proposal_id, TimelineEntry.id)):
        found.setdefault(step.proposal_id, []).append(step)
    return found
