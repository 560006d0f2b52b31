"""Signing in with a passkey: the phone's own lock opens the account, without a number or a password."""

from typing import Any

from flask import redirect, render_template, request, url_for

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import get_person
from app.accounts.rules.sessions import Way
from app.accounts.views.session import start_session
from app.credentials import actions
from app.credentials.forms import KeySignInForm
from app.credentials.rules.passkeys import Ceremony
from app.credentials.views.blueprint import bp
from app.credentials.views.here import answered_challenge, fresh_challenge, this_site
from app.db.transaction import transaction
from app.i18n.catalogues import words
from app.kernel.outcomes import Refused
from app.web.access import public
from app.web.clock import now


@bp.route("/masuk/kunci", methods=["GET", "POST"])
@public
def sign_in_with_key() -> Any:
    form = KeySignInForm()
    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
    if form.validate_on_submit():
        try:
            person = _owner(str(form.answer.data))
        except Refused as refused:
            form.answer.errors = [words(refused.reason, **refused.facts)]
        else:
            start_session(person, form.is_shared.data, accounts.Proof(Way.PASSKEY, has_factor=True))
            return redirect(form.next_or(url_for("accounts.account")), 303)
    options = actions.using_options(this_site(), fresh_challenge(Ceremony.SIGN_IN))
    shown = render_template("credentials/sign_in_with_key.html", form=form, options=options)
    return shown, 422 if form.is_submitted() else 200


def _owner(answer: str) -> Person:
    challenge = answered_challenge(Ceremony.SIGN_IN)
    with transaction():
        used = actions.use_passkey(this_site(), challenge, answer, now())
    if used.refusal:
        raise Refused(used.refusal)
    return get_person(used.person_id or 0)
