"""Registering, signing in and out, and the person's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, g, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.accounts import actions, queries
from app.accounts.forms import RegistrationForm, SignInForm
from app.accounts.models import Person
from app.accounts.rules import Refusal
from app.accounts.words import REFUSALS
from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.kernel.actor import ANYONE, Actor, Level, Role, regency_of
from app.kernel.outcomes import Refused
from app.regions.queries import find_regency, find_village, regencies, villages
from app.regions.rules import Place
from app.web.access import current_actor, public, signed_in
from app.web.clock import now
from app.web.panels import Panel, panels_for

bp = Blueprint("accounts", __name__, template_folder="templates")


@dataclass(frozen=True)
class SessionUser(UserMixin):
    """What Flask-Login keeps of a signed-in person: the id and the epoch, which ends all sessions when it rises."""

    actor: Actor
    epoch: int

    def get_id(self) -> str:
        return f"{self.actor.person_id}.{self.epoch}"


def _load_user(text: str) -> SessionUser | None:
    person_id, _dot, epoch = text.partition(".")
    if not (person_id.isdecimal() and epoch.isdecimal()):
        return None
    actor = queries.find_actor(int(person_id), int(epoch), now())
    return SessionUser(actor, int(epoch)) if actor else None


def register_sign_in(app: Flask) -> None:
    """Wire Flask-Login and make the person behind each request known as g.actor."""
    manager = LoginManager(app)
    manager.session_protection = None  # phones on the move change their address
    manager.user_loader(_load_user)

    @app.before_request
    def know_actor() -> None:
        g.actor = current_user.actor if current_user.is_authenticated else ANYONE
        if g.actor.village_code and "regency" not in g:  # addresses without a regency show one's own, and its time
            g.regency = find_regency(regency_of(g.actor.village_code))


def _start_session(person: Person) -> None:
    session.clear()
    actor = queries.find_actor(person.id, person.epoch, now())
    assert actor is not None  # just read in this request
    login_user(SessionUser(actor, person.epoch))


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
    if form.validate_on_submit():
        answers = form.answers()
        try:
            with transaction():
                person = actions.register(answers.name, answers.phone, answers.password, answers.village_code, now())
        except Refused as refused:
            form.phone.errors = [str(REFUSALS[Refusal(refused.reason)]) % refused.facts]
        else:
            _start_session(person)
            return redirect(url_for("accounts.account", baru=1), 303)
    return render_template("accounts/register.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/masuk", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    form = SignInForm()
    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
    refusal = None
    if form.validate_on_submit():
        with transaction():
            actions.count_try(str(form.name.data), now())
        try:
            person = actions.check_sign_in(str(form.name.data), str(form.password.data), now())
        except Refused as refused:
            refusal = REFUSALS[Refusal(refused.reason)]
        else:
            _start_session(person)
            return redirect(form.next_or(url_for("accounts.account")), 303)
    page = render_template("accounts/sign_in.html", form=form, refusal=refusal)
    return page, 422 if form.is_submitted() else 200


@bp.route("/keluar", methods=["POST"])
@public
def sign_out() -> Any:
    logout_user()
    session.clear()
    response = redirect(url_for("home.choose"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


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
    person = queries.get_person(actor.person_id)
    attestation = queries.attestation_of(person.id)
    page = AccountPage(
        place=find_village(person.village_code),
        level=Level(person.level),
        is_attested=person.level >= Level.ATTESTED,
        attested_at=attestation.at if attestation else None,
        phone=f"…{person.phone[-4:]}" if person.phone else _("Tanpa HP"),
        roles=sorted({grant.role for grant in actor.grants}),
        panels=panels_for("account", actor),
    )
    return render_template("accounts/account.html", person=person, page=page, is_new="baru" in request.args)
