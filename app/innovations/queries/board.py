"""The board: how many stand in each stage and how long, the first few of each lane, and a lane in pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, case, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from app.db.session import session
from app.innovations.models import Innovation, InnovationDistrict, InnovationMisi
from app.innovations.queries.cards import Card, cards_select, with_misi
from app.innovations.queries.registry import SEARCHED
from app.innovations.rules.board import AGENCY_GONE, ANY_RISK, Filters, Order
from app.innovations.rules.profile import scores_of
from app.innovations.rules.stages import LANES, Lane, Origin, Stage
from app.kernel.paging import PAGE_SIZE, Page, page_of, parse_mark
from app.plans.models import Agency, Misi, Pillar
from app.proposals.queries import from_micros, micros
from app.regions.models import Region
from app.search.queries import matching

Asked = Sequence[ColumnElement[bool]]

LANE_SIZE = 6
MOST_EXPORTED = 20_000
FOREVER = 253_402_300_799_000_000  # the end of the year 9999, in microseconds
UNSCORED = -1
maturity = func.coalesce(Innovation.score, UNSCORED)


@dataclass(frozen=True)
class Tally:
    """How many stand in a stage, since when the one that waits longest, and how many are at risk."""

    count: int = 0
    oldest: datetime | None = None
    at_risk: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        both = [since for since in (self.oldest, other.oldest) if since]
        return Tally(self.count + other.count, min(both, default=None), self.at_risk + other.at_risk)


# By pillar (None: under none) and stage.
Tallies = Mapping[tuple[int | None, Stage], Tally]


def tallies(regency_code: str, filters: Filters, today: date) -> Tallies:
    """How many there are of what the filters leave; whatever pillar is asked for, all of them are counted."""
    is_known = (Innovation.origin != Origin.REGISTERED) | (Innovation.stage_since != Innovation.registered_at)
    oldest = func.min(case((is_known, Innovation.stage_since), else_=None))
    at_risk = func.count(case((Innovation.silo_reasons != "", 1), else_=None))
    rows = session.execute(
        select(Innovation.pillar_id, Innovation.stage, func.count(), oldest, at_risk)
        .where(*_asked(regency_code, filters, today))
        .group_by(Innovation.stage, Innovation.pillar_id)
        .order_by(Innovation.stage, Innovation.pillar_id)
    )
    return {(row[0], row[1]): Tally(*row[2:]) for row in rows}


def count_by_pillar(regency_code: str) -> dict[int | None, int]:
    """How many innovations stand under each pillar number (None: under none)."""
    rows = session.execute(
        select(Pillar.number, func.count())
        .select_from(Innovation)
        .outerjoin(Pillar, Pillar.id == Innovation.pillar_id)
        .where(Innovation.regency_code == regency_code)
        .group_by(Pillar.number)
        .order_by(Pillar.number)
    )
    return {row[0]: row[1] for row in rows}


def first_in_lanes(regency_code: str, filters: Filters, order: Order, today: date) -> dict[Lane, list[Card]]:
    """The first few of every lane but the ended."""
    asked = [*_asked(regency_code, filters, today), *_of_pillar(regency_code, filters.pillar), *_of_order(order)]
    stages = [stage for lane, stages in LANES.items() if lane is not Lane.ENDED for stage in stages]
    rows = session.execute(_firsts(stages, asked, order, LANE_SIZE, is_few=bool(filters.text))).all()
    shown = {lane: [row for row in rows if row.stage in stages][:LANE_SIZE] for lane, stages in LANES.items()}
    cards = {card.id: card for card in with_misi([row for some in shown.values() for row in some])}
    return {lane: [cards[row.id] for row in some] for lane, some in shown.items()}


def _firsts(stages: Sequence[Stage], asked: Asked, order: Order, many: int, *, is_few: bool) -> Select[Any]:
    """So many of each stage, and all of them in order; where few are meant they are read, else looked for by stage."""
    found = _placed(stages, asked, order, many) if is_few else _looked_for(stages, asked, order, many)
    return cards_select().where(Innovation.id.in_(found)).order_by(*_sorted(order))


def _placed(stages: Sequence[Stage], asked: Asked, order: Order, many: int) -> Select[Any]:
    place = func.row_number().over(partition_by=Innovation.stage, order_by=_sorted(order)).label("place")
    placed = select(Innovation.id, place).where(*asked, Innovation.stage.in_(stages)).subquery()
    return select(placed.c.id).where(placed.c.place <= many)


def _looked_for(stages: Sequence[Stage], asked: Asked, order: Order, many: int) -> CompoundSelect[Any]:
    firsts = [
        select(Innovation.id).where(*asked, Innovation.stage == stage).order_by(*_sorted(order)).limit(many)
        for stage in stages
    ]
    return union_all(*(select(first.subquery().c.id) for first in firsts))


def in_stages(
    regency_code: str,
    stages: Sequence[Stage],
    filters: Filters,
    order: Order,
    today: date,
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[Card]:
    """Innovations of some stages in pages."""
    asked = [
        *_asked(regency_code, filters, today),
        *_of_pillar(regency_code, filters.pillar),
        *_of_order(order),
        *_after(order, after),
    ]
    rows = session.execute(_firsts(stages, asked, order, size + 1, is_few=bool(filters.text)).limit(size + 1)).all()
    return page_of(with_misi(rows), size, lambda card: mark_of(order, card))


def exported(regency_code: str, filters: Filters, today: date) -> list[Card]:
    """All that the filters leave, by number, for a file."""
    asked = [*_asked(regency_code, filters, today), *_of_pillar(regency_code, filters.pillar)]
    return with_misi(session.execute(cards_select().where(*asked).order_by(Innovation.id).limit(MOST_EXPORTED)).all())


# What is asked for


def _asked(regency_code: str, filters: Filters, today: date) -> Iterator[ColumnElement[bool]]:
    """The conditions of all filters but the pillar."""
    yield Innovation.regency_code == regency_code
    if filters.text:
        # Asked once, however many stages look into it.
        hits = matching(SEARCHED, filters.text, regency_code).cte("hits")
        is_number = Innovation.number == filters.text.strip().upper()
        yield Innovation.id.in_(select(hits.c.ref_id)) | is_number
    if filters.misi is not None:
        own = select(Misi.id).where(Misi.regency_code == regency_code, Misi.number == filters.misi)
        yield Innovation.id.in_(select(InnovationMisi.innovation_id).where(InnovationMisi.misi_id.in_(own)))
    if filters.agency_id is not None:
        yield Innovation.agency_id == filters.agency_id
    if filters.district:
        here = InnovationDistrict.district_code == filters.district
        yield Innovation.id.in_(select(InnovationDistrict.innovation_id).where(here))
    if filters.light:
        yield Innovation.score.between(*scores_of(filters.light))
    if filters.risk:
        yield _at_risk(regency_code, filters.risk, today)


def _at_risk(regency_code: str, risk: str, today: date) -> ColumnElement[bool]:
    if risk == ANY_RISK:
        return Innovation.silo_reasons != ""
    if risk == AGENCY_GONE:
        gone = select(Agency.id).where(Agency.regency_code == regency_code, Agency.ended_on <= today)
        return Innovation.agency_id.in_(gone)
    return (literal(",") + Innovation.silo_reasons + ",").contains(f",{risk},", autoescape=True)


def _of_pillar(regency_code: str, number: int | None) -> Iterator[ColumnElement[bool]]:
    if number is not None:
        is_own = or_(Pillar.regency_code == regency_code, Pillar.regency_code.is_(None))
        yield Innovation.pillar_id.in_(select(Pillar.id).where(is_own, Pillar.number == number))


def _of_order(order: Order) -> Iterator[ColumnElement[bool]]:
    """Who asks for those that are at risk longest means only those that are."""
    if order is Order.RISK:
        yield Innovation.silo_since.is_not(None)


# Orders and their marks


def _sorted(order: Order) -> tuple[Any, ...]:
    return {
        Order.LATEST: (Innovation.stage_since.desc(), Innovation.id.desc()),
        Order.WAITING: (Innovation.stage_since, Innovation.id),
        Order.SCORE: (maturity.desc(), Innovation.id.desc()),
        Order.RISK: (Innovation.silo_since, Innovation.id),
    }[order]


def mark_of(order: Order, card: Card) -> str:
    if order is Order.SCORE:
        return f"{UNSCORED + 1 if card.score is None else card.score + 1}-{card.id}"
    at = card.silo_since if order is Order.RISK else card.stage_since
    return f"{micros(at or card.stage_since)}-{card.id}"


def _after(order: Order, after: str | None) -> Iterator[ColumnElement[bool]]:
    """What comes after the mark; a mark that is none of ours begins anew."""
    mark = parse_mark(after, 2)
    if mark is None or mark[0] >= FOREVER:
        return
    if order is Order.SCORE:
        yield or_(maturity < mark[0] - 1, and_(maturity == mark[0] - 1, Innovation.id < mark[1]))
        return
    column = Innovation.silo_since if order is Order.RISK else Innovation.stage_since
    since = from_micros(mark[0])
    is_down = order is Order.LATEST
    later = column < since if is_down else column > since
    next_one = Innovation.id < mark[1] if is_down else Innovation.id > mark[1]
    yield or_(later, and_(column == since, next_one))


# What the filters offer


@dataclass(frozen=True)
class Choices:
    """What a regency's board can be narrowed down to; a pillar with its id before its number."""

    pillars: Sequence[tuple[int, int, str]]
    misi: Sequence[tuple[int, str]]
    agencies: Sequence[tuple[int, str]]
    districts: Sequence[tuple[str, str]]


def choices_of(regency_code: str) -> Choices:
    """Pillars, misi, agencies and kecamatan in one statement; the national pillars where it has none of its own."""
    is_own, other = Pillar.regency_code == regency_code, aliased(Pillar)
    has_own = select(other.id).where(other.regency_code == regency_code).exists()
    pillars = _offer("pillar", Pillar.id, Pillar.number, null(), Pillar.name).where(
        is_own | (Pillar.regency_code.is_(None) & ~has_own)
    )
    misi = _offer("misi", Misi.id, Misi.number, null(), Misi.short).where(Misi.regency_code == regency_code)
    agencies = _offer("agency", Agency.id, literal(0), null(), Agency.name).where(Agency.regency_code == regency_code)
    districts = _offer("district", literal(0), literal(0), Region.code, Region.name).where(
        Region.parent_code == regency_code
    )
    rows = session.execute(union_all(pillars, misi, agencies, districts)).all()
    return Choices(
        sorted(((row.key, row.number, row.name) for row in rows if row.kind == "pillar"), key=itemgetter(1)),
        sorted((row.number, row.name) for row in rows if row.kind == "misi"),
        sorted(((row.key, row.name) for row in rows if row.kind == "agency"), key=itemgetter(1, 0)),
        sorted(((row.code, row.name) for row in rows if row.kind == "district"), key=itemgetter(1, 0)),
    )


def _offer(kind: str, key: Any, number: Any, code: Any, name: Any) -> Select[Any]:
    columns = {"kind": literal(kind), "key": key, "number": number, "code": code, "name": name}
    return select(*(column.label(label) for label, column in columns.items()))
