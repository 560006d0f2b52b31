"""A person's own page, the browsers they are signed in with, and their password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.accounts import actions, queries
from app.accounts.forms import NewPasswordForm
from app.accounts.queries.sessions import sessions_of
from app.accounts.rules.sessions import Device
from app.accounts.views.blueprint import bp
from app.accounts.views.session import start_session, this_session
from app.accounts.words import device_words
from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.kernel.actor import Level, Role
from app.kernel.outcomes import Missing
from app.kernel.paging import parse_mark
from app.regions.queries import find_village
from app.regions.rules import Place
from app.web.access import current_actor, recently_confirmed, signed_in
from app.web.clock import now
from app.web.panels import Panel, panels_for

ALL_OTHERS = "lain"


@dataclass(frozen=True)
class AccountPage:
    """A person's own page."""

    place: Place | None
    level: Level
    is_attested: bool
    attested_at: datetime | None
    phone: str
    roles: Sequence[Role]
    panels: Sequence[Panel]


@bp.route("/akun")
@signed_in
def account() -> Any:
    actor = current_actor()
    assert actor.person_id is not None  # signed in
    person, attested_at = queries.get_with_attestation(actor.person_id)
    page = AccountPage(
        place=find_village(person.village_code),
        level=Level(person.level),
        is_attested=person.level >= Level.ATTESTED,
        attested_at=attested_at,
        phone=f"…{person.phone[-4:]}" if person.phone else _("Tanpa HP"),
        roles=sorted({grant.role for grant in actor.grants}),
        panels=panels_for("account", actor),
    )
    return render_template("accounts/account.html", person=person, page=page)


@dataclass(frozen=True)
class DeviceRow:
    """A browser in which the person is signed in."""

    number: int
    device: str
    is_this: bool
    is_shared: bool
    seen_at: datetime
    begun_at: datetime


@bp.route("/akun/perangkat", methods=["GET", "POST"])
@signed_in
def devices() -> Any:
    actor, here = current_actor(), this_session()
    assert here is not None  # signed in
    if request.method == "POST":
        which = request.form.get("keluarkan", "")
        with transaction():
            if which == ALL_OTHERS:
                actions.end_others(actor, here.sign_in_id, now())
            else:
                actions.end_session(actor, _number(which), now())
        said = _("Semua perangkat lain sudah keluar.") if which == ALL_OTHERS else _("Perangkat itu sudah keluar.")
        flash(said, "ok")
        return redirect(url_for(".devices"), 303)
    rows = [
        DeviceRow(
            number=row.id,
            device=device_words(Device(row.browser, row.system)),
            is_this=row.id == here.sign_in_id,
            is_shared=row.is_shared,
            seen_at=now() if row.id == here.sign_in_id else row.seen_at,
            begun_at=row.begun_at,
        )
        for row in sessions_of(actor, now())
    ]
    return render_template("accounts/devices.html", rows=sorted(rows, key=lambda row: not row.is_this))


@bp.route("/akun/sandi", methods=["GET", "POST"])
@signed_in
@recently_confirmed
def password() -> Any:
    here = this_session()
    assert here is not None  # signed in
    person = queries.get_person(here.actor.person_id or 0)
    form = NewPasswordForm((person.phone or "", person.name))
    if form.validate_on_submit():
        secret = actions.hash_password(str(form.password.data), person.phone)
        with transaction():
            actions.set_password(person, secret, now(), current_actor())
        start_session(person, here.facts.is_shared)
        flash(_("Kata sandi Anda sudah diganti. Semua perangkat lain sudah keluar."), "ok")
        return redirect(url_for(".account"), 303)
    return render_template("accounts/password.html", form=form), 422 if form.is_submitted() else 200


def _number(text: str) -> int:
    mark = parse_mark(text, 1)
    if mark is None:
        raise Missing
    return mark[0]
