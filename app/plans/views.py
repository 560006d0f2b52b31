"""The planner's page for the misi of a regency."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.plans import actions, queries
from app.plans.forms import EndForm, MisiForm
from app.plans.permissions import POLICY, Can
from app.plans.rules import next_number
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.offers import offers_agencies

bp = Blueprint("plans", __name__, template_folder="templates")
offers_agencies(queries.all_agencies)


@bp.route("/pipa/<regency>/misi", methods=["GET", "POST"])
@staff(Role.PLANNER)
def edit_misi(regency: Regency) -> Any:
    POLICY.require(current_actor(), Can.KEEP_PLAN, Within(regency.code))
    known = queries.misi_of(regency.code)
    form = MisiForm(number=next_number([misi.number for misi in known]))
    if form.validate_on_submit():
        try:
            with transaction():
                misi = actions.add_misi(current_actor(), regency.code, form.misi(), now())
        except Refused as refused:
            form.number.errors = [words(refused.reason, **refused.facts)]
        else:
            flash(_("Misi %(number)s tersimpan.", number=misi.number), "ok")
            return redirect(url_for(".edit_misi", regency=regency), 303)
    page = render_template("plans/edit_misi.html", form=form, known=known)
    return page, 422 if form.is_submitted() else 200


@bp.route("/pipa/<regency>/dinas")
@staff(Role.PLANNER)
def agencies(regency: Regency) -> Any:
    """The agencies of the regency, and which of them are there no more."""
    POLICY.require(current_actor(), Can.KEEP_PLAN, Within(regency.code))
    return render_template("plans/agencies.html", agencies=queries.agencies_of(regency.code))


@bp.route("/pipa/<regency>/dinas/<int:agency_id>", methods=["GET", "POST"])
@staff(Role.PLANNER)
def end_agency(regency: Regency, agency_id: int) -> Any:
    POLICY.require(current_actor(), Can.KEEP_PLAN, Within(regency.code))
    agency = next((one for one in queries.agencies_of(regency.code) if one.id == agency_id), None)
    if agency is None:
        raise Missing
    form = EndForm(ended_on=agency.ended_on)
    if form.validate_on_submit():
        with transaction():
            actions.end_agency(current_actor(), agency.id, form.ended_on.data, now())
        flash(_("Perubahan tersimpan."), "ok")
        return redirect(url_for(".agencies", regency=regency), 303)
    page = render_template("plans/end_agency.html", form=form, agency=agency)
    return page, 422 if form.is_submitted() else 200
