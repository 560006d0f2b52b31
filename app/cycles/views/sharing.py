"""How the ceilings of the kecamatan come about: the planner's form, and every term of it for everybody."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from app.cycles import actions, queries
from app.cycles.forms import SharingForm, sharing_form
from app.cycles.permissions import POLICY, Can
from app.cycles.queries import KeptFormula
from app.cycles.rules import CycleFacts, Figures, Formula, Part, Portion, refuse_formula, share_out
from app.cycles.views.blueprint import bp
from app.db.transaction import transaction
from app.i18n.catalogues import _
from app.kernel.actor import Role
from app.kernel.cells import safe_cell
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.regions.queries import districts
from app.regions.rules import Regency
from app.web.access import current_actor, public, staff
from app.web.clock import now

HEADS = (
    *("kode", "kecamatan", "penduduk", "rt_miskin", "bagian_sama_rata", "bagian_penduduk", "bagian_rt_miskin"),
    *("hak_tepat", "pembulatan", "pagu"),
)


@dataclass(frozen=True)
class SharedRow:
    """A kecamatan with its figures, what it is due by each part, and its ceiling as it stands."""

    name: str
    figures: Figures
    portion: Portion
    ceiling: int | None

    @property
    def is_other(self) -> bool:
        """Whether the ceiling was changed by hand since."""
        return self.ceiling is not None and self.ceiling != self.portion.amount


@dataclass(frozen=True)
class SharingPage:
    """A formula with all its terms; `years` are (text, address, is shown, None)."""

    year: int
    formula: Formula
    source: str
    set_at: datetime | None
    rows: Sequence[SharedRow]
    years: Sequence[tuple[str, str, bool, None]]


def _names(regency: Regency) -> dict[str, str]:
    return {row.code: row.name for row in districts(regency.code)}


def _cycle(regency: Regency) -> tuple[CycleFacts, list[CycleFacts]]:
    """The asked or the latest cycle, and all of them."""
    cycles, asked = queries.cycles_of(regency.code), request.args.get("tahun", "")
    cycle = next((one for one in cycles if str(one.plan_year) == asked), cycles[0] if cycles and not asked else None)
    if cycle is None:
        raise Missing
    return cycle, cycles


def _rows(
    formula: Formula, figures: Sequence[Figures], names: Mapping[str, str], ceilings: Mapping[str, int]
) -> list[SharedRow]:
    portions = share_out(formula, figures)
    return [
        SharedRow(names.get(one.code, one.code), one, portion, ceilings.get(one.code))
        for one, portion in zip(figures, portions, strict=True)
    ]


def _page(regency: Regency, cycle: CycleFacts, cycles: Sequence[CycleFacts], kept: KeptFormula) -> SharingPage:
    years = [
        (str(one.plan_year), url_for(request.endpoint or "", regency=regency, tahun=one.plan_year), one is cycle, None)
        for one in cycles
    ]
    rows = _rows(kept.formula, kept.figures, _names(regency), queries.ceilings_of(cycle.id))
    return SharingPage(cycle.plan_year, kept.formula, kept.source, kept.set_at, rows, years)


@bp.route("/<regency>/pagu")
@public
def shared(regency: Regency) -> Any:
    cycles = queries.cycles_of(regency.code)
    kept = queries.formula_of(_cycle(regency)[0].id) if cycles else None
    if kept is None:
        return render_template("cycles/not_shared.html")
    return render_template("cycles/shared.html", page=_page(regency, *_cycle(regency), kept))


@bp.route("/<regency>/pagu.csv")
@public
def shared_file(regency: Regency) -> Any:
    """Every term as an exact fraction, so that anybody can calculate it again."""
    cycle, cycles = _cycle(regency)
    kept = queries.formula_of(cycle.id)
    if kept is None:
        raise Missing
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(HEADS)
    for row in _page(regency, cycle, cycles, kept).rows:
        terms = [str(row.portion.terms[part]) for part in Part]
        whole = [str(row.portion.due), str(row.portion.rounding), row.portion.amount]
        lines.writerow([row.figures.code, safe_cell(row.name), row.figures.people, row.figures.poor, *terms, *whole])
    headers = {"Content-Disposition": f'attachment; filename="pagu-{regency.slug}-{cycle.plan_year}.csv"'}
    return Response("\ufeff" + text.getvalue(), mimetype="text/csv", headers=headers)


@bp.route("/pipa/<regency>/pagu", methods=["GET", "POST"])
@staff(Role.PLANNER)
def share(regency: Regency) -> Any:
    """Calculate first, with nothing changed; then set."""
    POLICY.require(current_actor(), Can.RUN_CYCLE, Within(regency.code))
    if not queries.cycles_of(regency.code):
        return redirect(url_for(".edit", regency=regency), 303)
    cycle, _cycles = _cycle(regency)
    names = _names(regency)
    form = sharing_form(list(names.items()), queries.formula_of(cycle.id))
    rows: list[SharedRow] = []
    if form.validate_on_submit():
        try:
            if request.form.get("langkah") == "tetapkan":
                return _set(regency, cycle, form)
            rows = _tried(form, names, queries.ceilings_of(cycle.id))
        except Refused as refused:
            form.show(refused)
    page = render_template("cycles/share.html", form=form, year=cycle.plan_year, rows=rows)
    return page, 422 if form.is_submitted() and not rows else 200


def _tried(form: SharingForm, names: Mapping[str, str], ceilings: Mapping[str, int]) -> list[SharedRow]:
    if refusal := refuse_formula(form.formula, form.figures):
        raise Refused(refusal)
    return _rows(form.formula, form.figures, names, ceilings)


def _set(regency: Regency, cycle: CycleFacts, form: SharingForm) -> Any:
    found = queries.find_cycle(regency.code, cycle.plan_year)
    if found is None:
        raise Missing
    with transaction():
        source = str(form.source.data)
        actions.share_ceilings(current_actor(), found, form.formula, form.figures, source, now())
    flash(_("Pagu tiap kecamatan ditetapkan dengan rumus. Semua orang dapat membaca hitungannya."), "ok")
    return redirect(url_for(".shared", regency=regency, tahun=cycle.plan_year), 303)
