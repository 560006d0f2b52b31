"""The facilitators' desk: residents who wait, verifying one in person, enrolling one without a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from app.accounts import actions as accounts
from app.accounts import queries
from app.accounts.models import Person
from app.accounts.rules import AttestationFacts, refuse_attestation
from app.db.transaction import transaction
from app.facilitation import actions
from app.facilitation.forms import AttestForm, EnrolForm
from app.facilitation.rules import LEVELS, Shown
from app.i18n.catalogues import _, words
from app.kernel.actor import Level, Role, regency_of
from app.kernel.outcomes import Refused
from app.regions.queries import find_regency, find_village, only_regency, villages
from app.regions.rules import Place
from app.web.access import current_actor, staff
from app.web.clock import now

bp = Blueprint("facilitation", __name__, template_folder="templates")


@dataclass(frozen=True)
class ResidentRow:
    """A line of the desk; never the phone."""

    card_number: str
    name: str
    village: str
    registered_at: datetime
    is_verified: bool


@dataclass(frozen=True)
class DeskPage:
    """Residents of the facilitator's villages, as asked for."""

    rows: Sequence[ResidentRow]
    villages: Sequence[str]
    waiting: int
    verified: int
    shown: Shown | None
    text: str
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True)
class ResidentPage:
    """One resident; `refusal` says in words why they cannot be verified here."""

    card_number: str
    name: str
    place: Place
    attested_at: datetime | None
    refusal: str | None


@bp.route("/damping/")
@staff(Role.FACILITATOR)
def desk() -> Any:
    scopes = current_actor().scopes(Role.FACILITATOR)
    g.regency = only_regency(scopes)
    text, asked, after = request.args.get("q", "")[:80].strip(), request.args.get("tampil"), request.args.get("setelah")
    shown = None if text else Shown(asked) if asked in set(Shown) else Shown.WAITING
    found = queries.residents_of(scopes, LEVELS[shown] if shown else tuple(Level), text, after)
    names, counts = {place.code: place.name for place in villages(*scopes)}, queries.count_by_level(scopes)

    def url(**more: Any) -> str:
        return url_for(".desk", q=text or None, tampil=shown if shown is Shown.VERIFIED else None, **more)

    page = DeskPage(
        rows=[_row(person, names) for person in found.rows],
        villages=sorted(names.values()),
        waiting=sum(counts[level] for level in LEVELS[Shown.WAITING]),
        verified=counts[Level.ATTESTED],
        shown=shown,
        text=text,
        next_url=url(setelah=found.after) if found.after else None,
        first_url=url() if after else None,
    )
    return render_template("facilitation/desk.html", page=page)


def _row(person: Person, names: dict[str, str]) -> ResidentRow:
    is_verified = person.level >= Level.ATTESTED
    return ResidentRow(person.card_number, person.name, names[person.village_code], person.registered_at, is_verified)


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
                accounts.attest(actor, person, form.seen(), now())
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
