"""The planner's page: what counts in the year, how big the villages are, and bringing deferred proposals back."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.cycles.models import Cycle
from app.cycles.queries import cycles_of, find_cycle
from app.db.transaction import transaction
from app.i18n.catalogues import _, _n, words
from app.i18n.formats import number
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.moderation import actions, queries
from app.moderation.actions.appealing import AT_ONCE
from app.moderation.forms import SizesForm, criteria_form
from app.moderation.permissions import RUNS, CanRun
from app.moderation.rules.scoring import CODES
from app.moderation.views.blueprint import bp
from app.regions.queries import villages
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.forms import Form


@dataclass(frozen=True)
class PlanningPage:
    """What counts in the year, fixed once the review has begun.

    `deferred` wait in other years for the one that gathers now; None where none does.
    """

    year: int
    weights: list[tuple[str, int]]
    codes: tuple[str, ...]
    is_fixed: bool
    entered: int
    villages: int
    deferred: int | None
    at_once: int


@bp.route("/pipa/<regency>/penilaian", methods=["GET", "POST"])
@staff(Role.PLANNER)
def planning(regency: Regency) -> Any:
    RUNS.require(current_actor(), CanRun.SCORING, Within(regency.code))
    cycle = _cycle(regency)
    asked, known = request.form.get("aksi", ""), queries.sizes_of(cycle.id)
    criteria, places = queries.criteria_of(cycle.id), villages(regency.code)
    forms = {"hal": criteria_form(criteria), "desa": SizesForm(places, known)}
    sent = forms.get(asked)
    if sent is not None and sent.validate_on_submit():
        try:
            with transaction():
                _act(asked, sent, cycle)
        except Refused as refused:
            sent.form_errors.append(words(refused.reason, **refused.facts))
        else:
            flash(_("Cara menilai tersimpan."), "ok")
            return redirect(url_for(".planning", regency=regency, tahun=cycle.plan_year), 303)
    weights = [(one.name, one.weight) for one in criteria]
    is_fixed = queries.has_review_begun(cycle.id, now())
    page = PlanningPage(cycle.plan_year, weights, CODES, is_fixed, len(known), len(places), _deferred(regency), AT_ONCE)
    shown = render_template("moderation/planning.html", page=page, forms=forms, form=sent)
    return shown, 422 if sent is not None else 200


def _deferred(regency: Regency) -> int | None:
    try:
        return queries.deferred_in(regency.code, now())
    except Refused:
        return None


def _cycle(regency: Regency) -> Cycle:
    """The year that is asked for, else the latest."""
    years = [one.plan_year for one in cycles_of(regency.code)]
    asked = request.args.get("tahun", "")
    year = int(asked) if asked in map(str, years) else years[0] if years else 0
    cycle = find_cycle(regency.code, year)
    if cycle is None:
        raise Missing
    return cycle


def _act(asked: str, form: Any, cycle: Cycle) -> None:
    if asked == "hal":
        actions.set_criteria(current_actor(), cycle, form.criteria(), now())
    else:
        actions.set_sizes(current_actor(), cycle, form.found, now())


@bp.route("/pipa/<regency>/buka-lagi", methods=["POST"])
@staff(Role.PLANNER)
def reopen(regency: Regency) -> Any:
    """Deferred proposals of earlier years come back, so many at a time."""
    if Form().validate_on_submit():
        with transaction():
            reopened = actions.reopen_deferred(current_actor(), regency.code, now())
        left = queries.deferred_in(regency.code, now())
        flash(_n("%(num)s usulan dibuka lagi.", "%(num)s usulan dibuka lagi.", reopened), "ok" if reopened else "warn")
        if left:
            flash(_("Masih ada %(count)s. Tekan tombolnya sekali lagi.", count=number(left)), "warn")
    return redirect(url_for(".planning", regency=regency), 303)
