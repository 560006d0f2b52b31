"""What the QR code of a resident card opens: the sign-in page for its owner, the resident's page for a facilitator."""

from typing import Any

from flask import flash, redirect, session, url_for

from app.accounts.models import Person
from app.accounts.permissions import POLICY, Can
from app.accounts.queries import get_person
from app.accounts.rules import Refusal
from app.accounts.rules.sessions import SIGN_IN_NAME
from app.accounts.views.session import this_session
from app.credentials import queries
from app.credentials.rules.cards import State, remembered, state_of
from app.credentials.views.blueprint import bp
from app.i18n.catalogues import words
from app.kernel.actor import Role
from app.kernel.policy import Within
from app.web.access import current_actor, public
from app.web.clock import now


@bp.route("/k/<code>")
@public
def card(code: str) -> Any:
    """A card that is over and a code that was never printed get the same answer."""
    person = _owner(code)
    if person is None:
        flash(words(Refusal.CARD_OVER), "warn")
        is_at_desk = Role.FACILITATOR in current_actor().roles
        return redirect(url_for("facilitation.desk" if is_at_desk else "accounts.sign_in"), 303)
    if _serves(person):
        session.update(remembered(person.id, now()))
        return redirect(url_for("facilitation.resident", card_number=person.card_number), 303)
    session[SIGN_IN_NAME] = person.card_number
    return redirect(url_for("accounts.sign_in"), 303)


def _owner(code: str) -> Person | None:
    found = queries.find_card(code)
    is_good = found is not None and state_of(found.expires_at, found.revoked_at, now()) is State.IN_FORCE
    return get_person(found.person_id) if found and is_good else None


def _serves(person: Person) -> bool:
    """Whether a facilitator of the person's village holds this browser, and nobody whom it was lent to."""
    here = this_session()
    is_own = here is not None and here.kiosk_for_id is None
    return is_own and POLICY.may(current_actor(), Can.SEE_RESIDENTS, Within(person.village_code))
