"""Criteria, points and the order that they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from app.accounts.models import Person
from app.db.session import session
from app.kernel.actor import SPEAKS
from app.kernel.paging import LARGEST
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
from app.proposals.queries import lies_in
from app.proposals.rules import SET_ASIDE, Event, Status
from app.regions.models import Region

# What has had its points in the open, whatever has become of it since.
RANKED = frozenset(Status) - SET_ASIDE - {Status.DRAFT, Status.SUBMITTED, Status.RETURNED}

# Criterion to the points of each assessor.
Points = Mapping[str, tuple[int, ...]]


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


def points_on(proposal_id: int) -> Points:
    """The points of this year by criterion, in the order of the assessors; no names."""
    rows = session.execute(
        select(Score.proposal_id, Score.code, Score.points)
        .where(Score.proposal_id == proposal_id, _counts())
        .order_by(Score.assessor_id, Score.code)
    )
    return _by_criterion(rows).get(proposal_id, {})


def _counts() -> ColumnElement[bool]:
    """What was given in an earlier year does not."""
    began = began_anew(Score.proposal_id, Event.REOPEN)
    return or_(began.is_(None), Score.at > began)


def _by_criterion(rows: Iterable[Any]) -> Mapping[int, Points]:
    found: dict[int, dict[str, tuple[int, ...]]] = {}
    for row in rows:
        of_proposal = found.setdefault(row.proposal_id, {})
        of_proposal[row.code] = (*of_proposal.get(row.code, ()), row.points)
    return found


def card_of(proposal: Proposal, criteria: Sequence[CriterionFacts]) -> ScoreCard:
    """The proposal's points as they stand."""
    target = targets(proposal.cycle_id, [proposal.village_code])[proposal.village_code]
    return score_card(criteria, points_on(proposal.id), proposal.support_count, target)


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
    given = _points_in(cycle_id, district)
    points, rows = _by_criterion(given), {row.proposal_id: row for row in given}
    if not rows:
        return []
    notes = rank_notes_on(list(rows))
    aims = targets(cycle_id, sorted({row.village_code for row in given}))
    cards = {id_: score_card(criteria, points[id_], row.supports, aims[row.village_code]) for id_, row in rows.items()}
    ordered = sorted(rows, key=lambda id_: rank_key(cards[id_], _since(rows[id_].public_since), id_))
    return [_ranked(place, rows[id_], cards[id_], tuple(notes.get(id_, ()))) for place, id_ in enumerate(ordered, 1)]


def _ranked(place: int, row: Any, card: ScoreCard, notes: Sequence[RankNote]) -> Ranked:
    return Ranked(place, row.number, row.title, row.status, row.name, row.supports, card, notes)


def _points_in(cycle_id: int, district: str) -> Sequence[Any]:
    """Every point that counts, beside the proposal that it was given to."""
    # The limit, which is never reached, has the points looked for first: they are fewer than a district's proposals.
    scored = select(Proposal).where(Proposal.id.in_(select(Score.proposal_id))).limit(LARGEST).subquery().c
    return session.execute(
        select(
            scored.id.label("proposal_id"),
            scored.number,
            scored.title,
            scored.status,
            Region.name,
            scored.support_count.label("supports"),
            scored.village_code,
            scored.public_since,
            Score.code,
            Score.points,
        )
        .join(Region, Region.code == scored.village_code)
        .join(Score, Score.proposal_id == scored.id)
        .where(
            scored.cycle_id == cycle_id,
            lies_in([district], scored),
            scored.status.in_(RANKED),
            _counts(),
        )
        .order_by(scored.id, Score.assessor_id, Score.code)
    ).all()


def _since(public_since: datetime | None) -> datetime:
    assert public_since is not None  # what is ranked is public
    return public_since
