"""What an innovation's page tells of it beside its stage: place, affairs, who stands behind it, and its proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, String, case, cast, literal, null, select, text, union_all
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.db.session import session
from app.innovations.models import (
    Decision,
    Innovation,
    InnovationAffair,
    InnovationMisi,
    InnovationProposal,
    StageEntry,
)
from app.innovations.queries.details import Detail, detail_select
from app.innovations.rules.profile import Affair
from app.innovations.rules.stages import Stage, StageEvent
from app.kernel.actor import Role
from app.kernel.outcomes import Missing
from app.plans.models import Agency, Misi
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.rules import Event, Holder
from app.regions.models import Region
from app.regions.rules import RegionKind

# The steps of a proposal that belong to the story of the innovation it became.
STORY = (Event.SUBMIT, Event.PUBLISH, Event.SHORTLIST, Event.SELECT)
MOST_CHANGES = 50


@dataclass(frozen=True)
class Supporting:
    """A proposal that asks for the same."""

    number: str | None
    title: str
    support_count: int


@dataclass(frozen=True)
class Profile:
    """What an innovation refers to; `person` only as long as whoever it is agrees to be named."""

    village: str | None
    village_kind: RegionKind | None
    district: str | None
    contact: str | None
    person: str | None


@dataclass(frozen=True)
class Shown:
    """An innovation as its page shows it, with the five answers that made it one."""

    detail: Detail
    profile: Profile
    decision: Decision | None


def get_shown(regency_code: str, number: str) -> Shown:
    district, contact = aliased(Region), aliased(Agency)
    is_named = Innovation.named_at.is_not(None) & Person.closed_at.is_(None)
    row = session.execute(
        detail_select(regency_code, number)
        .add_columns(Region.name, Region.kind, district.name, contact.name, Person.name, Decision)
        .outerjoin(Region, Region.code == Innovation.village_code)
        .outerjoin(district, district.code == Region.parent_code)
        .outerjoin(contact, contact.id == Innovation.contact_agency_id)
        .outerjoin(Person, (Person.id == Innovation.owner_id) & is_named)
        .outerjoin(Decision, Decision.proposal_id == Innovation.origin_proposal_id)
    ).first()
    if row is None:
        raise Missing
    return Shown(Detail(*row[:5]), Profile(*row[5:10]), row[10])


@dataclass(frozen=True)
class Ties:
    """What an innovation is tied to: affairs, the main one first, misi by number, proposals with most support first."""

    affairs: Sequence[Affair]
    misi: Sequence[MisiFacts]
    supporting: Sequence[Supporting]


def ties_of(innovation_id: int) -> Ties:
    """One statement: kind of tie, order, a number, and two texts."""
    is_second = case((InnovationAffair.is_main, 0), else_=1)
    affairs = select(literal("affair"), is_second, literal(0), cast(InnovationAffair.affair, String), literal(""))
    misi = select(literal("misi"), Misi.number, Misi.id, Misi.text, Misi.short)
    support, is_public = Proposal.support_count, Proposal.public_since.is_not(None)
    proposals = select(literal("proposal"), -support, support, Proposal.number, Proposal.title)
    rows = session.execute(
        union_all(
            affairs.where(InnovationAffair.innovation_id == innovation_id),
            misi.join(InnovationMisi).where(InnovationMisi.innovation_id == innovation_id),
            proposals.join(InnovationProposal).where(InnovationProposal.innovation_id == innovation_id, is_public),
        ).order_by(text("1, 2, 4"))
    ).all()
    return Ties(
        [Affair(row[3]) for row in rows if row[0] == "affair"],
        [MisiFacts(row[2], row[1], row[3], row[4]) for row in rows if row[0] == "misi"],
        [Supporting(row[3], row[4], row[2]) for row in rows if row[0] == "proposal"],
    )


def supporting_of(innovation_id: int) -> list[Supporting]:
    """The proposals that support it and are public still, those with most supporters first."""
    rows = session.execute(
        select(Proposal.number, Proposal.title, Proposal.support_count)
        .join(InnovationProposal, InnovationProposal.proposal_id == Proposal.id)
        .where(InnovationProposal.innovation_id == innovation_id, Proposal.public_since.is_not(None))
        .order_by(Proposal.support_count.desc(), Proposal.id)
    )
    return [Supporting(*row) for row in rows]


def proposals_of(innovation_id: int) -> list[int]:
    """The proposal it came from first, then those that support it."""
    origin = select(Innovation.origin_proposal_id).where(Innovation.id == innovation_id)
    others = (
        select(InnovationProposal.proposal_id)
        .where(InnovationProposal.innovation_id == innovation_id)
        .order_by(InnovationProposal.proposal_id)
    )
    first = session.scalars(origin).first()
    return [*([first] if first else []), *session.scalars(others)]


def supported_by(proposal_id: int) -> list[tuple[str, str]]:
    """Numbers and names of the innovations that a proposal supports."""
    rows = session.execute(
        select(Innovation.number, Innovation.name)
        .join(InnovationProposal, InnovationProposal.innovation_id == Innovation.id)
        .where(InnovationProposal.proposal_id == proposal_id)
        .order_by(Innovation.id)
    )
    return [(number, name) for number, name in rows]


@dataclass(frozen=True)
class Told:
    """A step of the innovation, or without a stage: of the proposal it came from."""

    event: Event | StageEvent
    at: datetime
    who: Holder | Role | None
    reason: str
    stage: Stage | None = None
    lesson: str = ""
    until: date | None = None


def told_of(innovation: Innovation) -> list[Told]:
    """How the proposal came to be chosen, and the public history, each oldest first; one statement."""
    before = select(
        literal(0),
        TimelineEntry.id,
        TimelineEntry.at,
        cast(TimelineEntry.event, String),
        cast(TimelineEntry.holder, String),
        TimelineEntry.reason,
        *(cast(null(), kind) for kind in (String, String, Date)),
    )
    since = select(
        literal(1),
        StageEntry.id,
        StageEntry.at,
        cast(StageEntry.event, String),
        cast(StageEntry.role, String),
        StageEntry.reason,
        cast(StageEntry.stage, String),
        StageEntry.lesson,
        StageEntry.until,
    )
    is_first = (TimelineEntry.proposal_id == innovation.origin_proposal_id) & TimelineEntry.event.in_(STORY)
    parts: Any = union_all(before.where(is_first), since.where(StageEntry.innovation_id == innovation.id))
    return [_told(*row) for row in session.execute(parts.order_by(text("1, 2")))]


def _told(part: int, _id: int, at: datetime, event: str, who: str, reason: str, stage: str, *more: Any) -> Told:
    if part == 0:
        return Told(Event(event), at, Holder(who), reason)
    return Told(StageEvent(event), at, Role(who) if who else None, reason, Stage(stage), *more)


def changes_of(innovation_id: int) -> Sequence[AuditEntry]:
    """What was changed in the registry, by the log, the latest first."""
    about = AuditEntry.subject == f"innovation:{innovation_id}"
    return session.scalars(select(AuditEntry).where(about).order_by(AuditEntry.id.desc()).limit(MOST_CHANGES)).all()
