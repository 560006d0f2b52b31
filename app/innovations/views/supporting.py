"""Proposals that ask for the same as an innovation, and what was changed in the registry."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.innovations import actions, queries
from app.innovations.forms.registry import SupportingForm
from app.innovations.permissions import POLICY, Can
from app.innovations.views.blueprint import bp
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.regions.rules import Regency
from app.web.access import current_actor, public, staff
from app.web.clock import now
from app.web.fields import refuse_at


@bp.route("/pipa/<regency>/inovasi/<number>/usulan", methods=["GET", "POST"])
@staff(Role.PLANNER)
def support(regency: Regency, number: str) -> Any:
    """Tie a proposal to the innovation."""
    POLICY.require(current_actor(), Can.CURATE, Within(regency.code))
    detail, form = queries.get_detail(regency.code, number), SupportingForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.add_supporting(current_actor(), detail.innovation, str(form.number.data), now())
        except Refused as refused:
            refuse_at(form, "number", words(refused.reason, **refused.facts))
            detail = queries.get_detail(regency.code, number)  # let go by the rollback
        else:
            flash(_("Usulan %(number)s tercatat sebagai pendukung.", number=str(form.number.data).upper()), "ok")
            return redirect(url_for(".show", regency=regency, number=number), 303)
    rows = queries.supporting_of(detail.innovation.id)
    page = render_template("innovations/support.html", form=form, innovation=detail.innovation, rows=rows)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<regency>/inovasi/<number>/perubahan")
@public
def changes(regency: Regency, number: str) -> Any:
    """What was changed when, by the log; who it was stays there."""
    detail = queries.get_detail(regency.code, number)
    rows = queries.changes_of(detail.innovation.id)
    return render_template("innovations/changes.html", innovation=detail.innovation, rows=rows)
