"""Closing one's account."""

from typing import Any

from flask import redirect, render_template, session, url_for

from app.accounts import actions as accounts
from app.accounts.queries import get_person
from app.db.forgetting import wipe
from app.db.transaction import transaction
from app.i18n.catalogues import words
from app.kernel.outcomes import Refused
from app.privacy.actions import close_account
from app.privacy.forms import CloseForm
from app.privacy.queries import closing_facts
from app.privacy.rules import Why, refuse_closing
from app.privacy.views.blueprint import bp
from app.web.access import current_actor, public, recently_confirmed, signed_in
from app.web.addresses import visitor_network
from app.web.clock import now


@bp.route("/akun/tutup", methods=["GET", "POST"])
@signed_in
@recently_confirmed
def close() -> Any:
    actor = current_actor()
    person = get_person(actor.person_id or 0)
    refusal = refuse_closing(closing_facts(person.id, now()))
    form = CloseForm(has_password=person.password_hash is not None)
    if form.validate_on_submit() and _is_oneself(form, person.card_number):
        with transaction():
            close_account(actor, person, Why.ASKED, now())
        wipe()
        session.clear()
        answer = redirect(url_for(".closed"), 303)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer
    page = render_template("privacy/close.html", form=form, refusal=words(refusal) if refusal else None)
    return page, 422 if form.is_submitted() else 200


def _is_oneself(form: CloseForm, card_number: str) -> bool:
    """Whether the password is right; each try is counted where nothing takes it back."""
    if not form.password.data:
        return True  # there is none, and how they came in was asked a short while ago
    with transaction():
        accounts.count_try(card_number, visitor_network(), now())
    try:
        accounts.check_again(current_actor(), str(form.password.data), now())
    except Refused as refused:
        form.password.errors = [words(refused.reason, **refused.facts)]
    return not form.password.errors


@bp.route("/akun/ditutup")
@public
def closed() -> Any:
    return render_template("privacy/closed.html")
