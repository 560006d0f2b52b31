"""The second factor: what @staff asks for before a desk opens."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from app.accounts import actions as accounts
from app.accounts.queries.sessions import SignedIn
from app.accounts.views.session import renew_session
from app.credentials import actions, queries
from app.credentials.actions import Outcome
from app.credentials.forms import FactorForm
from app.credentials.rules import Refusal
from app.credentials.rules.factors import unused_code
from app.credentials.rules.texts import spaced
from app.credentials.views.blueprint import bp
from app.credentials.views.here import own_session
from app.db.transaction import transaction
from app.i18n.catalogues import words
from app.kernel.outcomes import Refused
from app.web.access import signed_in
from app.web.clock import now

REFUSALS = {Outcome.WRONG: Refusal.WRONG_FACTOR, Outcome.USED: Refusal.FACTOR_USED}


@dataclass(frozen=True)
class FactorPage:
    """What the person has set up; `demo_code` is there in the demonstration only."""

    has_app: bool
    has_passkey: bool
    demo_code: str | None


@bp.route("/masuk/kedua", methods=["GET", "POST"])
@signed_in
def second_factor() -> Any:
    here, form = own_session(), FactorForm()
    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
    page = _page(here)
    if not page.has_app and not page.has_passkey:
        return redirect(url_for("credentials.safety", next=form.next.data or None), 303)
    if form.validate_on_submit():
        try:
            _show(here, str(form.code.data))
        except Refused as refused:
            form.code.errors = [words(refused.reason, **refused.facts)]
            page = _page(here)
        else:
            return redirect(form.next_or(url_for("accounts.account")), 303)
    shown = render_template("credentials/second_factor.html", form=form, page=page)
    return shown, 422 if form.is_submitted() else 200


def _show(here: SignedIn, typed: str) -> None:
    """Count the try, then use the code; the desks open in a session with a new id."""
    with transaction():
        too_often = actions.count_factor_try(here.actor, now())
    if too_often:
        raise too_often
    with transaction():
        outcome = actions.use_factor(here.actor, typed, now())
        if outcome is Outcome.RIGHT:
            accounts.note_factor(here.sign_in_id, now())
    if outcome is not Outcome.RIGHT:
        raise Refused(REFUSALS[outcome])
    renew_session(here)


def _page(here: SignedIn) -> FactorPage:
    person_id = here.actor.person_id or 0
    has_app = queries.totp_of(person_id) is not None
    return FactorPage(has_app, bool(queries.passkeys_of(person_id)), _demo_code(person_id) if has_app else None)


def _demo_code(person_id: int) -> str | None:
    """In the demonstration everybody may try the desks, and nobody has the app; nowhere else is a code ever shown."""
    if current_app.config["SETTINGS"].environment != "demonstration":
        return None
    secret, row = queries.totp_secret_of(person_id), queries.totp_of(person_id)
    code = unused_code(secret, row.last_step, now()) if secret and row else None
    return spaced(code) if code else None
