"""Sealing phones with the newest key, a batch at a time, while everybody goes on."""

from sqlalchemy import select

from app.accounts.models import Person, phone_place
from app.accounts.queries.keys import is_of_older_key
from app.db.session import session
from app.vault import seal

BATCH = 500


def reseal_phones(after: int) -> list[int]:
    """Seal the next phones of older keys anew, of people after this one; whose they are, in order."""
    people = session.scalars(
        select(Person).where(is_of_older_key(), Person.id > after).order_by(Person.id).limit(BATCH).with_for_update()
    ).all()
    for person in people:
        person.phone_sealed = seal(person.phone or "", phone_place(person.card_number))
    session.flush()
    return [person.id for person in people]
