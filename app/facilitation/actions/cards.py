"""Cards that a facilitator hands out or takes back, each written down as a deed."""

from datetime import datetime

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules.views import Seen
from app.credentials.actions import Drawn, draw, issue_card, revoke_card
from app.credentials.models import ResidentCard
from app.credentials.queries import latest_card
from app.credentials.rules.cards import Reason
from app.facilitation.actions.deeds import note
from app.facilitation.rules import Deed
from app.kernel.actor import Actor

__all__ = ["draw", "hand_out_card", "revoke_card"]


def hand_out_card(
    actor: Actor, person: Person, now: datetime, reason: Reason | None, drawn: Drawn
) -> tuple[ResidentCard, str]:
    """A new card, and its words; what the resident had before opens nothing any more."""
    deed = Deed.CARD_REPLACED if latest_card(person.id) else Deed.CARD_PRINTED
    issued = issue_card(actor, person, now, reason, drawn=drawn)
    note(actor, person, deed, now)
    accounts.note_views(actor, [person.id], Seen.CARD, now)
    return issued
