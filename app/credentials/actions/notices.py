"""Telling people by message what has changed about their ways in."""

from datetime import datetime
from uuid import uuid4

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import takes_codes
from app.credentials.rules.texts import PHONE_CHANGED
from app.kernel.actor import Actor
from app.messages.actions import write
from app.messages.rules import Channel, Kind


def tell(person: Person, text: str, now: datetime) -> None:
    """Write to the person's phone, where they have one that messages are sent to."""
    phone = person.phone
    if phone and takes_codes(phone):
        write(Channel.PHONE, phone, Kind.NOTICE, text, f"notice-{uuid4()}", now, person_id=person.id)


def change_phone(actor: Actor, person: Person, phone: str | None, now: datetime) -> None:
    """Another phone, or none; the old one is told. The same number again changes nothing."""
    accounts.hold(person)
    if person.phone != phone:
        tell(person, PHONE_CHANGED, now)
        accounts.change_phone(actor, person, phone, now)
