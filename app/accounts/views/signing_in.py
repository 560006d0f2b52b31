"""Registering, signing in and out, and typing the password again."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for

from app.accounts import actions
from app.accounts.forms import ConfirmForm, RegistrationForm, SignInForm
from app.accounts.queries import get_person
from app.accounts.rules.limits import REGISTER_ADDRESS, REGISTER_PHONE
from app.accounts.rules.sessions import SIGN_IN_NAME
from app.accounts.views.blueprint import bp
from app.accounts.views.session import start_session, this_session
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.outcomes import Refused
from app.limits import actions as limits
from app.regions.queries import regencies, villages
from app.web.access import public, signed_in
from app.web.addresses import visitor_network
from app.web.clock import now
from app.web.panels import panels_for


def _village_choices(slug: str | None) -> dict[str, list[tuple[str, str]]]:
    """Villages grouped by district, of one regency where the visitor comes from one."""
    groups: dict[str, list[tuple[str, str]]] = {"": [("", _("Pilih desa"))]}
    for regency in regencies():
        if slug in (None, "", regency.slug):
            for village in villages(regency.code):
                groups.setdefault(f"{village.district}, {regency.name}", []).append((village.code, village.name))
    return groups


@bp.route("/daftar", methods=["GET", "POST"])
@public
def register() -> Any:
    form = RegistrationForm()
    form.village.choices = _village_choices(request.args.get("r"))
    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
    if form.validate_on_submit():
        answers = form.answers()
        resident = replace(answers.resident, password_hash=actions.hash_password(answers.password, answers.phone))
        try:
            with transaction():
                limits.take(REGISTER_PHONE, answers.phone, now())
                limits.take(REGISTER_ADDRESS, visitor_network(), now())
                person = actions.register(resident, now())
        except Refused as refused:
            form.phone.errors = [words(refused.reason, **refused.facts)]
        else:
            start_session(person, form.is_shared.data)
            flash(_("Akun Anda sudah jadi. Nomor kartu Anda %(number)s.", number=person.card_number), "ok")
            return redirect(form.next_or(url_for("accounts.account")), 303)
    return render_template("accounts/register.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/masuk", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    form = SignInForm()
    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
        form.name.data = session.pop(SIGN_IN_NAME, "")
    refusal = None
    if form.validate_on_submit():
        with transaction():
            actions.count_try(str(form.name.data), address := visitor_network(), now())
        try:
            person = actions.check_sign_in(str(form.name.data), str(form.password.data), address, now())
        except Refused as refused:
            refusal = words(refused.reason, **refused.facts)
            with transaction():
                actions.note_refused(refused, now())
        else:
            start_session(person, form.is_shared.data)
            return redirect(form.next_or(url_for("accounts.account")), 303)
    panels = panels_for("sign_in", str(form.next.data or ""))
    page = render_template("accounts/sign_in.html", form=form, refusal=refusal, panels=panels)
    return page, 422 if form.is_submitted() else 200


@bp.route("/keluar", methods=["POST"])
@public
def sign_out() -> Any:
    with transaction():
        actions.sign_out(session.get("_user_id"))
    session.clear()
    response = redirect(url_for("home.choose"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.route("/masuk/ulang", methods=["GET", "POST"])
@signed_in
def confirm() -> Any:
    """The password again, before what only its owner may do; then back to where one was going."""
    form, here = ConfirmForm(), this_session()
    assert here is not None  # signed in
    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
    if form.validate_on_submit():
        card = get_person(here.actor.person_id or 0).card_number
        with transaction():
            actions.count_try(card, visitor_network(), now())
        try:
            actions.check_again(here.actor, str(form.password.data), now())
        except Refused as refused:
            form.password.errors = [words(refused.reason, **refused.facts)]
        else:
            with transaction():
                actions.confirm(here.sign_in_id, now())
            return redirect(form.next_or(url_for("accounts.account")), 303)
    return render_template("accounts/confirm.html", form=form), 422 if form.is_submitted() else 200
