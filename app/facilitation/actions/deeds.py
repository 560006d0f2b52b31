"""Writing down what a facilitator does for a resident."""

from datetime import datetime

from app.accounts import queries
from app.accounts.models import Person
from app.audit.actions import record
from app.db.session import session
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed, Refusal
from app.facilitation.rules.counts import MOST
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.limits import actions as limits


def note(actor: Actor, person: Person, deed: Deed, now: datetime) -> None:
    """Write the deed down, in the transaction in which it is done; beyond the most of a day it is refused."""
    assert actor.person_id is not None  # facilitators are signed in
    limit = MOST.get(deed)
    if limit and limits.count(limit, str(actor.person_id), now, actor) > limit.most:
        raise Refused(Refusal.DAY_FULL, most=limit.most)
    session.add(
        Assistance(
            facilitator_id=actor.person_id,
            person_id=person.id,
            village_code=person.village_code,
            deed=deed,
            at=now,
        )
    )
    session.flush()


def note_attempt(actor: Actor, card_number: str, now: datetime) -> None:
    """Write down that somebody has tried to act for a resident of a village that is not theirs."""
    if person := queries.find_by_card(card_number):
        record(actor, "outside_village", f"person:{person.id}", now, village=person.village_code)
