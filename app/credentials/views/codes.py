"""Signing in with a code that comes by message. The answers are the same whether the phone has an account or not."""

import secrets
from typing import Any

from flask import redirect, render_template, request, session, url_for

from app.accounts import actions as accounts
from app.accounts.queries import get_person
from app.accounts.rules.sessions import Way
from app.accounts.views.session import start_session
from app.credentials import actions
from app.credentials.forms import AskCodeForm, CodeForm
from app.credentials.rules import Use
from app.credentials.views.blueprint import bp
from app.db.transaction import transaction
from app.i18n.catalogues import words
from app.web.access import public
from app.web.addresses import visitor_network
from app.web.clock import now
from app.web.forms import is_local

# What the cookie keeps until the code is typed: the browser's random value, whose phone it is, where to go.
ASKED = "code_asked"


@bp.route("/masuk/kode", methods=["GET", "POST"])
@public
def ask_code() -> Any:
    form = AskCodeForm()
    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
    if form.validate_on_submit():
        with transaction():
            refused = actions.count_request(form.number(), visitor_network(), now())
        if refused is None:
            browser = secrets.token_urlsafe()
            with transaction():
                actions.send_sign_in_code(form.number(), browser, now())
            session[ASKED] = [browser, form.is_shared.data, form.next_or("")]
            return redirect(url_for(".type_code"), 303)
        form.phone.errors = [words(refused.reason, **refused.facts)]
    return render_template("credentials/ask_code.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/masuk/kode/isi", methods=["GET", "POST"])
@public
def type_code() -> Any:
    asked = session.get(ASKED)
    if not asked:
        return redirect(url_for(".ask_code"), 303)
    browser, is_shared, target = asked
    form = CodeForm()
    if form.validate_on_submit():
        with transaction():
            used = actions.use_code(Use.SIGN_IN, browser, str(form.code.data), now())
        if used.refusal is None:
            start_session(get_person(used.person_id or 0), is_shared, accounts.Proof(Way.CODE))
            return redirect(target if is_local(target) else url_for("accounts.account"), 303)
        form.code.errors = [words(used.refusal)]
    shown = render_template("credentials/type_code.html", form=form, target=target)
    return shown, 422 if form.is_submitted() else 200
