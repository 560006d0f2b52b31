"""The groups that people say they belong to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules.consents import Mode, Purpose
from app.db.session import session
from app.identity.models import GroupMembership
from app.identity.rules import Group
from app.kernel.actor import Actor


def declare_groups(actor: Actor, person: Person, groups: Collection[Group], mode: Mode, now: datetime) -> None:
    """The groups a person says they belong to, instead of those said before; none takes the consent back."""
    accounts.hold(person)
    session.execute(delete(GroupMembership).where(GroupMembership.person_id == person.id))
    session.add_all(GroupMembership(person_id=person.id, group=group) for group in sorted(set(groups)))
    session.flush()
    if groups:
        witness_id = None if actor.person_id == person.id else actor.person_id
        accounts.give_consent(person, Purpose.GROUPS, mode, witness_id, now)
    else:
        accounts.withdraw_consent(actor, person, Purpose.GROUPS, now)
