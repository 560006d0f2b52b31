"""Lists of proposals as rows with their misi: filtered, searched, alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import aliased

from app.db.session import session
from app.kernel.paging import LARGEST, PAGE_SIZE, Page, page_of, parse_mark
from app.plans.models import Misi
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal, ProposalMisi
from app.proposals.rules import SET_ASIDE, Holder, Status
from app.regions.models import Region
from app.regions.rules import RegionKind
from app.search.queries import alike, matching

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The kind under which proposals are indexed, and from which likeness on (of 1000) one is worth showing to its author.
SEARCHED, LIKELY = "proposal", 80


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


def similar(regency_code: str, region: str, text: str, but_id: int | None = None, most: int = 5) -> list[ProposalRow]:
    """Public proposals of the region that say nearly the same and were not set aside, the likest first."""
    near = (Proposal.village_code == region) | Proposal.village_code.startswith(f"{region}.", autoescape=True)
    is_shown = Proposal.public_since.is_not(None) & Proposal.status.not_in(SET_ASIDE)
    is_another = (Proposal.regency_code == regency_code) & (Proposal.id != (but_id or 0))
    among = select(Proposal.id).where(is_another, near, is_shown)
    scores = dict(alike(SEARCHED, text, among, most))
    likely = [id_ for id_, score in scores.items() if score >= LIKELY]
    rows = session.execute(rows_select().where(Proposal.id.in_(likely))).all() if likely else []
    return sorted(with_misi(rows), key=lambda row: -scores[row.id])


def public_list(regency_code: str, filters: Filters, after: str | None, size: int = PAGE_SIZE) -> Page[ProposalRow]:
    """Public proposals of a regency, filtered, newest or most supported first; two statements."""
    asked = rows_select().where(Proposal.regency_code == regency_code, Proposal.public_since.is_not(None))
    if filters.text:
        says_so = Proposal.id.in_(matching(SEARCHED, filters.text))
        asked = asked.where((Proposal.number == filters.text.upper()) | says_so)
    if filters.misi:
        serves_it = (ProposalMisi.proposal_id == Proposal.id) & (Misi.number == filters.misi)
        linked = select(ProposalMisi.misi_id).join(Misi).where(serves_it, Misi.regency_code == regency_code)
        asked = asked.where(linked.exists())  # asked of the rows of one page, not of every proposal of the misi
    if filters.region:
        asked = asked.where(
            (Proposal.village_code == filters.region)
            | Proposal.village_code.startswith(f"{filters.region}.", autoescape=True)
        )
    if filters.status:
        asked = asked.where(Proposal.status == filters.status)
    else:
        asked = asked.where(Proposal.status.not_in(SET_ASIDE))
    if filters.order is Order.SUPPORT:
        return _by_support(asked, after, size)
    return _by_date(asked, after, size)


def _by_support(asked: Select[*tuple[Any, ...]], after: str | None, size: int) -> Page[ProposalRow]:
    mark = parse_mark(after, 2)
    if mark and mark[0] <= LARGEST:
        asked = asked.where(tuple_(Proposal.support_count, Proposal.id) < mark)
    rows = session.execute(asked.order_by(Proposal.support_count.desc(), Proposal.id.desc()).limit(size + 1)).all()
    return page_of(with_misi(rows), size, lambda row: f"{row.support_count}-{row.id}")


def _by_date(asked: Select[*tuple[Any, ...]], after: str | None, size: int) -> Page[ProposalRow]:
    if mark := moment_mark(after):
        asked = asked.where(tuple_(Proposal.public_since, Proposal.id) < mark)
    rows = session.execute(asked.order_by(Proposal.public_since.desc(), Proposal.id.desc()).limit(size + 1)).all()
    return page_of(with_misi(rows), size, lambda row: f"{micros(row.at)}-{row.id}")


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
