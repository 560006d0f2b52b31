"""Reading people."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.accounts.models import Attestation, Consent, Person, PersonView, RoleGrant
from app.accounts.permissions import POLICY, Can
from app.accounts.rules import MOST_TRIED, is_card_number
from app.accounts.rules.consents import Purpose
from app.accounts.rules.views import SAME_VIEW, Seen
from app.db.session import session
from app.kernel.actor import Actor, Grant, Level, Role
from app.kernel.outcomes import Missing
from app.kernel.paging import PAGE_SIZE, Page, page_of, parse_mark
from app.kernel.policy import Within
from app.regions.queries import within
from app.vault import blind_index

# What an actor is made of: one row a grant in force, or a single one without.
ACTOR = (
    Person.id,
    Person.name,
    Person.village_code,
    Person.level,
    RoleGrant.role,
    RoleGrant.scope,
    RoleGrant.agency_id,
)


def in_force(now: datetime) -> ColumnElement[bool]:
    """SQL for `is_in_force` of the person's grants."""
    is_on = (RoleGrant.since <= now) & (RoleGrant.until.is_(None) | (RoleGrant.until > now))
    return (RoleGrant.person_id == Person.id) & is_on


def actor_of(rows: Sequence[Any]) -> Actor:
    """The actor of rows with the columns ACTOR."""
    first = rows[0]
    grants = tuple(Grant(row.role, row.scope, row.agency_id) for row in rows if row.role is not None)
    return Actor(first.id, first.name, first.village_code, Level(first.level), grants)


def get_actor(person_id: int, now: datetime) -> Actor:
    """The actor for commands and the demonstration, without a session."""
    asked = select(*ACTOR).outerjoin(RoleGrant, in_force(now)).where(Person.id == person_id).order_by(RoleGrant.id)
    rows = session.execute(asked).all()
    if not rows:
        raise Missing
    return actor_of(rows)


def get_person(person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise Missing
    return person


def sharing_phone(phone: str) -> Sequence[Person]:
    """The accounts with this phone, those who have confirmed it first, then the oldest."""
    return session.scalars(
        select(Person)
        .where(Person.phone_index == blind_index("phone", phone))
        .order_by(Person.phone_confirmed_at.is_(None), Person.id)
        .limit(MOST_TRIED)
    ).all()


def count_confirmed(phone_index: str) -> int:
    """How many accounts have confirmed this phone."""
    is_same = (Person.phone_index == phone_index) & Person.phone_confirmed_at.is_not(None)
    return session.scalar(select(func.count()).select_from(Person).where(is_same)) or 0


def level_of(person_id: int) -> Level:
    return Level(session.execute(select(Person.level).where(Person.id == person_id)).scalar_one())


def find_by_card(card_number: str) -> Person | None:
    """The person of this card; a closed account is nobody's."""
    is_open = Person.closed_at.is_(None)
    return session.scalars(select(Person).where(Person.card_number == card_number, is_open)).first()


def highest_id() -> int:
    return session.scalar(select(func.max(Person.id))) or 0


def find_by_form_key(form_key: str) -> Person | None:
    return session.scalars(select(Person).where(Person.form_key == form_key)).first()


def holds_grant(person_id: int, role: Role, scope: str, agency_id: int | None, now: datetime) -> bool:
    """Whether the person has a grant of this very role, scope and agency that is not over."""
    same = (RoleGrant.person_id == person_id) & (RoleGrant.role == role) & (RoleGrant.scope == scope)
    same &= RoleGrant.agency_id.is_(None) if agency_id is None else RoleGrant.agency_id == agency_id
    asked = select(RoleGrant.id).where(same, RoleGrant.until.is_(None) | (RoleGrant.until > now))
    return session.execute(asked.limit(1)).first() is not None


def get_resident(actor: Actor, card_number: str) -> Person:
    """The person of the card, for facilitators of their village; to others, and once closed, they are missing."""
    person = find_by_card(card_number)
    if (
        person is None
        or person.closed_at is not None
        or not POLICY.may(actor, Can.SEE_RESIDENTS, Within(person.village_code))
    ):
        raise Missing
    return person


def residents_of(
    scopes: Sequence[str], levels: Collection[Level], text: str, after: str | None, size: int = PAGE_SIZE
) -> Page[Person]:
    """People of the levels within the scopes, the longest waiting first; `text` is a card number or parts of a name."""
    mark = parse_mark(after, 1) or (0,)
    asked = select(Person).where(within(Person.village_code, scopes), Person.closed_at.is_(None))
    asked = asked.where(Person.level.in_(levels), Person.id > mark[0])
    card = "".join(text.split())
    if is_card_number(card):
        asked = asked.where(Person.card_number == card)
    else:
        for word in text.split()[:4]:
            asked = asked.where(Person.name.icontains(word, autoescape=True))
    rows = session.scalars(asked.order_by(Person.id).limit(size + 1)).all()
    return page_of(rows, size, lambda person: str(person.id))


def namesakes(name: str, village_code: str, size: int = 5) -> Sequence[Person]:
    """People of the village who bear exactly this name, in any case of letters."""
    same = (func.lower(Person.name) == name.lower()) & Person.closed_at.is_(None)
    return session.scalars(
        select(Person).where(Person.village_code == village_code, same).order_by(Person.id).limit(size)
    ).all()


def count_by_level(scopes: Sequence[str]) -> dict[Level, int]:
    """How many people of each level live in villages within the scopes."""
    rows = session.execute(
        select(Person.level, func.count())
        .where(within(Person.village_code, scopes), Person.closed_at.is_(None))
        .group_by(Person.level)
        .order_by(Person.level)
    )
    counted = {Level(row[0]): row[1] for row in rows}
    return {level: counted.get(level, 0) for level in Level}


def get_with_attestation(person_id: int) -> tuple[Person, datetime | None]:
    """The person, and since when they are attested; one statement."""
    attested = select(Person, Attestation.at).outerjoin(Attestation, Attestation.person_id == Person.id)
    row = session.execute(attested.where(Person.id == person_id)).first()
    if row is None:
        raise Missing
    return row[0], row[1]


def attestation_of(person_id: int) -> Attestation | None:
    return session.scalars(select(Attestation).where(Attestation.person_id == person_id)).first()


def names_of(person_ids: set[int]) -> dict[int, str]:
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)).order_by(Person.id))
    return {row.id: row.name for row in rows}


def consent_in_force(person_id: int, purpose: Purpose) -> Consent | None:
    """The latest yes to the purpose that was not taken back."""
    given = (Consent.person_id == person_id) & (Consent.purpose == purpose) & Consent.withdrawn_at.is_(None)
    return session.scalars(select(Consent).where(given).order_by(Consent.id.desc()).limit(1)).first()


def seen_lately(viewer_id: int, person_ids: Collection[int], seen: Seen, now: datetime) -> set[int]:
    """Those of the people whose record this viewer has seen a short while ago."""
    return set(session.scalars(asked_lately(viewer_id, person_ids, seen, now).order_by(PersonView.person_id)))


def asked_lately(viewer_id: int, person_ids: Collection[int], seen: Seen, now: datetime) -> Select[int]:
    """As `seen_lately`, to be asked within another statement."""
    recent = (PersonView.viewer_id == viewer_id) & (PersonView.seen == seen) & (PersonView.at > now - SAME_VIEW)
    return select(PersonView.person_id).where(recent, PersonView.person_id.in_(person_ids))
