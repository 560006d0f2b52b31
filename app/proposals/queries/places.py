"""Outlines, and proposals that ask for the same in the same place."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from app.db.session import session
from app.proposals.models import Proposal
from app.proposals.queries.lists import ProposalRow, rows_select, similar, with_misi
from app.proposals.rules import SET_ASIDE, Answers
from app.proposals.rules.place import is_near, position_of
from app.regions.models import Region
from app.regions.queries import with_boundaries
from app.regions.rules import RegionLevel, parent_code

# Of the same work in the district so many are measured.
MEASURED = 200
MOST_ALIKE = 5


def outline_of(village_code: str) -> dict[str, Any] | None:
    """The village's boundary, where the data has one."""
    found = with_boundaries([village_code])
    return found[0].boundary if found else None


def outlines(within: str) -> list[dict[str, Any]]:
    """The boundaries of a village, or of all villages of a region."""
    is_there = (Region.code == within) | Region.code.startswith(f"{within}.", autoescape=True)
    asked = select(Region.boundary).where(Region.level == RegionLevel.VILLAGE, is_there).order_by(Region.code)
    return [boundary for boundary in session.scalars(asked) if boundary]


def alike_to(answers: Answers, regency_code: str, author_id: int) -> list[ProposalRow]:
    """Public proposals of others that may be the same: first the same work in the same place, then like texts."""
    same = _same_work(answers, author_id)
    text = f"{answers.title} {answers.problem} {answers.work} {answers.hamlet}"
    texts = similar(regency_code, parent_code(answers.village_code), text)
    known = {row.id for row in same} | _own(author_id, [row.id for row in texts])
    return [*same, *(row for row in texts if row.id not in known)][:MOST_ALIKE]


def _own(author_id: int, ids: Sequence[int]) -> set[int]:
    return set(session.scalars(select(Proposal.id).where(Proposal.author_id == author_id, Proposal.id.in_(ids))))


def _same_work(answers: Answers, author_id: int) -> list[ProposalRow]:
    """The same entry in the same hamlet of the village, or within a hundred metres."""
    if answers.entry_id is None:
        return []
    district = parent_code(answers.village_code)
    is_same = (Proposal.entry_id == answers.entry_id) & (Proposal.author_id != author_id)
    is_shown = Proposal.public_since.is_not(None) & Proposal.status.not_in(SET_ASIDE)
    is_close = or_(Proposal.village_code == answers.village_code, Proposal.latitude.is_not(None))
    rows = session.execute(
        select(Proposal.id, Proposal.village_code, Proposal.hamlet, Proposal.latitude, Proposal.longitude)
        .where(is_same, is_shown, is_close, Proposal.village_code.startswith(f"{district}.", autoescape=True))
        .order_by(Proposal.id.desc())
        .limit(MEASURED)
    )
    ids = [row.id for row in rows if _is_there(row, answers)][:MOST_ALIKE]
    return with_misi(session.execute(rows_select().where(Proposal.id.in_(ids))).all()) if ids else []


def _is_there(row: Any, answers: Answers) -> bool:
    is_same_hamlet = bool(answers.hamlet) and row.hamlet.casefold() == answers.hamlet.casefold()
    here = position_of(answers.latitude, answers.longitude)
    is_same_village = row.village_code == answers.village_code
    return (is_same_hamlet and is_same_village) or is_near(here, position_of(row.latitude, row.longitude))
