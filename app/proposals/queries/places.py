"""Outlines, and proposals that ask for the same in the same place."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from app.db.session import session
from app.proposals.models import Proposal
from app.proposals.queries.lists import LIKELY, SEARCHED, ProposalRow, rows_select
from app.proposals.rules import SET_ASIDE, Answers
from app.proposals.rules.place import is_near, position_of
from app.regions.models import Region
from app.regions.rules import Place, RegionLevel, parent_code
from app.search.queries import alike

# Of the same work in the district so many are measured.
MEASURED = 200
MOST_ALIKE = 5


def home_of(village_code: str) -> tuple[Place, dict[str, Any] | None]:
    """The village, and its boundary where the data has one; one statement."""
    district = aliased(Region)
    row = session.execute(
        select(Region.code, Region.name, Region.kind, district.code, district.name, Region.boundary)
        .join(district, district.code == Region.parent_code)
        .where(Region.code == village_code)
    ).one()
    return Place(*row[:5]), row[5]


def outlines(within: str) -> list[dict[str, Any]]:
    """The boundaries of a village, or of all villages of a region."""
    is_there = (Region.code == within) | Region.code.startswith(f"{within}.", autoescape=True)
    asked = select(Region.boundary).where(Region.level == RegionLevel.VILLAGE, is_there).order_by(Region.code)
    return [boundary for boundary in session.scalars(asked) if boundary]


def alike_to(answers: Answers, regency_code: str, author_id: int) -> list[ProposalRow]:
    """Public proposals of others that may be the same: first the same work in the same place, then like texts."""
    text = f"{answers.title} {answers.problem} {answers.work} {answers.hamlet}"
    shown = _shown_nearby(answers, regency_code, author_id)
    scores = alike(SEARCHED, text, parent_code(answers.village_code), select(Proposal.id).where(*shown), MOST_ALIKE)
    likely = [id_ for id_, score in scores if score >= LIKELY]
    ids = list(dict.fromkeys([*_same_work(answers, shown), *likely]))[:MOST_ALIKE]
    rows = session.execute(rows_select().where(Proposal.id.in_(ids))).all() if ids else []
    return sorted((ProposalRow(*row) for row in rows), key=lambda row: ids.index(row.id))


def _shown_nearby(answers: Answers, regency_code: str, author_id: int) -> list[ColumnElement[bool]]:
    """Public in the district, by somebody else, and not set aside."""
    return [
        Proposal.regency_code == regency_code,
        Proposal.district_code == parent_code(answers.village_code),
        Proposal.author_id != author_id,
        Proposal.public_since.is_not(None),
        Proposal.status.not_in(SET_ASIDE),
    ]


def _same_work(answers: Answers, shown: Sequence[ColumnElement[bool]]) -> list[int]:
    """The same entry in the same hamlet of the village, or within a hundred metres; the newest first."""
    if answers.entry_id is None:
        return []
    is_close = or_(Proposal.village_code == answers.village_code, Proposal.latitude.is_not(None))
    rows = session.execute(
        select(Proposal.id, Proposal.village_code, Proposal.hamlet, Proposal.latitude, Proposal.longitude)
        .where(*shown, is_close, Proposal.entry_id == answers.entry_id)
        .order_by(Proposal.id.desc())
        .limit(MEASURED)
    )
    return [row.id for row in rows if _is_there(row, answers)]


def _is_there(row: Any, answers: Answers) -> bool:
    is_same_hamlet = bool(answers.hamlet) and row.hamlet.casefold() == answers.hamlet.casefold()
    here = position_of(answers.latitude, answers.longitude)
    is_same_village = row.village_code == answers.village_code
    return (is_same_hamlet and is_same_village) or is_near(here, position_of(row.latitude, row.longitude))
