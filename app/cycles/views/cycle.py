"""The planner's pages of a cycle: what each phase opens, its dates, the ceilings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.cycles import actions, queries
from app.cycles.forms import PhasesForm, YearForm, ceilings_form, phases_form
from app.cycles.models import Cycle
from app.cycles.permissions import POLICY, Can
from app.cycles.rules import OPENS, Activity, CycleFacts, PhaseKind
from app.cycles.views.blueprint import bp
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.kernel.windows import Window
from app.regions.queries import districts
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now


@dataclass(frozen=True)
class PhaseRow:
    """A phase with what it opens; without a window where it has no dates yet."""

    kind: PhaseKind
    activities: Sequence[Activity]
    window: Window | None


@dataclass(frozen=True)
class CyclePage:
    """The shown cycle, None where the regency has none; years are (text, address, is shown, None)."""

    cycle: CycleFacts | None
    years: Sequence[tuple[str, str, bool, None]]
    phases: Sequence[PhaseRow]
    ceilings: Sequence[tuple[str, int | None]]


def _rows(cycle: CycleFacts | None) -> list[PhaseRow]:
    windows = {phase.kind: phase.window for phase in cycle.phases} if cycle else {}
    return [PhaseRow(kind, [one for one in Activity if one in OPENS[kind]], windows.get(kind)) for kind in PhaseKind]


def _regions(regency: Regency) -> list[tuple[str, str]]:
    """What may have a ceiling: the regency as a whole, and each kecamatan."""
    own = [(row.code, _("Kecamatan %(name)s", name=row.name)) for row in districts(regency.code)]
    return [(regency.code, _("Seluruh kabupaten")), *own]


def _overview(regency: Regency, form: YearForm) -> Any:
    POLICY.require(current_actor(), Can.RUN_CYCLE, Within(regency.code))
    cycles = queries.cycles_of(regency.code)
    asked = request.args.get("tahun", "")
    cycle = next((one for one in cycles if str(one.plan_year) == asked), cycles[0] if cycles else None)
    known = queries.ceilings_of(cycle.id) if cycle else {}
    page = CyclePage(
        cycle=cycle,
        years=[
            (str(one.plan_year), url_for(".edit", regency=regency, tahun=one.plan_year), one is cycle, None)
            for one in cycles
        ],
        phases=_rows(cycle),
        ceilings=[(name, known.get(code)) for code, name in _regions(regency)],
    )
    return render_template("cycles/edit.html", page=page, form=form), 422 if form.is_submitted() else 200


@bp.route("/pipa/<regency>/siklus", methods=["GET", "POST"])
@staff(Role.PLANNER)
def edit(regency: Regency) -> Any:
    years = [cycle.plan_year for cycle in queries.cycles_of(regency.code)]
    form = YearForm(data={"year": max(years) + 1 if years else now().year + 2})
    if form.validate_on_submit():
        year = int(form.year.data or 0)
        try:
            with transaction():
                actions.open_cycle(current_actor(), regency.code, year, (), now())
        except Refused as refused:
            form.year.errors = [words(refused.reason, **refused.facts)]
        else:
            flash(_("Siklus tahun rencana %(year)s dibuka. Sekarang isi tanggal tahapnya.", year=year), "ok")
            return redirect(url_for(".phases", regency=regency, year=year), 303)
    return _overview(regency, form)


def _cycle(regency: Regency, year: int) -> tuple[Cycle, CycleFacts]:
    """The cycle of a year for its planner."""
    POLICY.require(current_actor(), Can.RUN_CYCLE, Within(regency.code))
    facts = next((one for one in queries.cycles_of(regency.code) if one.plan_year == year), None)
    cycle = queries.find_cycle(regency.code, year)
    if facts is None or cycle is None:
        raise Missing
    return cycle, facts


@bp.route("/pipa/<regency>/siklus/<int:year>/tahap", methods=["GET", "POST"])
@staff(Role.PLANNER)
def phases(regency: Regency, year: int) -> Any:
    cycle, facts = _cycle(regency, year)
    form: PhasesForm = phases_form(facts.phases)
    if form.validate_on_submit():
        changed = [phase for phase in form.answers() if phase not in facts.phases]
        with transaction():
            for phase in changed:
                actions.set_phase(current_actor(), cycle, phase, now())
        flash(_("Tanggal tahap tersimpan."), "ok")
        return redirect(url_for(".edit", regency=regency, tahun=year), 303)
    page = render_template("cycles/phases.html", form=form, year=year, rows=_rows(facts))
    return page, 422 if form.is_submitted() else 200


@bp.route("/pipa/<regency>/siklus/<int:year>/pagu", methods=["GET", "POST"])
@staff(Role.PLANNER)
def ceilings(regency: Regency, year: int) -> Any:
    cycle, _facts = _cycle(regency, year)
    known = queries.ceilings_of(cycle.id)
    form = ceilings_form(_regions(regency), known)
    if form.validate_on_submit():
        changed = {code: amount for code, amount in form.answers().items() if known.get(code) != amount}
        with transaction():
            actions.set_ceilings(current_actor(), cycle, changed, now())
        flash(_("Pagu tersimpan."), "ok")
        return redirect(url_for(".edit", regency=regency, tahun=year), 303)
    return render_template("cycles/ceilings.html", form=form, year=year), 422 if form.is_submitted() else 200
