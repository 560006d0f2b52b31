"""Telling people by message what has changed about their ways in."""

from datetime import datetime
from uuid import uuid4

from app.accounts.models import Person
from app.accounts.rules import takes_codes
from app.messages.actions import write
from app.messages.rules import Channel, Kind


def tell(person: Person, text: str, now: datetime) -> None:
    """Write to the person's phone, where they have one that messages are sent to."""
    phone = person.phone
    if phone and takes_codes(phone):
        write(Channel.PHONE, phone, Kind.NOTICE, text, f"notice-{uuid4()}", now, person_id=person.id)
