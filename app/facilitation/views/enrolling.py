"""Enrolling a resident at the table: one page, and what may follow from it."""

from collections.abc import Sequence
from typing import Any

from flask import g, redirect, render_template, request, url_for

from app.accounts import queries as people
from app.accounts.models import Person
from app.db.transaction import transaction
from app.facilitation import actions, queries
from app.facilitation.forms import EnrolForm
from app.facilitation.rules import Refusal
from app.facilitation.views.blueprint import bp
from app.i18n.catalogues import _, words
from app.identity.rules import Refusal as IdentityRefusal
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.regions.queries import only_regency, villages
from app.web.access import current_actor, staff
from app.web.clock import now


def village_choices(scopes: Sequence[str]) -> list[tuple[str, str]]:
    return [
        (place.code, _("%(village)s, Kecamatan %(district)s", village=place.name, district=place.district))
        for place in villages(*scopes)
    ]


@bp.route("/damping/warga/baru", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def enrol() -> Any:
    actor = current_actor()
    scopes = actor.scopes(Role.FACILITATOR)
    g.regency = only_regency(scopes)
    form = EnrolForm(village_choices(scopes))
    known: Sequence[Person] = ()
    if not form.is_submitted():
        _begin_like_the_last(form)
    elif form.validate() and not form.asks_again(str(form.village.data)):
        try:
            with transaction():
                person = actions.enrol(actor, form.answers(), str(form.form_key.data), now())
        except Refused as refused:
            known = _explain(form, refused)
        else:
            return redirect(url_for(".resident", card_number=person.card_number, baru=1), 303)
    warnings = [words(doubt) for doubt in form.warnings]
    hamlets = queries.hamlets_of(scopes)
    page = render_template("facilitation/enrol.html", form=form, known=known, warnings=warnings, hamlets=hamlets)
    return page, 422 if form.is_submitted() else 200


def _begin_like_the_last(form: EnrolForm) -> None:
    """The next resident at the table often comes from the same hamlet."""
    village, hamlet = request.args.get("desa"), request.args.get("dusun", "")
    if village in dict(form.villages):
        form.village.data, form.hamlet.data = village, hamlet[:60]


def _explain(form: EnrolForm, refused: Refused) -> Sequence[Person]:
    """Say at its field what stands against it; the people who may be meant."""
    said = words(refused.reason, **refused.facts)
    if refused.reason is Refusal.NAME_KNOWN:
        form.name.errors = [said]
        return people.namesakes(str(form.name.data), str(form.village.data))
    if refused.reason is Refusal.TOO_YOUNG:
        form.birth_year.errors = [said]
    elif refused.reason is IdentityRefusal.NIK_KNOWN:
        return _explain_nik(form)
    else:
        form.form_errors.append(said)
    return ()


def _explain_nik(form: EnrolForm) -> Sequence[Person]:
    assert form.nik.nik is not None  # it was refused
    with transaction():
        actions.note_known_nik(current_actor(), form.nik.nik, now())
    try:
        with transaction():
            holder = actions.holder_of_nik(current_actor(), form.nik.nik, now())
            found = [people.get_person(holder.id)] if holder else []
    except Refused as refused:  # looked up too often: what was typed stays
        form.nik.errors = [words(refused.reason, **refused.facts)]
        return ()
    form.nik.errors = [
        _("NIK ini sudah tercatat. Lihat dulu warga di bawah ini.")
        if found
        else _("NIK ini sudah tercatat di tempat lain. Periksa angkanya; kalau betul, hubungi administrator kabupaten.")
    ]
    return found
