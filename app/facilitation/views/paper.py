"""Paper forms: ordering and printing them, and the grid in which they are entered, each sheet for itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from app.credentials.rules.printing import qr_of
from app.cycles.queries import open_cycle
from app.cycles.rules import Activity
from app.db.transaction import transaction
from app.facilitation import actions
from app.facilitation.forms.paper import PaperForm, SheetForm
from app.facilitation.models import PaperBatch
from app.facilitation.queries.paper import Entered, batches_for, entered, get_batch
from app.facilitation.rules import Refusal
from app.facilitation.rules.paper import page_of_sheet, sheets_on
from app.facilitation.views.blueprint import bp
from app.facilitation.views.enrolling import village_choices
from app.i18n.catalogues import _n, words
from app.kernel.actor import Role, regency_of
from app.kernel.outcomes import Missing, Refused
from app.plans.queries import misi_of
from app.plans.rules import MisiFacts
from app.proposals.rules import Refusal as ProposalRefusal
from app.regions.queries import find_regency, find_village, only_regency, villages
from app.regions.rules import Place
from app.web.access import current_actor, staff
from app.web.addresses import lasting_url
from app.web.clock import now
from app.web.forms import Form


@dataclass(frozen=True)
class GridPage:
    """A page of the grid: the sheets to enter and those that are in already."""

    code: str
    village: str
    chips: Sequence[tuple[str, str, bool, None]]
    forms: Sequence[SheetForm]
    entered: Mapping[int, Entered]


@bp.route("/damping/lembar", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def paper() -> Any:
    actor = current_actor()
    scopes = actor.scopes(Role.FACILITATOR)
    g.regency = only_regency(scopes)
    form = PaperForm(village_choices(scopes))
    if form.validate_on_submit():
        village, sheets = str(form.village.data), int(form.sheets.data or 0)
        with transaction():
            batch = actions.print_batch(actor, village, sheets, str(form.form_key.data), now())
            code = batch.code
        return redirect(url_for(".print_sheets", code=code), 303)
    names = {place.code: place.name for place in villages(*scopes)}
    rows = [(batch, names[batch.village_code]) for batch in batches_for(actor)]
    return render_template("facilitation/paper.html", form=form, rows=rows), 422 if form.is_submitted() else 200


def _open(code: str) -> tuple[PaperBatch, Place]:
    batch = get_batch(current_actor(), code)
    g.regency = find_regency(regency_of(batch.village_code))
    place = find_village(batch.village_code)
    assert place is not None  # a foreign key
    return batch, place


@bp.route("/damping/lembar/<code>/cetak")
@staff(Role.FACILITATOR)
def print_sheets(code: str) -> Any:
    batch, place = _open(code)
    cycle = open_cycle(g.regency.code, Activity.PROPOSE, now())
    sheets = [
        (number, qr_of(lasting_url("facilitation.sheet", code=batch.code, number=number)))
        for number in range(1, batch.sheets + 1)
    ]
    return render_template(
        "facilitation/sheets.html",
        batch=batch,
        place=place,
        sheets=sheets,
        misi=misi_of(g.regency.code),
        year=cycle.plan_year if cycle else None,
    )


@bp.route("/damping/lembar/<code>/<int:number>")
@staff(Role.FACILITATOR)
def sheet(code: str, number: int) -> Any:
    """Where the QR of a sheet leads: its row of the grid."""
    batch, _place = _open(code)
    if not 1 <= number <= batch.sheets:
        raise Missing
    return redirect(url_for(".grid", code=batch.code, hal=page_of_sheet(number), _anchor=f"lembar-{number}"), 303)


@bp.route("/damping/lembar/<code>", methods=["GET", "POST"])
@staff(Role.FACILITATOR)
def grid(code: str) -> Any:
    batch, place = _open(code)
    page = max(1, request.args.get("hal", 1, type=int))
    numbers, misi = sheets_on(page, batch.sheets), misi_of(g.regency.code)
    if not numbers:
        raise Missing
    outer, forms = Form(), [SheetForm(number, misi) for number in numbers]
    refusal = _refuse(misi)
    if outer.validate_on_submit() and not refusal and _save(batch.code, forms):
        return redirect(url_for(".grid", code=code, hal=page), 303)
    shown = _grid_page(get_batch(current_actor(), code), place, page, forms)
    has_errors = any(form.errors for form in forms)
    status = 422 if has_errors or outer.errors else 409 if refusal and outer.is_submitted() else 200
    facts = {"outer": outer, "refusal": refusal, "has_errors": has_errors}
    return render_template("facilitation/grid.html", page=shown, **facts), status


def _save(code: str, forms: Sequence[SheetForm]) -> bool:
    """Enter each sheet on which something was typed; whether all of them are in."""
    typed = [form for form in forms if not form.is_blank]
    saved = [form for form in typed if form.validate() and _enter(code, form)]
    if saved:
        flash(_n("%(num)s lembar tersimpan.", "%(num)s lembar tersimpan.", len(saved)), "ok")
    return len(saved) == len(typed)


def _grid_page(batch: PaperBatch, place: Place, page: int, forms: Sequence[SheetForm]) -> GridPage:
    known = entered(batch.code, [form.number for form in forms])
    return GridPage(
        code=batch.code,
        village=place.name,
        chips=[_chip(batch, one, is_here=one == page) for one in range(1, page_of_sheet(batch.sheets) + 1)],
        forms=[form for form in forms if form.number not in known],
        entered=known,
    )


def _chip(batch: PaperBatch, page: int, *, is_here: bool) -> tuple[str, str, bool, None]:
    numbers = sheets_on(page, batch.sheets)
    label = f"{numbers[0]}–{numbers[-1]}"
    return label, url_for(".grid", code=batch.code, hal=page), is_here, None


def _refuse(misi: Sequence[MisiFacts]) -> str | None:
    if not misi:
        return words(ProposalRefusal.NO_MISI)
    is_open = open_cycle(g.regency.code, Activity.PROPOSE, now()) is not None
    return None if is_open else words(ProposalRefusal.NO_CYCLE_OPEN)


def _enter(code: str, form: SheetForm) -> bool:
    """Enter one sheet in a transaction of its own; what stands against it is said at its field."""
    actor = current_actor()
    try:
        with transaction():
            batch = get_batch(actor, code)
            actions.enter_sheet(actor, batch, form.number, form.sheet(batch.village_code), now())
    except Refused as refused:
        fields = {Refusal.NAME_KNOWN: form.name, Refusal.TOO_YOUNG: form.birth_year, Refusal.NOT_ATTESTED: form.seen}
        field = fields.get(refused.reason, form.card)  # type: ignore[call-overload]
        field.errors = [words(refused.reason, **refused.facts)]
        return False
    return True
