"""Residents met in person: enrolling one without a phone, verifying one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from app.accounts import queries
from app.accounts.models import Person
from app.accounts.rules import AttestationFacts, refuse_attestation
from app.db.transaction import transaction
from app.facilitation import actions
from app.facilitation.forms import AttestForm, EnrolForm
from app.facilitation.views.blueprint import bp
from app.i18n.catalogues import _, words
from app.kernel.actor import Level, Role, regency_of
from app.kernel.outcomes import Refused
from app.regions.queries import find_regency, find_village, only_regency, villages
from app.regions.rules import Place
from app.web.access import current_actor, staff
from app.web.clock import now


@dataclass(frozen=True)
class ResidentPage:
    """One resident; `refusal` says in words why they cannot be verified here."""

    card_number: str
    name: str
    place: Place
    attested_at: datetime | None
    refusal: str | None


@bp.route("/damping/warga/<card_number>", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def resident(card_number: str) -> Any:
    actor, form = current_actor(), AttestForm()
    person = queries.get_resident(actor, card_number)
    g.regency = find_regency(regency_of(person.village_code))
    refused = False
    if form.validate_on_submit():
        try:
            with transaction():
                actions.attest(actor, person, form.seen(), now())
        except Refused:
            refused, person = True, queries.get_resident(actor, card_number)
        else:
            flash(_("%(name)s sudah terverifikasi. Suaranya sekarang dihitung.", name=person.name), "ok")
            return redirect(url_for(".desk"), 303)
    status = 409 if refused else 422 if form.is_submitted() else 200
    page, is_new = _resident_page(person, actor.person_id), "baru" in request.args
    return render_template("facilitation/resident.html", page=page, form=form, is_new=is_new), status


def _resident_page(person: Person, facilitator_id: int | None) -> ResidentPage:
    place = find_village(person.village_code)
    assert place is not None  # a foreign key
    attestation = queries.attestation_of(person.id)
    refusal = refuse_attestation(AttestationFacts(person.id, person.village_code, Level(person.level)), facilitator_id)
    return ResidentPage(
        card_number=person.card_number,
        name=person.name,
        place=place,
        attested_at=attestation.at if attestation else None,
        refusal=words(refusal) if refusal else None,
    )


@bp.route("/damping/warga/baru", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def enrol() -> Any:
    scopes = current_actor().scopes(Role.FACILITATOR)
    g.regency = only_regency(scopes)
    form = EnrolForm()
    namesakes: Sequence[Person] = ()
    form.village.choices = _village_choices(scopes)
    if form.validate_on_submit():
        answers = form.answers()
        try:
            with transaction():
                person = actions.enrol(current_actor(), answers, str(form.form_key.data), now())
        except Refused as refused:
            form.name.errors = [words(refused.reason, **refused.facts)]
            namesakes = queries.namesakes(answers.name, answers.village_code)
        else:
            return redirect(url_for(".resident", card_number=person.card_number, baru=1), 303)
    page = render_template("facilitation/enrol.html", form=form, namesakes=namesakes)
    return page, 422 if form.is_submitted() else 200


def _village_choices(scopes: Sequence[str]) -> list[tuple[str, str]]:
    return [
        (place.code, _("%(village)s, Kecamatan %(district)s", village=place.name, district=place.district))
        for place in villages(*scopes)
    ]
