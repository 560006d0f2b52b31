"""The session behind a request, as far as ways in are concerned."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import redirect, request, session, url_for
from werkzeug.exceptions import Forbidden

from app.accounts.models import Person
from app.accounts.queries import get_person
from app.accounts.queries.sessions import SignedIn
from app.accounts.views.session import this_session
from app.credentials import actions, queries
from app.credentials.rules import Refusal
from app.credentials.rules.passkeys import Ceremony, Challenge, Site, challenge_of, new_challenge
from app.db.transaction import transaction
from app.kernel.outcomes import Refused
from app.web.access import View
from app.web.addresses import site_origin, visitor_network
from app.web.clock import now

CHALLENGE = "passkey_challenge"


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


def factor_shown(view: View) -> View:
    """Whose role waits for a second factor shows the one they have before they change any. Below who may open it."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        here = own_session()
        if here.withheld and queries.has_factor(here.actor.person_id or 0):
            return redirect(url_for("credentials.second_factor", next=request.path), 303)
        return view(*args, **kwargs)

    return cast(Callable[..., Any], guarded)


def this_site() -> Site:
    return Site(site_origin())


def fresh_challenge(ceremony: Ceremony) -> Challenge:
    """A new challenge, which the cookie keeps instead of an older one."""
    challenge = new_challenge(ceremony, now())
    session[CHALLENGE] = challenge.kept()
    return challenge


def answered_challenge(ceremony: Ceremony) -> Challenge:
    """The challenge that an answer belongs to; each is answered once, whoever brings the cookie back."""
    challenge = challenge_of(session.pop(CHALLENGE, None), ceremony, now())
    with transaction():
        refused = actions.count_answer(challenge, visitor_network(), now())
    if refused or challenge is None:
        raise refused or Refused(Refusal.WRONG_PASSKEY)
    return challenge
