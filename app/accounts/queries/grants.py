"""Reading people and their roles for administrators, each within what they administer."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Person, RoleGrant
from app.accounts.permissions import POLICY, Can
from app.accounts.queries import find_by_card, sharing_phone
from app.accounts.rules import is_card_number, normal_phone
from app.accounts.rules.grants import MOST_SHOWN
from app.db.session import session
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Missing
from app.kernel.policy import Within
from app.regions.queries import within


def _may_grant_to(actor: Actor, person: Person | None) -> bool:
    return person is not None and POLICY.may(actor, Can.GRANT, Within(person.village_code))


def find_people(actor: Actor, typed: str) -> Sequence[Person]:
    """Who has exactly this card number or phone and lives where the actor administers."""
    number = "".join(typed.split())
    phone = normal_phone(number)
    found = [find_by_card(number)] if is_card_number(number) else list(sharing_phone(phone)) if phone else []
    return [person for person in found if person and _may_grant_to(actor, person)]


def get_grantee(actor: Actor, card_number: str) -> Person:
    """The person of the card, for administrators of their village; to others they are missing."""
    person = find_by_card(card_number)
    if person is None or not _may_grant_to(actor, person):
        raise Missing
    return person


def grants_of(actor: Actor, person_id: int) -> Sequence[RoleGrant]:
    """The person's grants within what the actor administers, the newest first; those that are over, too."""
    mine = within(RoleGrant.scope, actor.scopes(Role.ADMINISTRATOR))
    return session.scalars(
        select(RoleGrant).where(RoleGrant.person_id == person_id, mine).order_by(RoleGrant.id.desc()).limit(MOST_SHOWN)
    ).all()


def get_grant(actor: Actor, person_id: int, grant_id: int) -> RoleGrant:
    """This grant of this person; one outside what the actor administers is missing."""
    row = session.get(RoleGrant, grant_id)
    if row is None or row.person_id != person_id or not POLICY.may(actor, Can.GRANT, Within(row.scope)):
        raise Missing
    return row


def had_role(person_id: int, roles: Collection[str], now: datetime) -> bool:
    """Whether the person has held one of the roles and holds it no more."""
    over = (RoleGrant.person_id == person_id) & RoleGrant.role.in_(roles) & (RoleGrant.until <= now)
    return session.execute(select(RoleGrant.id).where(over).limit(1)).first() is not None
