"""The planner's page for the misi of a regency."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.plans import actions, queries
from app.plans.forms import MisiForm
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
