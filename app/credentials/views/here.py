"""The session behind a request, as far as ways in are concerned."""

from werkzeug.exceptions import Forbidden

from app.accounts.models import Person
from app.accounts.queries import get_person
from app.accounts.queries.sessions import SignedIn
from app.accounts.views.session import this_session


def own_session() -> SignedIn:
    """The session of whoever is signed in; a browser that is lent to a resident shows nobody's ways in."""
    here = this_session()
    if here is None or here.kiosk_for_id is not None:
        raise Forbidden
    return here


def own_account() -> Person:
    return get_person(own_session().actor.person_id or 0)


def needs_factor(here: SignedIn) -> bool:
    """Whether a role of the person works with a second factor only, shown in this session or not."""
    return bool(here.withheld) or any(grant.role.needs_second_factor for grant in here.actor.grants)
