"""Reading what facilitators have done, and what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from app.accounts.models import Person
from app.db.session import session
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed
from app.proposals.models import Proposal
from app.proposals.rules import Status
from app.regions.queries import within

MOST_MET = 200
MOST_WAITING = 50
MOST_HAMLETS = 60


@dataclass(frozen=True)
class Met:
    """A resident for whom something was done today, the last deed first."""

    card_number: str
    name: str
    deeds: tuple[Deed, ...]
    at: datetime


@dataclass(frozen=True)
class Waiting:
    """A proposal that waits for the resident, or for the facilitator who helps them."""

    card_number: str
    name: str
    form_key: str
    number: str | None
    title: str
    since: datetime
    until: datetime | None
    is_typed: bool


def met_since(facilitator_id: int, since: datetime) -> list[Met]:
    """Whom the facilitator has met since a moment, the last first."""
    rows = session.execute(
        select(Person.card_number, Person.name, Assistance.deed, Assistance.at)
        .join(Person, Person.id == Assistance.person_id)
        .where(Assistance.facilitator_id == facilitator_id, Assistance.at >= since)
        .order_by(Assistance.id.desc())
        .limit(MOST_MET)
    )
    met: dict[str, Met] = {}
    for card_number, name, deed, at in rows:
        known = met.get(card_number, Met(card_number, name, (), at))
        deeds = known.deeds if deed in known.deeds else (*known.deeds, deed)
        met[card_number] = Met(card_number, name, deeds, known.at)
    return list(met.values())


def drafts_typed_by(facilitator_id: int) -> list[Waiting]:
    """Drafts that the facilitator has typed and nobody has sent yet, the oldest first."""
    return _waiting(facilitator_id, (Proposal.typed_by_id == facilitator_id) & (Proposal.status == Status.DRAFT))


def to_give_back(facilitator_id: int, scopes: Sequence[str], person_id: int | None = None) -> list[Waiting]:
    """Proposals that a moderator has returned to residents of the villages whom this facilitator has helped.

    Those of one resident where asked.
    """
    helped = select(Assistance.person_id).where(Assistance.facilitator_id == facilitator_id)
    is_theirs = Proposal.author_id.in_(helped) | (Proposal.typed_by_id == facilitator_id)
    is_here = within(Proposal.village_code, scopes)
    if person_id is not None:
        is_here &= Proposal.author_id == person_id
    return _waiting(facilitator_id, (Proposal.status == Status.RETURNED) & is_here & is_theirs)


def _waiting(facilitator_id: int, which: ColumnElement[bool]) -> list[Waiting]:
    rows = session.execute(
        select(
            Person.card_number,
            Person.name,
            Proposal.form_key,
            Proposal.number,
            Proposal.title,
            Proposal.held_since,
            Proposal.held_until,
            Proposal.typed_by_id,
        )
        .join(Person, Person.id == Proposal.author_id)
        .where(which)
        .order_by(Proposal.held_since, Proposal.id)
        .limit(MOST_WAITING)
    )
    return [Waiting(*row[:7], row.typed_by_id == facilitator_id) for row in rows]


def hamlets_of(scopes: Sequence[str]) -> Sequence[str]:
    """The hamlets that residents of the villages have named, for choosing instead of typing."""
    return session.scalars(
        select(Person.hamlet)
        .where(within(Person.village_code, scopes), Person.hamlet != "")
        .distinct()
        .order_by(Person.hamlet)
        .limit(MOST_HAMLETS)
    ).all()
