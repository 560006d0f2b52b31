"""A person's file on themselves."""

from collections.abc import Sequence
from datetime import datetime

from app.accounts.models import Person
from app.audit.actions import record
from app.kernel.actor import Actor
from app.limits import actions as limits
from app.privacy.permissions import POLICY, Can, PersonFacts
from app.privacy.queries import Row, file_on
from app.privacy.rules import OWN_FILE, Section


def take_file(actor: Actor, person: Person, now: datetime) -> dict[Section, Sequence[Row]]:
    """Everything on a person, for themselves alone; that it was taken stands in the log, should it be a thief."""
    POLICY.require(actor, Can.TAKE_FILE, PersonFacts(person.id))
    limits.take(OWN_FILE, person.card_number, now, actor)
    record(actor, "take_file", f"person:{person.id}", now)
    return file_on(person)
