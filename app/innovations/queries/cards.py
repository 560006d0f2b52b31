"""Innovations as lists show them: the board in lanes, a lane in pages, and what is ready for its next gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from app.db.session import session
from app.innovations.models import Innovation, InnovationMisi, Provision
from app.innovations.rules.gates import Held, SiloRisk, missing, silo_risk
from app.innovations.rules.provisions import Kind
from app.innovations.rules.stages import LANES, Lane, Stage, targets
from app.kernel.paging import PAGE_SIZE, Page, page_of, parse_mark
from app.plans.models import Misi, Pillar
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal
from app.proposals.queries import from_micros, micros

LANE_SIZE = 12
# How many of the longest waiting innovations the planner's desk looks at.
DESK_SIZE = 100
# The latest come first; those of the same moment, as from a file, in its order.
LATEST = (Innovation.stage_since.desc(), Innovation.id)
FOREVER = 253_402_300_799_000_000  # the end of the year 9999, in microseconds


@dataclass(frozen=True)
class Card:
    """An innovation as lists show it."""

    id: int
    number: str
    name: str
    expansion: str
    stage: Stage
    stage_since: datetime
    registered_at: datetime
    pillar_number: int | None
    pillar: str | None
    agency_id: int | None
    proposal_number: str | None
    misi: tuple[MisiFacts, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def risks(self) -> tuple[SiloRisk, ...]:
        return silo_risk(self.held)

    @property
    def knows_since(self) -> bool:
        """Since when a registered innovation stands in its first stage, its file does not say."""
        return self.proposal_number is not None or self.stage_since != self.registered_at

    @property
    def ready_for(self) -> tuple[Stage, ...]:
        """The stages whose gates ask for nothing more."""
        return tuple(stage for stage in targets(self.stage) if not missing(stage, self.held))


def _cards_select() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Innovation.id,
            Innovation.number,
            Innovation.name,
            Innovation.expansion,
            Innovation.stage,
            Innovation.stage_since,
            Innovation.registered_at,
            Pillar.number.label("pillar_number"),
            Pillar.name.label("pillar"),
            Innovation.agency_id,
            Proposal.number.label("proposal_number"),
        )
        .outerjoin(Pillar, Pillar.id == Innovation.pillar_id)
        .outerjoin(Proposal, Proposal.id == Innovation.origin_proposal_id)
    )


def _completed(rows: Sequence[Any]) -> list[Card]:
    """Complete the rows of cards with misi and provisions, in two statements for all of them."""
    ids = [row.id for row in rows]
    misi = misi_of_all(ids)
    held = held_of_all(ids)
    cards = [Card(*row[:11]) for row in rows]
    return [
        replace(
            card,
            misi=tuple(misi.get(card.id, ())),
            held=with_columns(held.get(card.id, []), card.agency_id, card.pillar_number),
        )
        for card in cards
    ]


def misi_of_all(ids: Sequence[int]) -> dict[int, list[MisiFacts]]:
    found: dict[int, list[MisiFacts]] = {}
    if ids:
        for row in session.execute(
            select(InnovationMisi.innovation_id, Misi.id, Misi.number, Misi.text, Misi.short)
            .join(Misi, Misi.id == InnovationMisi.misi_id)
            .where(InnovationMisi.innovation_id.in_(ids))
            .order_by(InnovationMisi.innovation_id, Misi.number)
        ):
            found.setdefault(row[0], []).append(MisiFacts(*row[1:]))
    return found


def held_of_all(ids: Sequence[int]) -> dict[int, list[Held]]:
    """What each innovation has; a person who is named twice counts once."""
    found: dict[int, list[Held]] = {}
    columns = (Provision.innovation_id, Provision.kind, Provision.legal_form, Provision.person)
    if ids:
        for row in session.execute(
            select(*columns).where(Provision.innovation_id.in_(ids)).distinct().order_by(*columns)
        ):
            found.setdefault(row[0], []).append(Held(row[1], row[2]))
    return found


def with_columns(held: Iterable[Held], agency_id: int | None, pillar: int | None) -> tuple[Held, ...]:
    """An agency and a pillar may also stand in the innovation itself, as a file or a decision gave them."""
    own = ((agency_id, Kind.AGENCY), (pillar, Kind.PILLAR))
    return (*held, *(Held(kind) for value, kind in own if value is not None))


def counts_of(regency_code: str) -> dict[tuple[int | None, Stage], int]:
    """How many innovations stand under each pillar number (None: under none) in each stage."""
    rows = session.execute(
        select(Pillar.number, Innovation.stage, func.count())
        .select_from(Innovation)
        .outerjoin(Pillar, Pillar.id == Innovation.pillar_id)
        .where(Innovation.regency_code == regency_code)
        .group_by(Pillar.number, Innovation.stage)
        .order_by(Pillar.number, Innovation.stage)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def first_in_lanes(regency_code: str, pillar_number: int | None) -> list[Card]:
    """The latest few of every lane, the latest first; three statements."""
    lane = case(*((Innovation.stage.in_(stages), lane.value) for lane, stages in LANES.items()))
    place = func.row_number().over(partition_by=lane, order_by=LATEST)
    placed = _cards_select().add_columns(place.label("place")).where(*_within(regency_code, pillar_number)).subquery()
    rows = session.execute(select(placed).where(placed.c.place <= LANE_SIZE).order_by(placed.c.place)).all()
    return _completed(rows)


def _within(regency_code: str, pillar_number: int | None) -> list[ColumnElement[bool]]:
    conditions = [Innovation.regency_code == regency_code]
    return conditions if pillar_number is None else [*conditions, Pillar.number == pillar_number]


def in_lane(
    regency_code: str, lane: Lane, pillar_number: int | None, after: str | None, size: int = PAGE_SIZE
) -> Page[Card]:
    """A lane in pages, the latest first; three statements."""
    asked = _cards_select().where(*_within(regency_code, pillar_number), Innovation.stage.in_(LANES[lane]))
    mark = parse_mark(after, 2)
    if mark and mark[0] < FOREVER:
        since = from_micros(mark[0])
        is_next = (Innovation.stage_since == since) & (Innovation.id > mark[1])
        asked = asked.where((Innovation.stage_since < since) | is_next)
    cards = _completed(session.execute(asked.order_by(*LATEST).limit(size + 1)).all())
    return page_of(cards, size, lambda card: f"{micros(card.stage_since)}-{card.id}")


def ready(regency_code: str) -> list[Card]:
    """Innovations whose next gate is complete, the longest waiting first; looks at the longest waiting only."""
    open_to = [stage for stage in Stage if targets(stage)]
    rows = session.execute(
        _cards_select()
        .where(Innovation.regency_code == regency_code, Innovation.stage.in_(open_to))
        .order_by(Innovation.stage_since, Innovation.id)
        .limit(DESK_SIZE)
    ).all()
    return [card for card in _completed(rows) if card.ready_for]
