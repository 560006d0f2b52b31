"""One proposal on the desk: who has it in hand, notes, visits, what lies near."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select, union_all

from app.accounts.models import Person, RoleGrant
from app.accounts.queries import in_force, names_of
from app.db.session import session
from app.kernel.actor import Actor, Role, regency_of
from app.kernel.outcomes import Missing
from app.moderation.models import Assignment, ReviewNote, SiteVisit
from app.moderation.permissions import POLICY, Can
from app.proposals import permissions as proposals
from app.proposals.models import Proposal
from app.proposals.queries import ProposalRow, alike_to, answers_of, facts_of, rows_select
from app.proposals.rules import Status
from app.regions.models import Region
from app.regions.queries import within
from app.regions.rules import parent_code

NEAR, COMPARED = 6, 100
# Of no author's proposals.
NOBODY = 0


@dataclass(frozen=True)
class Note:
    """A private note as colleagues read it."""

    author: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Visit:
    """A look at the place: asked for, and found."""

    question: str
    asked_at: datetime
    due: date
    finding: str | None
    found_at: datetime | None


def find_on_desk(actor: Actor, number: str) -> Proposal:
    """The proposal, for whoever may know of it; to others it is missing."""
    proposal = session.scalars(select(Proposal).where(Proposal.number == number.strip().upper()[:16])).first()
    if proposal is None or not proposals.POLICY.may(actor, proposals.Can.SEE, facts_of(proposal)):
        raise Missing
    return proposal


def get_on_desk(actor: Actor, number: str) -> Proposal:
    """The proposal, for a moderator of its place; missing to those who may not even know of it."""
    proposal = find_on_desk(actor, number)
    POLICY.require(actor, Can.OPEN_ON_DESK, facts_of(proposal))
    return proposal


def by_numbers(numbers: Collection[str]) -> Sequence[Proposal]:
    return session.scalars(select(Proposal).where(Proposal.number.in_(numbers)).order_by(Proposal.id)).all()


def assignment_of(proposal_id: int) -> Assignment | None:
    """Who has the proposal in hand."""
    return session.get(Assignment, proposal_id, populate_existing=True)


def assignments_of(proposal_ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """Proposal to the id and name of who has it in hand."""
    rows = session.execute(
        select(Assignment.proposal_id, Assignment.moderator_id, Person.name)
        .join(Person, Person.id == Assignment.moderator_id)
        .where(Assignment.proposal_id.in_(proposal_ids))
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def name_of(person_id: int) -> str:
    return names_of({person_id}).get(person_id, "")


def colleagues_for(village_code: str, now: datetime) -> list[tuple[int, str]]:
    """Id and name of everybody who moderates the village now, by name."""
    scopes = ("", regency_of(village_code), parent_code(village_code), village_code)
    rows = session.execute(
        select(Person.id, Person.name)
        .join(RoleGrant, in_force(now))
        .where(RoleGrant.role == Role.MODERATOR, RoleGrant.scope.in_(scopes), Person.closed_at.is_(None))
        .distinct()
        .order_by(Person.name, Person.id)
        .limit(100)
    )
    return [(row.id, row.name) for row in rows]


def notes_on(proposal_id: int, size: int = 50) -> list[Note]:
    """The latest first."""
    rows = session.execute(
        select(Person.name, ReviewNote.at, ReviewNote.text)
        .join(Person, Person.id == ReviewNote.author_id)
        .where(ReviewNote.proposal_id == proposal_id)
        .order_by(ReviewNote.id.desc())
        .limit(size)
    )
    return [Note(*row) for row in rows]


def open_visit(proposal_id: int) -> SiteVisit | None:
    """The look at the place that is asked for and not yet told of."""
    return session.scalars(
        select(SiteVisit).where(SiteVisit.proposal_id == proposal_id, SiteVisit.found_at.is_(None))
    ).first()


def visits_within(scopes: Sequence[str], size: int = 50) -> list[Any]:
    """Open requests within the scopes, the soonest due first: number, title, place, question and due day."""
    rows = session.execute(
        select(Proposal.number, Proposal.title, Proposal.hamlet, Region.name, SiteVisit.question, SiteVisit.due)
        .join(Proposal, Proposal.id == SiteVisit.proposal_id)
        .join(Region, Region.code == Proposal.village_code)
        .where(SiteVisit.found_at.is_(None), within(Proposal.village_code, scopes))
        .order_by(SiteVisit.due, SiteVisit.id)
        .limit(size)
    )
    return list(rows)


def visits_of(proposal_id: int, size: int = 10) -> list[Visit]:
    """The latest first."""
    rows = session.execute(
        select(SiteVisit.question, SiteVisit.asked_at, SiteVisit.due, SiteVisit.finding, SiteVisit.found_at)
        .where(SiteVisit.proposal_id == proposal_id)
        .order_by(SiteVisit.id.desc())
        .limit(size)
    )
    return [Visit(*row) for row in rows]


def alike_of(proposal: Proposal) -> list[ProposalRow]:
    """Public proposals of anybody's that may ask for the same, the likest first."""
    found = alike_to(answers_of(proposal), proposal.regency_code, NOBODY)
    return [row for row in found if row.id != proposal.id]


def neighbours_of(proposal: Proposal, size: int = NEAR) -> list[ProposalRow]:
    """What else waits or is public in the village, the same hamlet or work first: a moderator compares by eye."""
    same_entry = Proposal.entry_id == proposal.entry_id if proposal.entry_id else Proposal.unit == proposal.unit
    is_near = or_(Proposal.hamlet == proposal.hamlet, same_entry)
    latest = union_all(*(_latest(proposal.village_code, status) for status in (Status.SUBMITTED, Status.PUBLISHED)))
    rows = session.execute(
        rows_select()
        .where(Proposal.id.in_(latest), Proposal.id != proposal.id)
        .order_by(is_near.desc(), Proposal.id.desc())
        .limit(size)
    ).all()
    return [ProposalRow(*row) for row in rows]


def _latest(village_code: str, status: Status) -> Any:
    """Those that have been so in the village for the shortest time; more are not compared."""
    asked = select(Proposal.id).where(Proposal.village_code == village_code, Proposal.status == status)
    return select(asked.order_by(Proposal.held_since.desc(), Proposal.id.desc()).limit(COMPARED).subquery().c.id)
