"""Entering an innovation, changing what the registry says of it, and whether its owner is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.innovations import actions, queries
from app.innovations.forms.registry import PARTS, EntryForm, Offers, PartForm, shown
from app.innovations.models import Innovation
from app.innovations.permissions import POLICY, Can, Whose
from app.innovations.queries import Choice, Detail, Similar
from app.innovations.rules.profile import Affair
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import EARLY
from app.innovations.views.blueprint import bp
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, misi_of, pillars_of
from app.regions.queries import villages
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.fields import refuse_at

AT = {
    Refusal.NAME_TAKEN: "name",
    Refusal.UNKNOWN_PILLAR: "pillar",
    Refusal.NOT_YET_APPLIED: "applied_on",
    Refusal.APPLIED_BEFORE_TRIAL: "applied_on",
    Refusal.UNKNOWN_VILLAGE: "village_code",
    Refusal.NO_SUCH_PROPOSAL: "number",
    Refusal.IS_ORIGIN: "number",
}


@dataclass(frozen=True)
class EntryPage:
    """The form of a new innovation, and those that may be the same."""

    form: EntryForm
    similar: Sequence[Similar]
    may_be_named: bool


@bp.route("/<regency>/inovasi/daftar", methods=["GET", "POST"])
@signed_in
def register(regency: Regency) -> Any:
    actor = current_actor()
    POLICY.require(actor, Can.ENTER, Within(regency.code))
    choices = queries.behalves(actor, regency.code)
    form = _entry_form(regency, choices)
    similar: Sequence[Similar] = ()
    if form.validate_on_submit():
        told = f"{form.name.data} {form.expansion.data} {form.summary.data}"
        similar = queries.similar_to(regency.code, told) if not form.is_other.data else ()
        if not similar and (url := _enter(regency, form, choices)):
            return redirect(url, 303)
    page = EntryPage(form, similar, actor.lives_in(regency.code))
    return render_template("innovations/register.html", page=page, form=form), 422 if form.is_submitted() else 200


def _entry_form(regency: Regency, choices: Sequence[Choice]) -> EntryForm:
    form = EntryForm()
    form.offer(
        [(choice.code, choice.initiator) for choice in choices],
        [(str(one.id), _("%(n)s. %(short)s", n=one.number, short=one.short)) for one in misi_of(regency.code)],
        [(str(one.id), one.name) for one in pillars_of(regency.code)],
    )
    return form


def _enter(regency: Regency, form: EntryForm, choices: Sequence[Choice]) -> str | None:
    """Enter it and tell where to go on; None where it was refused, which the form then shows."""
    behalf = next(choice.behalf for choice in choices if choice.code == form.behalf.data)
    try:
        with transaction():
            made = actions.enter(current_actor(), regency.code, form.entry(behalf), str(form.form_key.data), now())
    except Refused as refused:
        _show(form, refused)
        return None
    flash(
        _("%(name)s terdaftar dengan nomor %(number)s. Perencana menilainya.", name=made.name, number=made.number), "ok"
    )
    return url_for(".show", regency=regency, number=made.number)


def _show(form: Any, refused: Refused) -> None:
    at = AT.get(refused.reason) if isinstance(refused.reason, Refusal) else None
    refuse_at(form, at, words(refused.reason, **refused.facts))


@bp.route("/<regency>/inovasi/<number>/ubah/<section>", methods=["GET", "POST"])
@signed_in
def edit(regency: Regency, number: str, section: str) -> Any:
    if section not in PARTS:
        raise Missing
    detail = queries.get_detail(regency.code, number)
    POLICY.require(current_actor(), Can.DESCRIBE, _whose(detail.innovation))
    title, make = PARTS[section]
    form = make(data=_stored(detail, make))
    form.offer(_offers(regency))
    if form.validate_on_submit():
        try:
            with transaction():
                actions.describe(current_actor(), detail.innovation, form.values(), now())
        except Refused as refused:
            _show(form, refused)
            detail = queries.get_detail(regency.code, number)  # let go by the rollback
        else:
            flash(_("Perubahan tersimpan dan tampil untuk umum."), "ok")
            return redirect(url_for(".show", regency=regency, number=number), 303)
    page = render_template("innovations/edit.html", form=form, title=title, innovation=detail.innovation)
    return page, 422 if form.is_submitted() else 200


def _whose(innovation: Innovation) -> Whose:
    is_early = innovation.stage in EARLY
    return Whose(innovation.regency_code, innovation.agency_id, innovation.owner_id, is_early)


def _stored(detail: Detail, make: type[PartForm]) -> dict[str, Any]:
    """What the registry says now, under the names of the form's fields."""
    one = detail.innovation
    columns = {name: getattr(one, name) for name in Innovation.__table__.columns.keys()}  # noqa: SIM118
    affairs: Sequence[Affair] = queries.affairs_of_all([one.id]).get(one.id, ())
    lists = {
        "misi_ids": [str(misi.id) for misi in queries.misi_of_innovation(one.id)],
        "affair": affairs[0] if affairs else "",
        "affairs": [str(affair) for affair in affairs[1:]],
    }
    return shown(columns | lists)


def _offers(regency: Regency) -> Offers:
    return Offers(
        [(str(one.id), one.name) for one in pillars_of(regency.code)],
        [(str(one.id), _("%(n)s. %(short)s", n=one.number, short=one.short)) for one in misi_of(regency.code)],
        [(str(one.id), one.name) for one in agencies_of(regency.code) if one.ended_on is None],
        [(one.code, f"{one.name}, {one.district}") for one in villages(regency.code)],
    )


@bp.route("/<regency>/inovasi/<number>/nama", methods=["POST"])
@signed_in
def name(regency: Regency, number: str) -> Any:
    detail = queries.get_detail(regency.code, number)
    is_named = request.form.get("sebut") == "ya"
    with transaction():
        actions.name_owner(current_actor(), detail.innovation, is_named, now())
    flash(_("Nama Anda sekarang tampil.") if is_named else _("Nama Anda tidak lagi tampil."), "ok")
    return redirect(url_for(".show", regency=regency, number=number), 303)
