"""Lists of proposals as rows with their misi: filtered, searched, alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true, tuple_, union_all
from sqlalchemy.orm import aliased

from app.db.session import session
from app.kernel.paging import LARGEST, PAGE_SIZE, Page, page_of, parse_mark
from app.plans.models import Misi
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal, ProposalMisi
from app.proposals.rules import SET_ASIDE, Holder, Status
from app.regions.models import Region
from app.regions.rules import RegionKind
from app.search.queries import MOST_FOUND, alike, matching

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The kind under which proposals are indexed, and from which likeness on (of 1000) one is worth showing to its author.
SEARCHED, LIKELY = "proposal", 80
# So many proposals are read through rather than looked for in an index.
FEW = 500
# What lists ask of a proposal, and their orders.
ASKED = (
    Proposal.id,
    Proposal.regency_code,
    Proposal.district_code,
    Proposal.village_code,
    Proposal.status,
    Proposal.support_count,
    Proposal.public_since,
)


class Order(StrEnum):
    NEWEST = "baru"
    SUPPORT = "dukungan"


@dataclass(frozen=True)
class ProposalRow:
    """A line of a list: what a card shows; `misi` in order of number."""

    id: int
    number: str
    title: str
    status: Status
    village: str
    village_kind: RegionKind
    district: str
    estimate: int
    support_count: int
    at: datetime
    holder: Holder
    held_since: datetime
    held_until: datetime | None
    misi: tuple[MisiFacts, ...] = ()


@dataclass(frozen=True)
class Filters:
    """What a visitor asks of the list; each empty value asks nothing."""

    text: str = ""
    misi: int | None = None
    region: str = ""
    status: Status | None = None
    order: Order = Order.NEWEST


@cache
def rows_select() -> Select[*tuple[Any, ...]]:
    """The columns of a list row, joined to the place; misi are added by `with_misi`. Built once: aliases are dear."""
    district = aliased(Region)
    return (
        select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            Proposal.status,
            Region.name.label("village"),
            Region.kind.label("village_kind"),
            district.name.label("district"),
            Proposal.estimate,
            Proposal.support_count,
            func.coalesce(Proposal.public_since, Proposal.written_at).label("at"),
            Proposal.holder,
            Proposal.held_since,
            Proposal.held_until,
        )
        .join(Region, Region.code == Proposal.village_code)
        .join(district, district.code == Region.parent_code)
    )


def with_misi(rows: Sequence[Any]) -> list[ProposalRow]:
    """Complete list rows with their misi, in one statement for all of them."""
    misi: dict[int, list[MisiFacts]] = {}
    ids = [row.id for row in rows]
    if ids:
        for found in session.execute(
            select(ProposalMisi.proposal_id, Misi.id, Misi.number, Misi.text, Misi.short)
            .join(Misi, Misi.id == ProposalMisi.misi_id)
            .where(ProposalMisi.proposal_id.in_(ids))
            .order_by(ProposalMisi.proposal_id, Misi.number)
        ):
            misi.setdefault(found[0], []).append(MisiFacts(*found[1:]))
    return [ProposalRow(*(*row, tuple(misi.get(row.id, ())))) for row in rows]


def lies_in(scopes: Iterable[str], listed: Any = Proposal) -> ColumnElement[bool]:
    """SQL for `covers`, of the column that each scope's index begins with: the empty scope holds all, no scope none."""
    columns = {2: listed.regency_code, 3: listed.district_code}
    inside = (columns.get(scope.count(".") + 1, listed.village_code) == scope if scope else true() for scope in scopes)
    return or_(false(), *inside)


def similar(regency_code: str, region: str, text: str, but_id: int | None = None, most: int = 5) -> list[ProposalRow]:
    """Public proposals of the region that say nearly the same and were not set aside, the likest first."""
    is_shown = Proposal.public_since.is_not(None) & Proposal.status.not_in(SET_ASIDE)
    is_another = (Proposal.regency_code == regency_code) & (Proposal.id != (but_id or 0))
    among = select(Proposal.id).where(is_another, lies_in([region]), is_shown)
    scores = dict(alike(SEARCHED, text, region, among, most))
    likely = [id_ for id_, score in scores.items() if score >= LIKELY]
    rows = session.execute(rows_select().where(Proposal.id.in_(likely))).all() if likely else []
    return sorted(with_misi(rows), key=lambda row: -scores[row.id])


def public_list(regency_code: str, filters: Filters, after: str | None, size: int = PAGE_SIZE) -> Page[ProposalRow]:
    """Public proposals of a regency, filtered, newest or most supported first.

    The page is found in an index first: rows are read and joined only for what is shown.
    """
    listed = _listed(regency_code, filters)
    is_by_support = filters.order is Order.SUPPORT
    key, mark_of = (listed.support_count, support_mark) if is_by_support else (listed.public_since, moment_mark)
    ids = select(listed.id).where(*_asked(listed, regency_code, filters))
    if mark := mark_of(after):
        ids = ids.where(tuple_(key, listed.id) < mark)
    ids = ids.order_by(key.desc(), listed.id.desc()).limit(size + 1)
    shown = Proposal.support_count if is_by_support else Proposal.public_since
    rows = session.execute(rows_select().where(Proposal.id.in_(ids)).order_by(shown.desc(), Proposal.id.desc())).all()
    return page_of(
        with_misi(rows), size, lambda row: f"{row.support_count if is_by_support else micros(row.at)}-{row.id}"
    )


def _asked(listed: Any, regency_code: str, filters: Filters) -> Iterator[ColumnElement[bool]]:
    yield lies_in([filters.region or regency_code], listed)
    yield listed.public_since.is_not(None)
    yield listed.status == filters.status if filters.status else listed.status.not_in(SET_ASIDE)
    if filters.misi:
        yield _serving(regency_code, filters.misi).where(ProposalMisi.proposal_id == listed.id).exists()


def _listed(regency_code: str, filters: Filters) -> Any:
    """The columns that are asked: of all proposals, or of a few, where it is known which ones can be meant.

    The limit, which they never reach, keeps the engines from asking every proposal whether it is among them.
    """
    few = _few(regency_code, filters)
    if few is None:
        return Proposal
    return select(*ASKED).where(Proposal.id.in_(few)).limit(MOST_FOUND + 1).subquery().c


def _few(regency_code: str, filters: Filters) -> Any:
    """What was searched for, or else what serves a misi that few proposals serve."""
    if filters.text:
        hits = matching(SEARCHED, filters.text, filters.region or regency_code).subquery()
        return union_all(select(hits), select(Proposal.id).where(Proposal.number == filters.text.upper()))
    if filters.misi:
        serving = _serving(regency_code, filters.misi)
        some = serving.limit(FEW + 1).subquery()
        is_few = session.scalars(select(func.count()).select_from(some)).one() <= FEW
        return select(some) if is_few else None
    return None


def _serving(regency_code: str, misi: int) -> Select[int]:
    is_it = (Misi.number == misi) & (Misi.regency_code == regency_code)
    return select(ProposalMisi.proposal_id).join(Misi, Misi.id == ProposalMisi.misi_id).where(is_it)


def support_mark(after: str | None) -> tuple[int, ...] | None:
    """The count and the number that a mark like `120-45` stands for."""
    mark = parse_mark(after, 2)
    return mark if mark and mark[0] <= LARGEST else None


def micros(at: datetime) -> int:
    """Microseconds since 1970, exact."""
    from_epoch = at - EPOCH
    return (from_epoch.days * 86_400 + from_epoch.seconds) * 1_000_000 + from_epoch.microseconds


def from_micros(number: int) -> datetime:
    return EPOCH + timedelta(microseconds=number)


def moment_mark(after: str | None) -> tuple[datetime, int] | None:
    """The moment and the number that a mark like `1732161600000000-45` stands for."""
    mark = parse_mark(after, 2)
    if mark is None or mark[0] >= 253_402_300_799_000_000:  # the end of the year 9999
        return None
    return from_micros(mark[0]), mark[1]
