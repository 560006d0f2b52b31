"""Reading proposals: lists as rows, one with its misi and timeline."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import aliased

from app.cycles.models import Cycle
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing
from app.kernel.paging import LARGEST, PAGE_SIZE, Page, page_of, parse_mark
from app.plans.models import Misi
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal, ProposalMisi, TimelineEntry
from app.proposals.permissions import POLICY, Can, ProposalFacts
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


def facts_of(proposal: Proposal) -> ProposalFacts:
    return ProposalFacts(
        proposal.village_code,
        proposal.author_id,
        proposal.typed_by_id,
        proposal.status,
        proposal.public_since is not None,
    )


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


def text_of(proposal: Proposal) -> str:
    """What the search knows of a proposal."""
    return f"{proposal.title} {proposal.problem} {proposal.work} {proposal.hamlet}"


def all_texts() -> Iterator[tuple[int, str]]:
    """Of every proposal that was ever sent."""
    columns = (Proposal.title, Proposal.problem, Proposal.work, Proposal.hamlet)
    rows = session.execute(select(Proposal.id, *columns).where(Proposal.number.is_not(None)).order_by(Proposal.id))
    return ((row[0], " ".join(row[1:])) for row in rows.all())


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
        asked = asked.where(
            Proposal.id.in_(
                select(ProposalMisi.proposal_id)
                .join(Misi)
                .where(Misi.regency_code == regency_code, Misi.number == filters.misi)
            )
        )
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


def find_by_number(regency_code: str, number: str) -> Proposal | None:
    return session.scalars(
        select(Proposal).where(Proposal.number == number.upper(), Proposal.regency_code == regency_code)
    ).first()


def get_seen_by(actor: Actor, regency_code: str, number: str) -> Proposal:
    """The proposal, for those who may know of it; to others it is missing."""
    proposal = find_by_number(regency_code, number)
    if proposal is None or not POLICY.may(actor, Can.SEE, facts_of(proposal)):
        raise Missing
    return proposal


def get_draft(author_id: int, form_key: str) -> Proposal:
    """The author's own draft by the key of its form."""
    proposal = find_draft(author_id, form_key)
    if proposal is None:
        raise Missing
    return proposal


def find_draft(author_id: int, form_key: str) -> Proposal | None:
    return session.scalars(
        select(Proposal).where(Proposal.author_id == author_id, Proposal.form_key == form_key)
    ).first()


def find_draft_locked(author_id: int, form_key: str) -> Proposal | None:
    """As `find_draft`, with its row locked and read anew, for changing it."""
    asked = select(Proposal).where(Proposal.author_id == author_id, Proposal.form_key == form_key)
    return session.scalars(asked.with_for_update(), execution_options={"populate_existing": True}).first()


def lock_all(proposal_ids: Collection[int]) -> None:
    """Lock several proposals that are to be moved together, before the first of them is.

    Every move ends in the log, which has one writer at a time: whoever holds the log must wait for no proposal.
    """
    asked = select(Proposal.id).where(Proposal.id.in_(proposal_ids)).order_by(Proposal.id)
    session.execute(asked.with_for_update())


def get_locked(proposal_id: int) -> Proposal:
    """The proposal with its row locked and read anew, for changing it."""
    proposal = session.get(Proposal, proposal_id, with_for_update=True, populate_existing=True)
    if proposal is None:
        raise Missing
    return proposal


def misi_of_proposal(proposal_id: int) -> list[MisiFacts]:
    rows = session.execute(
        select(Misi.id, Misi.number, Misi.text, Misi.short)
        .join(ProposalMisi, ProposalMisi.misi_id == Misi.id)
        .where(ProposalMisi.proposal_id == proposal_id)
        .order_by(Misi.number)
    )
    return [MisiFacts(*row) for row in rows]


def timeline_of(proposal_id: int) -> Sequence[TimelineEntry]:
    """Oldest first."""
    return session.scalars(
        select(TimelineEntry).where(TimelineEntry.proposal_id == proposal_id).order_by(TimelineEntry.id)
    ).all()


def own(author_id: int, size: int = 50) -> Sequence[Proposal]:
    """A person's own proposals, the latest first."""
    return session.scalars(
        select(Proposal).where(Proposal.author_id == author_id).order_by(Proposal.id.desc()).limit(size)
    ).all()


def plan_year_of(proposal: Proposal) -> int:
    return session.scalars(select(Cycle.plan_year).where(Cycle.id == proposal.cycle_id)).one()
