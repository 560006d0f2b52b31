"""One's own phone: confirming it with a code, changing it, taking it away."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, session, url_for

from app.accounts.models import Person
from app.accounts.rules import takes_codes
from app.credentials import actions
from app.credentials.forms import CodeForm, PhoneForm
from app.credentials.rules import Refusal, Use
from app.credentials.views.blueprint import bp
from app.credentials.views.here import own_account
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.identity.actions import lift_level
from app.kernel.outcomes import Refused
from app.web.access import current_actor, recently_confirmed, signed_in
from app.web.addresses import visitor_network
from app.web.clock import now
from app.web.forms import Form

BROWSER = "phone_code"


@dataclass(frozen=True)
class PhonePage:
    """The phone as its owner knows it again."""

    tail: str | None
    confirmed_at: datetime | None
    takes_codes: bool


def _page(person: Person) -> PhonePage:
    phone = person.phone
    return PhonePage(phone[-4:] if phone else None, person.phone_confirmed_at, bool(phone and takes_codes(phone)))


@bp.route("/akun/hp")
@signed_in
def phone() -> Any:
    return render_template("credentials/phone.html", page=_page(own_account()))


@bp.route("/akun/hp/kode", methods=["POST"])
@signed_in
def send_phone_code() -> Any:
    person = own_account()
    number = person.phone
    if number is None or not takes_codes(number):
        raise Refused(Refusal.NO_CODES_ABROAD if number else Refusal.NO_PHONE)
    with transaction():
        refused = actions.count_request(number, visitor_network(), now())
    if refused:
        flash(words(refused.reason, **refused.facts), "warn")
        return redirect(url_for(".confirm_phone" if BROWSER in session else ".phone"), 303)
    session[BROWSER] = secrets.token_urlsafe()
    with transaction():
        actions.send_confirming_code(person, session[BROWSER], now())
    return redirect(url_for(".confirm_phone"), 303)


@bp.route("/akun/hp/isi", methods=["GET", "POST"])
@signed_in
def confirm_phone() -> Any:
    person, form = own_account(), CodeForm()
    if BROWSER not in session or person.phone is None:
        return redirect(url_for(".phone"), 303)
    if form.validate_on_submit():
        try:
            _confirm(person, str(form.code.data))
        except Refused as refused:
            form.code.errors = [words(refused.reason, **refused.facts)]
        else:
            session.pop(BROWSER)
            flash(_("Nomor HP Anda sudah dipastikan."), "ok")
            return redirect(url_for(".phone"), 303)
    shown = render_template("credentials/confirm_phone.html", form=form, page=_page(person))
    return shown, 422 if form.is_submitted() else 200


def _confirm(person: Person, typed: str) -> None:
    """First the code, which counts whatever comes of it; that a household is full is told only to who has the phone."""
    with transaction():
        used = actions.use_code(Use.CONFIRM_PHONE, session[BROWSER], typed, now())
    if used.refusal or used.person_id != person.id:
        raise Refused(used.refusal or Refusal.WRONG_CODE)
    with transaction():
        actions.confirm_phone(person, used, now())
        lift_level(person)


@bp.route("/akun/hp/ganti", methods=["GET", "POST"])
@signed_in
@recently_confirmed
def change_phone() -> Any:
    person, form = own_account(), PhoneForm()
    if form.validate_on_submit():
        _change(person, form.number())
        flash(_("Nomor baru sudah dicatat. Pastikan dengan kode, supaya bisa dipakai."), "ok")
        return redirect(url_for(".phone"), 303)
    shown = render_template("credentials/change_phone.html", form=form, page=_page(person))
    return shown, 422 if form.is_submitted() else 200


@bp.route("/akun/hp/hapus", methods=["GET", "POST"])
@signed_in
@recently_confirmed
def remove_phone() -> Any:
    person, form = own_account(), Form()
    if form.validate_on_submit():
        _change(person, None)
        flash(_("Nomor HP dihapus dari akun Anda. Masuklah dengan nomor kartu."), "ok")
        return redirect(url_for(".phone"), 303)
    return render_template("credentials/remove_phone.html", form=form, person=person, page=_page(person))


def _change(person: Person, number: str | None) -> None:
    session.pop(BROWSER, None)
    with transaction():
        actions.change_phone(current_actor(), person, number, now())
