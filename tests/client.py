"""A test client that behaves like a visitor: every request alone, every page checked, forms sent as they were shown."""

from contextvars import Context
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import actions as accounts
from app.accounts.rules.sessions import Device
from app.db.session import session
from tests.pages import check_page


class Visitor(FlaskClient):
    """A browser without a screen."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request that sees what the test has written, and show the test what it has changed."""
        session.commit()
        # An empty context: else the request would share the test's application context, and its `g` with it.
        response: TestResponse = Context().run(super().open, *args, **kwargs)
        session.expire_all()
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            check_page(response.text)
        return response

    def submit(self, page: str, answers: dict[str, Any] | None = None, *, action: str | None = None) -> TestResponse:
        """Open a page, fill in its form (the one with this action, or the only other than the layout's) and send it."""
        address, fields = self._form(self.get(page).text, action)
        return self.post(address or page, data=fields | (answers or {}))

    def _form(self, html: str, action: str | None) -> tuple[str, dict[str, Any]]:
        root = html5lib.parse(html, namespaceHTMLElements=False)
        forms = [form for form in root.iter("form") if (form.get("method") or "").lower() == "post"]
        inside = [form for main in root.iter("main") for form in main.iter("form") if form in forms]
        wanted = [form for form in forms if form.get("action") == action] if action else inside
        assert len(wanted) == 1, f"{len(wanted)} forms to {action}: {[form.get('action') for form in forms]}"
        fields = {field.get("name"): field.get("value", "") for field in wanted[0].iter("input") if _is_sent(field)}
        fields |= {
            field.get("name"): "".join(field.itertext()).removeprefix("\n") for field in wanted[0].iter("textarea")
        }
        for choice in wanted[0].iter("select"):
            chosen = [option.get("value") for option in choice.iter("option") if option.get("selected") is not None]
            fields |= {choice.get("name"): chosen[0]} if chosen else {}
        return wanted[0].get("action") or "", fields

    def sign_in(self, person: Any, *, has_factor: bool = True) -> "Visitor":
        """Be this person from now on, without the cost of a password; staff have shown their second factor, or not."""
        with self.session_transaction() as cookie:
            cookie.update(signed_in(self.application, person, has_factor=has_factor))
        return self


def signed_in(app: Flask, person: Any, *, has_factor: bool = True) -> dict[str, Any]:
    """What the cookie of a browser holds in which this person has just signed in, on a device of their own."""
    now, proof = app.config["CLOCK"](), accounts.Proof(has_factor=has_factor)
    token = accounts.begin_session(person.id, person.epoch, Device(), False, now, proof=proof)
    return {"_user_id": token, "_fresh": True}


def cookie_of(app: Flask, person: Any, base_url: str) -> dict[str, str]:
    """The cookie of such a browser, as Playwright's `add_cookies` takes it; within the application's context."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    name = app.config["SESSION_COOKIE_NAME"]
    return {"name": name, "value": serializer.dumps(signed_in(app, person)), "url": base_url}


def _is_sent(field: Any) -> bool:
    ticked = field.get("type") not in ("checkbox", "radio") or field.get("checked") is not None
    return bool(field.get("name")) and field.get("type") not in ("submit", "button", "file") and ticked
