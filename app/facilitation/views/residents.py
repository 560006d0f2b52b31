"""One resident: the record, attesting, putting data right. Every look is noted, and shown to the resident."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from app.accounts import queries as people
from app.accounts.models import Person
from app.accounts.rules import AttestationFacts, refuse_attestation
from app.credentials.queries import latest_card
from app.credentials.rules.cards import state_of
from app.db.transaction import transaction
from app.facilitation import actions, queries
from app.facilitation.forms import AttestForm, CorrectForm
from app.facilitation.views.blueprint import bp
from app.facilitation.words import SPOKEN
from app.i18n.catalogues import _, words
from app.identity.models import Identity
from app.identity.queries import identity_of
from app.identity.rules import Refusal as IdentityRefusal
from app.identity.rules.nik import Doubt
from app.kernel.actor import Level, Role, regency_of
from app.kernel.outcomes import Missing, Refused
from app.proposals.queries import own, timeline_of
from app.regions.queries import find_regency, find_village
from app.regions.rules import Place
from app.web.access import current_actor, staff
from app.web.clock import now


@dataclass(frozen=True)
class ProposalLine:
    """A proposal of the resident that the facilitator may know of, and what a moderator asked where it was returned."""

    number: str
    title: str
    status: str
    why: str


@dataclass(frozen=True)
class ResidentPage:
    """One resident; of phone and NIK only the end. `refusal` says why they cannot be attested here."""

    card_number: str
    name: str
    place: Place
    hamlet: str
    language: str
    level: Level
    phone_end: str
    is_phone_confirmed: bool
    sharing: int
    nik_end: str
    birth_year: int | None
    sex: str
    doubts: tuple[str, ...]
    attested_at: datetime | None
    refusal: str | None
    card_state: str
    card_at: datetime | None
    has_taken_over: bool
    is_oneself: bool
    village_code: str
    proposals: tuple[ProposalLine, ...]


def open_resident(card_number: str) -> Person:
    """The resident's record, noted. To facilitators of other villages nobody is there, and trying to act is logged."""
    actor = current_actor()
    try:
        with transaction():
            actions.open_record(actor, card_number, now())
    except Missing:
        if request.method == "POST":
            with transaction():
                actions.note_attempt(actor, card_number, now())
        raise
    person = people.get_resident(actor, card_number)
    g.regency = find_regency(regency_of(person.village_code))
    return person


@bp.route("/damping/warga/<card_number>", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def resident(card_number: str) -> Any:
    actor, form = current_actor(), AttestForm()
    person = open_resident(card_number)
    refused = None
    if form.validate_on_submit():
        try:
            with transaction():
                actions.attest(actor, person, form.seen(), now())
        except Refused as outcome:
            refused, person = outcome, people.get_resident(actor, card_number)
        else:
            flash(_("%(name)s sudah terverifikasi. Suaranya sekarang dihitung.", name=person.name), "ok")
            return redirect(url_for(".resident", card_number=card_number, baru=1), 303)
    page = _page(person)
    if refused and not page.refusal:
        form.form_errors.append(words(refused.reason, **refused.facts))
    status = 409 if refused else 422 if form.is_submitted() else 200
    return render_template("facilitation/resident.html", page=page, form=form, is_new="baru" in request.args), status


def _page(person: Person) -> ResidentPage:
    place, identity, card = find_village(person.village_code), identity_of(person.id), latest_card(person.id)
    assert place is not None  # a foreign key
    attestation, phone, facilitator_id = people.attestation_of(person.id), person.phone, current_actor().person_id
    refusal = refuse_attestation(AttestationFacts(person.id, person.village_code, Level(person.level)), facilitator_id)
    return ResidentPage(
        card_number=person.card_number,
        name=person.name,
        place=place,
        hamlet=person.hamlet,
        language=str(SPOKEN.get(person.language, person.language)),
        level=Level(person.level),
        phone_end=phone[-4:] if phone else "",
        is_phone_confirmed=person.phone_confirmed_at is not None,
        sharing=len(people.sharing_phone(phone)) - 1 if phone else 0,
        nik_end=(identity.nik_last4 or "") if identity else "",
        birth_year=identity.birth_year if identity else None,
        sex=words(identity.sex) if identity and identity.sex else "",
        doubts=tuple(_doubts(identity)),
        attested_at=attestation.at if attestation else None,
        refusal=words(refusal) if refusal else None,
        card_state=words(state_of(card.expires_at, card.revoked_at, now())) if card else "",
        card_at=card.issued_at if card else None,
        has_taken_over=person.password_hash is not None
        and (card is None or card.password_hash != person.password_hash),
        is_oneself=person.id == facilitator_id,
        village_code=person.village_code,
        proposals=tuple(_proposals(person)),
    )


def _proposals(person: Person) -> Iterator[ProposalLine]:
    """What is public, what this facilitator has typed, and what they are to give back."""
    actor = current_actor()
    assert actor.person_id is not None  # facilitators are signed in
    returned = queries.to_give_back(actor.person_id, [person.village_code], person.id)
    back = {row.number for row in returned}
    for one in own(person.id):
        if one.number and (one.public_since or one.typed_by_id == actor.person_id or one.number in back):
            why = timeline_of(one.id)[-1].reason if one.number in back else ""
            yield ProposalLine(one.number, one.title, words(one.status), why)


def _doubts(identity: Identity | None) -> list[str]:
    return [words(Doubt(code)) for code in identity.doubts] if identity else []


def _explain(form: CorrectForm, refused: Refused) -> None:
    """Say at its field what stands against it; a NIK that is somebody else's is counted."""
    said = words(refused.reason, **refused.facts)
    if refused.reason is IdentityRefusal.NIK_KNOWN and form.nik.nik:
        with transaction():
            actions.note_known_nik(current_actor(), form.nik.nik, now())
        form.nik.errors = [said]
    else:
        form.form_errors.append(said)


@bp.route("/damping/warga/<card_number>/data", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def correct(card_number: str) -> Any:
    person = open_resident(card_number)
    identity = identity_of(person.id)
    known = (identity.birth_year, identity.sex) if identity else (None, None)
    form = CorrectForm(
        data={
            "name": person.name,
            "hamlet": person.hamlet,
            "language": person.language if person.language in SPOKEN else "other",
            "birth_year": known[0],
            "sex": known[1],
        }
    )
    if form.validate_on_submit() and not form.asks_again(person.village_code):
        try:
            with transaction():
                actions.correct(current_actor(), person, form.correction(known), now())
        except Refused as refused:
            _explain(form, refused)
        else:
            flash(_("Data %(name)s sudah dibetulkan.", name=person.name), "ok")
            return redirect(url_for(".resident", card_number=card_number), 303)
    warnings, hamlets = [words(doubt) for doubt in form.warnings], queries.hamlets_of([person.village_code])
    facts = {"card_number": card_number, "warnings": warnings, "hamlets": hamlets, "has_phone": bool(person.phone)}
    return render_template("facilitation/correct.html", form=form, **facts), 422 if form.is_submitted() else 200
