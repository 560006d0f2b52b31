"""The second factor: what @staff asks for before a desk opens."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for

from app.accounts import actions as accounts
from app.accounts.queries.sessions import SignedIn
from app.accounts.views.session import renew_session
from app.credentials import actions, queries
from app.credentials.actions import Outcome
from app.credentials.forms import FactorForm, KeyForm
from app.credentials.rules import Refusal
from app.credentials.rules.factors import unused_code
from app.credentials.rules.passkeys import Ceremony
from app.credentials.rules.texts import spaced
from app.credentials.views.blueprint import bp
from app.credentials.views.here import answered_challenge, fresh_challenge, own_session, this_site
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
    key_form: KeyForm
    key_options: str | None
    demo_code: str | None


@bp.route("/masuk/kedua", methods=["GET", "POST"])
@signed_in
def second_factor() -> Any:
    here, form = own_session(), FactorForm()
    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
    if not queries.has_factor(here.actor.person_id or 0):
        return redirect(url_for("credentials.safety"), 303)
    if form.validate_on_submit():
        try:
            _show(here, str(form.code.data))
        except Refused as refused:
            form.code.errors = [words(refused.reason, **refused.facts)]
        else:
            return redirect(form.next_or(url_for("accounts.account")), 303)
    shown = render_template("credentials/second_factor.html", form=form, page=_page(here))
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


@bp.route("/masuk/kedua/kunci", methods=["POST"])
@signed_in
def second_factor_by_key() -> Any:
    """A passkey in place of the code; what is wrong with it is told on the page of the second factor."""
    here, form = own_session(), KeyForm()
    try:
        if not form.validate_on_submit():
            raise Refused(Refusal.WRONG_PASSKEY)
        challenge = answered_challenge(Ceremony.FACTOR)
        with transaction():
            used = actions.use_passkey(this_site(), challenge, str(form.answer.data), now(), here.actor.person_id)
            if used.refusal is None:
                accounts.note_factor(here.sign_in_id, now())
        if used.refusal:
            raise Refused(used.refusal)
    except Refused as refused:
        flash(words(refused.reason, **refused.facts), "error")
        return redirect(url_for(".second_factor", next=form.next.data or None), 303)
    renew_session(here)
    return redirect(form.next_or(url_for("accounts.account")), 303)


def _page(here: SignedIn) -> FactorPage:
    person_id = here.actor.person_id or 0
    has_app, passkeys = queries.totp_of(person_id) is not None, queries.passkeys_of(person_id)
    options = actions.using_options(this_site(), fresh_challenge(Ceremony.FACTOR), passkeys) if passkeys else None
    key_form = KeyForm(formdata=None, next=request.values.get("next", ""))
    return FactorPage(has_app, key_form, options, _demo_code(person_id) if has_app else None)


def _demo_code(person_id: int) -> str | None:
    """In the demonstration everybody may try the desks, and nobody has the app; nowhere else is a code ever shown."""
    if current_app.config["SETTINGS"].environment != "demonstration":
        return None
    secret, row = queries.totp_secret_of(person_id), queries.totp_of(person_id)
    code = unused_code(secret, row.last_step, now()) if secret and row else None
    return spaced(code) if code else None
