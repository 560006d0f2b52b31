"""Who is behind a request: the browser's random id, the session it stands for, and the actor."""

from dataclasses import dataclass, replace

from flask import Flask, Response, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user
from sqlalchemy.exc import OperationalError

from app.accounts import actions
from app.accounts.models import Person
from app.accounts.queries import get_actor
from app.accounts.queries.sessions import SignedIn, find_signed_in
from app.accounts.rules.sessions import device_of, is_confirmed, is_seen_anew
from app.db.transaction import transaction
from app.kernel.actor import ANYONE, Actor, regency_of
from app.regions.queries import find_regency
from app.web.clock import now


@dataclass(frozen=True)
class SessionUser(UserMixin):
    """What Flask-Login keeps of a signed-in person: the random id that only this browser has."""

    token: str
    signed_in: SignedIn

    def get_id(self) -> str:
        return self.token


def _load_user(token: str) -> SessionUser | None:
    signed_in = find_signed_in(token, now())
    return SessionUser(token, signed_in) if signed_in else None


def this_session() -> SignedIn | None:
    """The session behind this request, None for anyone not signed in."""
    return current_user.signed_in if current_user.is_authenticated else None


def register_sign_in(app: Flask) -> None:
    """Wire Flask-Login and make the person behind each request known as g.actor."""
    manager = LoginManager(app)
    manager.session_protection = None  # phones on the move change their address
    manager.user_loader(_load_user)

    @app.after_request
    def tell_denied(response: Response) -> Response:
        if response.status_code == 403 and g.get("actor", ANYONE).is_signed_in and request.endpoint:
            _note_denied(request.endpoint)
        return response

    @app.before_request
    def know_actor() -> None:
        signed_in = this_session()
        g.actor = _actor_of(signed_in) if signed_in else ANYONE
        g.withheld = frozenset(grant.role for grant in signed_in.withheld) if signed_in else frozenset()
        g.is_session_over = signed_in is None and "_user_id" in session
        is_own = signed_in is not None and signed_in.kiosk_for_id is None  # the password was another's
        g.is_confirmed = is_own and is_confirmed(signed_in.confirmed_at if signed_in else None, now())
        if signed_in and is_own:  # of a lent one it is first asked whether its time is over
            note_seen(signed_in)
        if g.actor.village_code and "regency" not in g:  # addresses without a regency show one's own, and its time
            g.regency = find_regency(regency_of(g.actor.village_code))


def _actor_of(signed_in: SignedIn) -> Actor:
    """Whose hands the browser is in: a lent one acts for the resident who holds it, and for no role."""
    if signed_in.kiosk_for_id is None:
        return signed_in.actor
    return replace(get_actor(signed_in.kiosk_for_id, now()), grants=())


def _note_denied(endpoint: str) -> None:
    """A page was closed to somebody signed in; who may open it stands on its view."""
    access = str(getattr(current_app.view_functions[endpoint], "__access__", ""))
    with transaction():
        actions.note_denied(g.actor, access.split(", "), endpoint, now())


def note_seen(signed_in: SignedIn) -> None:
    """Before the view, in a transaction of its own; a page that only reads does not fail for it."""
    if not is_seen_anew(signed_in.facts.seen_at, now()):
        return
    try:
        with transaction():
            actions.note_seen(signed_in.sign_in_id, now())
    except OperationalError as error:
        current_app.logger.warning("session not noted as seen: %s", type(error.orig).__name__)


def start_session(person: Person, is_shared: bool, proof: actions.Proof = actions.Proof()) -> None:  # noqa: B008
    """Sign this browser in, under a new id; the cookie of a shared one goes when it is closed."""
    person_id, epoch = person.id, person.epoch  # as read with the password: the transaction reads anew
    device, before = device_of(request.user_agent.string), session.get("_user_id")
    with transaction():
        token = actions.begin_session(person_id, epoch, device, is_shared, now(), instead_of=before, proof=proof)
    _keep(token, is_shared)


def renew_session(here: SignedIn) -> None:
    """This session under a new id; the cookie forgets all else."""
    with transaction():
        token = actions.renew(here.sign_in_id)
    _keep(token, here.facts.is_shared)


def _keep(token: str, is_shared: bool) -> None:
    session.clear()
    session.permanent = not is_shared
    user = _load_user(token)
    if user:  # the password may have changed in this very moment
        login_user(user)
