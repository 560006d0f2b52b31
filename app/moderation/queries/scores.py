"""Criteria, points and the order that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from app.accounts.models import Person
from app.db.session import session
from app.kernel.actor import SPEAKS
from app.moderation.models import Criterion, RankNote, Score, VillageSize
from app.moderation.queries.levels import began_anew
from app.moderation.rules.scoring import (
    CODES,
    DEFAULT,
    CriterionFacts,
    RankNoteKind,
    ScoreCard,
    rank_key,
    score_card,
    support_target,
)
from app.proposals.models import Proposal
from app.proposals.rules import SET_ASIDE, Event, Status
from app.regions.models import Region
from app.regions.queries import within

# What has had its points in the open, whatever has become of it since.
RANKED = frozenset(Status) - SET_ASIDE - {Status.DRAFT, Status.SUBMITTED, Status.RETURNED}


@dataclass(frozen=True)
class Ranked:
    """A proposal in the order of points, with its place in it."""

    place: int
    number: str | None
    title: str
    status: Status
    village: str
    support_count: int
    card: ScoreCard
    notes: Sequence[RankNote]

    @property
    def is_talked_over(self) -> bool:
        return any(note.kind is RankNoteKind.DISCUSSION for note in self.notes)


def criteria_of(cycle_id: int) -> tuple[CriterionFacts, ...]:
    """The cycle's own criteria, or the default ones."""
    rows = session.execute(
        select(Criterion.code, Criterion.name, Criterion.weight, Criterion.low, Criterion.middle, Criterion.high).where(
            Criterion.cycle_id == cycle_id
        )
    )
    own = sorted((CriterionFacts(*row) for row in rows), key=lambda one: CODES.index(one.code))
    return tuple(own) or DEFAULT


def sizes_of(cycle_id: int) -> dict[str, int]:
    """Village to the people who may have an identity card, as entered."""
    rows = session.execute(
        select(VillageSize.village_code, VillageSize.people)
        .where(VillageSize.cycle_id == cycle_id)
        .order_by(VillageSize.village_code)
    )
    return {row.village_code: row.people for row in rows}


def targets(cycle_id: int, village_codes: Sequence[str]) -> dict[str, int]:
    """Village to its target of supports: by the people entered, else by the residents who may support."""
    may_support = (
        select(func.count())
        .where(Person.village_code == Region.code, Person.level >= SPEAKS, Person.closed_at.is_(None))
        .correlate(Region)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Region.code, func.coalesce(VillageSize.people, may_support))
        .outerjoin(VillageSize, (VillageSize.village_code == Region.code) & (VillageSize.cycle_id == cycle_id))
        .where(Region.code.in_(village_codes))
        .order_by(Region.code)
    )
    return {code: support_target(people) for code, people in rows}


def points_on(proposal_ids: Sequence[int]) -> dict[int, dict[str, tuple[int, ...]]]:
    """Proposal to its points of this year by criterion, in the order of the assessors; no names."""
    began = began_anew(Score.proposal_id, Event.REOPEN)
    rows = session.execute(
        select(Score.proposal_id, Score.code, Score.points)
        .where(Score.proposal_id.in_(proposal_ids), or_(began.is_(None), Score.at > began))
        .order_by(Score.proposal_id, Score.assessor_id, Score.code)
    )
    found: dict[int, dict[str, tuple[int, ...]]] = {}
    for row in rows:
        of_proposal = found.setdefault(row.proposal_id, {})
        of_proposal[row.code] = (*of_proposal.get(row.code, ()), row.points)
    return found


def card_of(proposal: Proposal, criteria: Sequence[CriterionFacts]) -> ScoreCard:
    """The proposal's points as they stand."""
    target = targets(proposal.cycle_id, [proposal.village_code])[proposal.village_code]
    points = points_on([proposal.id]).get(proposal.id, {})
    return score_card(criteria, points, proposal.support_count, target)


def own_points(proposal_id: int, assessor_id: int | None) -> Mapping[str, int]:
    rows = session.execute(
        select(Score.code, Score.points).where(Score.proposal_id == proposal_id, Score.assessor_id == assessor_id)
    )
    return {row.code: row.points for row in rows}


def rank_notes_on(proposal_ids: Sequence[int]) -> dict[int, list[RankNote]]:
    """Oldest first."""
    found: dict[int, list[RankNote]] = {}
    asked = select(RankNote).where(RankNote.proposal_id.in_(proposal_ids)).order_by(RankNote.id)
    for row in session.scalars(asked):
        found.setdefault(row.proposal_id, []).append(row)
    return found


def ranking(cycle_id: int, district: str, criteria: Sequence[CriterionFacts]) -> list[Ranked]:
    """All proposals of the district that have points, the best first; bounded by what a district can assess."""
    is_scored = Proposal.id.in_(select(Score.proposal_id))
    rows = session.execute(
        select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            Proposal.status,
            Region.name,
            Proposal.support_count,
            Proposal.village_code,
            Proposal.public_since,
        )
        .join(Region, Region.code == Proposal.village_code)
        .where(
            Proposal.cycle_id == cycle_id,
            within(Proposal.village_code, [district]),
            Proposal.status.in_(RANKED),
            is_scored,
        )
        .order_by(Proposal.id)
    ).all()
    ids = [row.id for row in rows]
    if not ids:
        return []
    points, notes = points_on(ids), rank_notes_on(ids)
    rows = [row for row in rows if row.id in points]
    aims = targets(cycle_id, sorted({row.village_code for row in rows}))
    cards = {row.id: score_card(criteria, points[row.id], row.support_count, aims[row.village_code]) for row in rows}
    ordered = sorted(rows, key=lambda row: rank_key(cards[row.id], _since(row.public_since), row.id))
    return [
        Ranked(place, *row[1:6], cards[row.id], tuple(notes.get(row.id, ()))) for place, row in enumerate(ordered, 1)
    ]


def _since(public_since: datetime | None) -> datetime:
    assert public_since is not None  # what is ranked is public
    return public_since
