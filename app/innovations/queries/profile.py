"""What an innovation's page tells of it beside its stage: place, affairs, who stands behind it, and its proposals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.db.session import session
from app.innovations.models import Innovation, InnovationProposal
from app.innovations.queries.registry import affairs_of_all
from app.innovations.rules.profile import Affair
from app.plans.models import Agency
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.rules import Event
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
    agency_ended_on: date | None
    person: str | None
    affairs: Sequence[Affair] = ()
    supporting: Sequence[Supporting] = ()


def profile_of(innovation: Innovation) -> Profile:
    """Three statements."""
    district, contact, lead = Region.__table__.alias(), Agency.__table__.alias(), Agency.__table__.alias()
    row = session.execute(
        select(Region.name, Region.kind, district.c.name, contact.c.name, lead.c.ended_on, Person.name)
        .select_from(Innovation)
        .outerjoin(Region, Region.code == Innovation.village_code)
        .outerjoin(district, district.c.code == Region.parent_code)
        .outerjoin(contact, contact.c.id == Innovation.contact_agency_id)
        .outerjoin(lead, lead.c.id == Innovation.agency_id)
        .outerjoin(
            Person,
            (Person.id == Innovation.owner_id) & Innovation.named_at.is_not(None) & Person.closed_at.is_(None),
        )
        .where(Innovation.id == innovation.id)
    ).one()
    affairs = affairs_of_all([innovation.id]).get(innovation.id, [])
    return replace(Profile(*row), affairs=affairs, supporting=supporting_of(innovation.id))


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


def first_steps(proposal_id: int) -> Sequence[TimelineEntry]:
    """How the proposal came to be chosen, oldest first."""
    return session.scalars(
        select(TimelineEntry)
        .where(TimelineEntry.proposal_id == proposal_id, TimelineEntry.event.in_(STORY))
        .order_by(TimelineEntry.id)
    ).all()


def changes_of(innovation_id: int) -> Sequence[AuditEntry]:
    """What was changed in the registry, by the log, the latest first."""
    about = AuditEntry.subject == f"innovation:{innovation_id}"
    return session.scalars(select(AuditEntry).where(about).order_by(AuditEntry.id.desc()).limit(MOST_CHANGES)).all()
