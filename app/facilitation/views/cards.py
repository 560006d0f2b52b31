"""Printing, replacing and revoking resident cards; the words on a card are shown once, on the page that is printed."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.accounts.models import Person
from app.credentials.queries import latest_card
from app.credentials.rules.cards import Reason, State, state_of
from app.credentials.rules.printing import PrintedCard, qr_of
from app.db.transaction import transaction
from app.facilitation import actions
from app.facilitation.forms import CardForm
from app.facilitation.views.blueprint import bp
from app.facilitation.views.residents import open_resident
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.regions.queries import find_village
from app.web.access import current_actor, staff
from app.web.addresses import lasting_url
from app.web.clock import now
from app.web.forms import Form


@bp.route("/damping/warga/<card_number>/kartu", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def card(card_number: str) -> Any:
    person = open_resident(card_number)
    form = CardForm() if person.password_hash else Form()
    if form.validate_on_submit():
        try:
            return _print(person, form.why() if isinstance(form, CardForm) else None)
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
    return _page(person, form, CardForm())


def _page(person: Person, form: Form, revoking: CardForm) -> Any:
    known = latest_card(person.id)
    state = state_of(known.expires_at, known.revoked_at, now()) if known else None
    shown = {
        "card_number": person.card_number,
        "name": person.name,
        "state": words(state) if state else "",
        "issued_at": known.issued_at if known else None,
        "may_revoke": state is State.IN_FORCE,
        "is_replacing": isinstance(form, CardForm),
    }
    page = render_template("facilitation/card.html", form=form, revoking=revoking, **shown)
    return page, 422 if form.is_submitted() else 200


def _print(person: Person, reason: Reason | None) -> Any:
    """The one page that shows the words; it is not stored anywhere, and asked for again it makes another card."""
    drawn = actions.draw(person)
    with transaction():
        issued, password = actions.hand_out_card(current_actor(), person, now(), reason, drawn)
        place = find_village(person.village_code)
        assert place is not None  # a foreign key
        address = lasting_url("credentials.card", code=issued.code)
        printed = PrintedCard(person.name, place.name, person.card_number, password, issued.expires_at, qr_of(address))
        where = {"village_code": person.village_code, "hamlet": person.hamlet}
    return render_template("facilitation/card_print.html", card=printed, **where)


@bp.route("/damping/warga/<card_number>/kartu/cabut", methods=["POST"])
@staff(Role.FACILITATOR)
def revoke_card(card_number: str) -> Any:
    person = open_resident(card_number)
    form = CardForm()
    if not form.validate_on_submit():
        return _page(person, CardForm() if person.password_hash else Form(), form)
    with transaction():
        actions.revoke_card(current_actor(), person, form.why(), now())
        name = person.name
    flash(_("Kartu %(name)s tidak berlaku lagi. Cetak kartu baru kalau warga memerlukannya.", name=name), "ok")
    return redirect(url_for(".resident", card_number=card_number), 303)
