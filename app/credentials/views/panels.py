"""What other rooms' pages show of ways in: one's own account, and the sign-in page."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts.queries import get_person
from app.accounts.views.session import this_session
from app.credentials import queries
from app.credentials.rules.cards import TOLD_FOR, State, state_of
from app.credentials.views.here import needs_factor
from app.kernel.actor import Actor
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel


@dataclass(frozen=True)
class WaysIn:
    """How the person can sign in, and what they should know about it."""

    phone_tail: str | None
    is_phone_confirmed: bool
    passkeys: int
    is_staff: bool
    has_factor: bool
    card: State | None
    card_issued_at: datetime | None
    card_expires_at: datetime | None
    is_card_new: bool


@adds_panel("account")
def ways_in(actor: Actor) -> Panel | None:
    here = this_session()
    if here is None or here.kiosk_for_id is not None or actor.person_id is None:
        return None
    person, known = get_person(actor.person_id), queries.known_of(actor.person_id)
    issued_at, expires_at = known.issued_at, known.expires_at
    page = WaysIn(
        phone_tail=person.phone[-4:] if person.phone else None,
        is_phone_confirmed=person.phone_confirmed_at is not None,
        passkeys=known.passkeys,
        is_staff=needs_factor(here),
        has_factor=known.has_app or known.passkeys > 0,
        card=state_of(expires_at, known.revoked_at, now()) if expires_at else None,
        card_issued_at=issued_at,
        card_expires_at=expires_at,
        is_card_new=issued_at is not None and now() - issued_at < TOLD_FOR,
    )
    return Panel(Place.ACTION, "credentials/_ways_in.html", page)


@adds_panel("sign_in")
def other_ways(target: str) -> Panel:
    """The page to come back to goes along."""
    return Panel(Place.BELOW, "credentials/_other_ways.html", target)
