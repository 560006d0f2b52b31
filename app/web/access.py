"""Who may open an address at all; what they may do there is asked by the action."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import g, redirect, request, url_for
from werkzeug.exceptions import Forbidden

from app.kernel.actor import ANYONE, Actor, Role

View = Callable[..., Any]


class SessionOver(Exception):
    """A form was sent after its sender had been signed out; what they typed is worth giving back."""


def current_actor() -> Actor:
    """The person behind this request, ANYONE when not signed in."""
    actor: Actor = g.get("actor", ANYONE)
    return actor


def lender_id() -> int | None:
    """The facilitator who has lent this browser to the one it acts for; None where it is their own."""
    lender: int | None = g.get("lender_id")
    return lender


def public(view: View) -> View:
    """Anyone may open this."""
    cast(Any, view).__access__ = "anyone"
    return view


def signed_in(view: View) -> View:
    """Only a signed-in person; others are asked to sign in and come back here."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if current_actor().is_signed_in else _ask_to_sign_in()

    cast(Any, guarded).__access__ = "signed in"
    return guarded


def staff(*roles: Role) -> Callable[[View], View]:
    """Only holders of one of the roles, in whatever scope; the action asks about the scope.

    Whose role waits for a second factor is sent to show it, and comes back.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor = current_actor()
            if not actor.is_signed_in:
                return _ask_to_sign_in()
            if not actor.roles.intersection(roles):
                if g.get("withheld", frozenset()).intersection(roles):
                    return _send_to("credentials.second_factor")
                raise Forbidden
            return view(*args, **kwargs)

        cast(Any, guarded).__access__ = ", ".join(roles)
        return guarded

    return decorate


def recently_confirmed(view: View) -> View:
    """Only who typed their password a short while ago; others type it again and come back. Below who may open it."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        is_confirmed = g.get("is_confirmed", False)
        return view(*args, **kwargs) if is_confirmed else _send_to("accounts.confirm")

    return guarded


def _ask_to_sign_in() -> Any:
    if request.method == "POST" and g.get("is_session_over", False):
        raise SessionOver
    return _send_to("accounts.sign_in")


def _send_to(endpoint: str) -> Any:
    came_from = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(url_for(endpoint, next=came_from), 303)
