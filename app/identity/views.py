"""A resident's own pages: the NIK, the groups, and on the account page the steps that are left."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from app.accounts.models import Person
from app.accounts.queries import get_person
from app.accounts.rules.consents import WORDING, Mode, Purpose
from app.accounts.words import WORDINGS
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.identity import actions, queries
from app.identity.forms import GroupsForm, IdentityForm
from app.identity.rules import refuse_oneself
from app.identity.rules.limits import NIK_ENTRY
from app.kernel.actor import Actor, Level, regency_of
from app.kernel.outcomes import Refused
from app.limits import actions as limits
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel

bp = Blueprint("identity", __name__, template_folder="templates")


@bp.route("/akun/identitas", methods=["GET", "POST"])
@signed_in
def identity() -> Any:
    actor = current_actor()
    person, form = get_person(actor.person_id or 0), IdentityForm(regency_of(actor.village_code))
    row = queries.identity_of(person.id)
    is_good = form.validate_on_submit()
    doubts = form.unseen_doubts() if is_good else []
    if is_good and not doubts:
        with transaction():  # of its own: a refusal must not undo the count
            limits.count(NIK_ENTRY, str(person.id), now(), actor)
        try:
            with transaction():
                limits.refuse_over(NIK_ENTRY, str(person.id), now())
                actions.identify_oneself(actor, person, form.said(), now())
        except Refused as refused:
            form.nik.errors = [words(refused.reason, **refused.facts)]
        else:
            flash(_("NIK Anda sudah dicatat. Yang disimpan hanya sidiknya yang teracak."), "ok")
            return redirect(url_for("accounts.account"), 303)
    is_fixed = refuse_oneself(queries.own_facts(person, row)) is not None
    page = render_template("identity/identity.html", form=form, row=row, is_fixed=is_fixed, doubts=doubts)
    return page, 422 if form.is_submitted() else 200


@bp.route("/akun/kelompok", methods=["GET", "POST"])
@signed_in
def groups() -> Any:
    actor = current_actor()
    person = get_person(actor.person_id or 0)
    form = GroupsForm(queries.groups_of(person.id))
    if form.validate_on_submit():
        chosen = form.chosen()
        with transaction():
            actions.declare_groups(actor, person, chosen, Mode.SELF, now())
        said = _("Kelompok Anda sudah dicatat.") if chosen else _("Tidak ada kelompok yang dicatat untuk Anda.")
        flash(said, "ok")
        return redirect(url_for("accounts.account"), 303)
    wording = str(WORDINGS[Purpose.GROUPS, WORDING[Purpose.GROUPS]])
    return render_template("identity/groups.html", form=form, wording=wording), 422 if form.is_submitted() else 200


@dataclass(frozen=True)
class NextSteps:
    """What has been done of the three steps to a vote that counts; `has_phone` where there is a phone to confirm."""

    card_number: str
    is_identified: bool
    is_confirmed: bool
    is_attested: bool
    has_phone: bool


@adds_panel("account")
def next_steps(actor: Actor) -> Panel | None:
    if actor.person_id is None:
        return None
    place = Place.BELOW if actor.level >= Level.ATTESTED else Place.ACTION
    return Panel(place, "identity/_next_steps.html", _steps_of(get_person(actor.person_id)))


def _steps_of(person: Person) -> NextSteps:
    # Whether the digest was taken must not show: it would tell who else is registered.
    return NextSteps(
        card_number=person.card_number,
        is_identified=queries.identity_of(person.id) is not None,
        is_confirmed=person.phone_confirmed_at is not None,
        is_attested=person.level >= Level.ATTESTED,
        has_phone=person.phone_index is not None,
    )
