"""Reading innovations: the board in lanes, one with all that it shows, and what waits for the planner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, tuple_

from app.db.session import session
from app.innovations.models import Decision, Innovation, InnovationMisi, Provision, StageEntry
from app.innovations.rules.gates import Held, SiloRisk, missing, silo_risk
from app.innovations.rules.provisions import Kind
from app.innovations.rules.stages import LANES, Lane, Stage, targets
from app.kernel.outcomes import Missing
from app.kernel.paging import PAGE_SIZE, Page, page_of, parse_mark
from app.plans.models import Agency, Misi, Pillar
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal
from app.proposals.queries import from_micros, micros

LANE_SIZE = 12
# How many of the longest waiting innovations the planner's desk looks at.
DESK_SIZE = 100
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
    def ready_for(self) -> tuple[Stage, ...]:
        """The stages whose gates ask for nothing more."""
        return tuple(stage for stage in targets(self.stage) if not missing(stage, self.held))


@dataclass(frozen=True)
class Detail:
    """An innovation with what it refers to."""

    innovation: Innovation
    pillar: Pillar | None
    agency: Agency | None
    proposal_number: str | None
    proposal_title: str | None


@dataclass(frozen=True)
class ProvisionRow:
    provision: Provision
    agency: str | None
    pillar: str | None


@dataclass(frozen=True)
class Link:
    """Where a proposal went: its innovation's number, name and present stage."""

    number: str
    name: str
    stage: Stage


def _cards_select() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Innovation.id,
            Innovation.number,
            Innovation.name,
            Innovation.expansion,
            Innovation.stage,
            Innovation.stage_since,
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
    misi = _misi_of(ids)
    held = _held_of(ids)
    cards = [Card(*row[:10]) for row in rows]
    return [
        replace(
            card,
            misi=tuple(misi.get(card.id, ())),
            held=_with_columns(held.get(card.id, []), card.agency_id, card.pillar_number),
        )
        for card in cards
    ]


def _misi_of(ids: Sequence[int]) -> dict[int, list[MisiFacts]]:
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


def _held_of(ids: Sequence[int]) -> dict[int, list[Held]]:
    """What each innovation has; a person who is named twice counts once."""
    found: dict[int, list[Held]] = {}
    columns = (Provision.innovation_id, Provision.kind, Provision.legal_form, Provision.person)
    if ids:
        for row in session.execute(
            select(*columns).where(Provision.innovation_id.in_(ids)).distinct().order_by(*columns)
        ):
            found.setdefault(row[0], []).append(Held(row[1], row[2]))
    return found


def _with_columns(held: Iterable[Held], agency_id: int | None, pillar: int | None) -> tuple[Held, ...]:
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
    place = func.row_number().over(partition_by=lane, order_by=(Innovation.stage_since.desc(), Innovation.id.desc()))
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
        asked = asked.where(tuple_(Innovation.stage_since, Innovation.id) < (from_micros(mark[0]), mark[1]))
    ordered = asked.order_by(Innovation.stage_since.desc(), Innovation.id.desc())
    cards = _completed(session.execute(ordered.limit(size + 1)).all())
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


def get_detail(regency_code: str, number: str) -> Detail:
    row = session.execute(
        select(Innovation, Pillar, Agency, Proposal.number, Proposal.title)
        .outerjoin(Pillar, Pillar.id == Innovation.pillar_id)
        .outerjoin(Agency, Agency.id == Innovation.agency_id)
        .outerjoin(Proposal, Proposal.id == Innovation.origin_proposal_id)
        .where(Innovation.regency_code == regency_code, Innovation.number == number.upper())
    ).first()
    if row is None:
        raise Missing
    return Detail(*row)


def get_locked(innovation_id: int) -> Innovation:
    """The innovation with its row locked and read anew, for changing it."""
    innovation = session.get(Innovation, innovation_id, with_for_update=True, populate_existing=True)
    if innovation is None:
        raise Missing
    return innovation


def held_by(innovation: Innovation) -> tuple[Held, ...]:
    """What the innovation has to show at its gates."""
    held = _held_of([innovation.id]).get(innovation.id, [])
    return _with_columns(held, innovation.agency_id, innovation.pillar_id)


def misi_of_innovation(innovation_id: int) -> list[MisiFacts]:
    return _misi_of([innovation_id]).get(innovation_id, [])


def provisions_of(innovation_id: int) -> list[ProvisionRow]:
    """Oldest first, with the names of agency and pillar."""
    rows = session.execute(
        select(Provision, Agency.name, Pillar.name)
        .outerjoin(Agency, Agency.id == Provision.agency_id)
        .outerjoin(Pillar, Pillar.id == Provision.pillar_id)
        .where(Provision.innovation_id == innovation_id)
        .order_by(Provision.id)
    )
    return [ProvisionRow(*row) for row in rows]


def history_of(innovation_id: int) -> Sequence[StageEntry]:
    """Oldest first."""
    return session.scalars(
        select(StageEntry).where(StageEntry.innovation_id == innovation_id).order_by(StageEntry.id)
    ).all()


def find_decision(proposal_id: int) -> tuple[Decision, str | None] | None:
    """The decision on a proposal, with the name of the agency that it went to."""
    row = session.execute(
        select(Decision, Agency.name)
        .outerjoin(Agency, Agency.id == Decision.agency_id)
        .where(Decision.proposal_id == proposal_id)
    ).first()
    return (row[0], row[1]) if row else None


def find_link(proposal_id: int) -> Link | None:
    """The innovation that grew out of a proposal."""
    row = session.execute(
        select(Innovation.number, Innovation.name, Innovation.stage).where(Innovation.origin_proposal_id == proposal_id)
    ).first()
    return Link(*row) if row else None


def names_in(regency_code: str) -> set[str]:
    """The names that are taken, without the difference of capitals."""
    rows = session.scalars(select(Innovation.name).where(Innovation.regency_code == regency_code))
    return {name.casefold() for name in rows}
