"""One's second factors: an authenticator app, passkeys and recovery codes."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from flask import flash, redirect, render_template, session, url_for

from app.accounts import actions as accounts
from app.accounts.queries.sessions import SignedIn
from app.accounts.views.session import renew_session
from app.credentials import actions, queries
from app.credentials.forms import NewAppForm, NewKeyForm
from app.credentials.models import Passkey
from app.credentials.rules.factors import app_address, new_secret, shown
from app.credentials.rules.passkeys import Ceremony
from app.credentials.rules.printing import Qr, qr_of
from app.credentials.views.blueprint import bp
from app.credentials.views.here import (
    answered_challenge,
    factor_shown,
    fresh_challenge,
    needs_factor,
    own_account,
    own_session,
    this_site,
)
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.outcomes import Refused
from app.vault import open_sealed, seal
from app.web.access import recently_confirmed, signed_in
from app.web.clock import now
from app.web.forms import Form

# What the cookie keeps, sealed, until the new app has shown its first code.
NEW_SECRET = "new_totp"  # noqa: S105


@dataclass(frozen=True)
class SafetyPage:
    """What the person has set up."""

    is_staff: bool
    app_since: datetime | None
    passkeys: Sequence[Passkey]
    codes_left: int

    @property
    def has_factor(self) -> bool:
        return self.app_since is not None or bool(self.passkeys)


@bp.route("/akun/pengaman")
@signed_in
@recently_confirmed
@factor_shown
def safety() -> Any:
    here = own_session()
    person_id = here.actor.person_id or 0
    totp = queries.totp_of(person_id)
    page = SafetyPage(
        is_staff=needs_factor(here),
        app_since=totp.added_at if totp else None,
        passkeys=queries.passkeys_of(person_id),
        codes_left=queries.recovery_codes_left(person_id),
    )
    return render_template("credentials/safety.html", page=page)


@dataclass(frozen=True)
class NewApp:
    """A secret for an authenticator app, to scan or to type."""

    secret: str
    qr: Qr

    @property
    def spaced(self) -> str:
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


@bp.route("/akun/pengaman/aplikasi", methods=["GET", "POST"])
@signed_in
@recently_confirmed
@factor_shown
def add_app() -> Any:
    here, person, form = own_session(), own_account(), NewAppForm()
    secret = _new_secret(person.id)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.add_totp(here.actor, person, secret, str(form.code.data), now())
                accounts.note_factor(here.sign_in_id, now())
        except Refused as refused:
            form.code.errors = [words(refused.reason, **refused.facts)]
        else:
            renew_session(here)
            flash(_("Aplikasi kode sudah terpasang."), "ok")
            return redirect(url_for(".safety"), 303)
    page = NewApp(secret, qr_of(app_address(secret, person.card_number)))
    return render_template("credentials/add_app.html", form=form, page=page), 422 if form.is_submitted() else 200


def _new_secret(person_id: int) -> str:
    """The same until it is confirmed, so that a wrong code does not mean to scan again."""
    place = f"session|{NEW_SECRET}|{person_id}"
    try:
        return open_sealed(b64decode(session[NEW_SECRET]), place)
    except (KeyError, InvalidTag):  # none yet, another person's, or sealed with a key that is gone
        secret = new_secret()
        session[NEW_SECRET] = b64encode(seal(secret, place)).decode()
        return secret


@bp.route("/akun/pengaman/aplikasi/hapus", methods=["GET", "POST"])
@signed_in
@recently_confirmed
@factor_shown
def remove_app() -> Any:
    here = own_session()
    return _removal(
        _("aplikasi kode"), lambda: actions.remove_totp(here.actor, own_account(), now(), is_staff=needs_factor(here))
    )


@bp.route("/akun/pengaman/kunci", methods=["GET", "POST"])
@signed_in
@recently_confirmed
@factor_shown
def add_key() -> Any:
    here, form = own_session(), NewKeyForm()
    if form.validate_on_submit():
        try:
            _add_key(here, str(form.answer.data), str(form.name.data))
        except Refused as refused:
            form.answer.errors = [words(refused.reason, **refused.facts)]
        else:
            renew_session(here)
            flash(_("Kunci sudah tersimpan. Lain kali Anda bisa masuk dengannya."), "ok")
            return redirect(url_for(".safety"), 303)
    options = actions.adding_options(own_account(), this_site(), fresh_challenge(Ceremony.ADD))
    return render_template("credentials/add_key.html", form=form, options=options), 422 if form.is_submitted() else 200


def _add_key(here: SignedIn, answer: str, name: str) -> None:
    challenge, person = answered_challenge(Ceremony.ADD), own_account()
    with transaction():
        actions.add_passkey(here.actor, person, this_site(), challenge, answer, name, now())
        accounts.note_factor(here.sign_in_id, now())


@bp.route("/akun/pengaman/kunci/<int:number>/hapus", methods=["GET", "POST"])
@signed_in
@recently_confirmed
@factor_shown
def remove_key(number: int) -> Any:
    here = own_session()
    return _removal(
        _("kunci ini"),
        lambda: actions.remove_passkey(here.actor, own_account(), number, now(), is_staff=needs_factor(here)),
    )


@bp.route("/akun/pengaman/cadangan", methods=["GET", "POST"])
@signed_in
@recently_confirmed
@factor_shown
def recovery_codes() -> Any:
    """Shown in the answer itself: what is kept of them cannot be shown again."""
    here, form = own_session(), Form()
    codes: list[str] = []
    if form.validate_on_submit():
        with transaction():
            codes = actions.renew_recovery_codes(here.actor, own_account(), now())
    return render_template("credentials/recovery_codes.html", codes=[shown(code) for code in codes])


def _removal(what: str, remove: Callable[[], None]) -> Any:
    """Ask once more, then remove."""
    form = Form()
    if not form.validate_on_submit():
        return render_template("credentials/remove_factor.html", form=form, what=what)
    try:
        with transaction():
            remove()
    except Refused as refused:
        flash(words(refused.reason, **refused.facts), "error")
    else:
        flash(_("Sudah dihapus."), "ok")
    return redirect(url_for(".safety"), 303)
