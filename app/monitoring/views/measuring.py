"""Indicators and evaluations of an innovation, as those who provide for it enter them."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.files import actions as files
from app.files.rules.documents import MOST_SENT
from app.i18n.catalogues import _, words
from app.innovations.models import Innovation
from app.innovations.permissions import POLICY, Can
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.monitoring import actions, queries
from app.monitoring.forms import DocumentForm, EvaluationForm, indicator_form
from app.monitoring.rules.refusals import Refusal
from app.monitoring.rules.things import ThingKind
from app.monitoring.views.blueprint import bp, innovation_at
from app.rad.queries import Indicator, plan_of
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.fields import refuse_at
from app.web.uploads import takes_files

AT = "/pipa/<regency>/laporan/inovasi/<number>"
FIELDS = {"name_taken": "name", "baseline_late": "baseline_year", "wrong_way": "direction"}


def _provided(regency: Regency, number: str) -> Innovation:
    innovation = innovation_at(regency, number)
    POLICY.require(current_actor(), Can.PROVIDE, Within(regency.code, innovation.agency_id))
    return innovation


def _monitoring_of(number: str) -> str:
    return url_for(".show", kind=ThingKind.INNOVATION.value, key=number)


@bp.route(f"{AT}/indikator", methods=["GET", "POST"])
@bp.route(f"{AT}/indikator/<int:indicator_id>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def indicator(regency: Regency, number: str, indicator_id: int | None = None) -> Any:
    innovation = _provided(regency, number)
    name, known = innovation.name, _known(innovation, indicator_id)
    form = indicator_form(plan_of(regency.code).years, known)
    if form.validate_on_submit():
        try:
            with transaction():
                row = known.row if known else None
                actions.set_indicator(current_actor(), innovation, form.text, now(), row)
        except Refused as refused:
            refuse_at(form, FIELDS.get(str(refused.reason)), words(refused.reason, **refused.facts))
        else:
            flash(_("Tersimpan."), "ok")
            return redirect(_monitoring_of(number), 303)
    page = render_template("monitoring/indicator.html", form=form, number=number, name=name, is_new=known is None)
    return page, 422 if form.is_submitted() else 200


def _known(innovation: Innovation, indicator_id: int | None) -> Indicator | None:
    if indicator_id is None:
        return None
    found = queries.indicators_of(ThingKind.INNOVATION, [innovation.id]).get(innovation.id, [])
    known = next((one for one in found if one.row.id == indicator_id), None)
    if known is None:
        raise Missing
    if queries.is_reported_on(indicator_id):
        raise Refused(Refusal.INDICATOR_IN_USE)
    return known


@bp.route(f"{AT}/evaluasi", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def evaluate(regency: Regency, number: str) -> Any:
    innovation = _provided(regency, number)
    name, form = innovation.name, EvaluationForm()
    if form.validate_on_submit():
        try:
            with transaction():
                found = actions.add_evaluation(current_actor(), innovation, form.text, str(form.form_key.data), now())
                evaluation_id = found.id
        except Refused as refused:
            refuse_at(form, "dated", words(refused.reason, **refused.facts))
        else:
            flash(_("Evaluasi tersimpan dan tampil untuk umum. Tambahkan dokumennya, kalau ada."), "ok")
            return redirect(url_for(".document", number=number, evaluation_id=evaluation_id), 303)
    page = render_template("monitoring/evaluate.html", form=form, number=number, name=name)
    return page, 422 if form.is_submitted() else 200


@bp.route(f"{AT}/evaluasi/<int:evaluation_id>/dokumen", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
@takes_files(MOST_SENT)
def document(regency: Regency, number: str, evaluation_id: int) -> Any:
    """The document, by a form that asks for nothing else: no other answer can lose it."""
    innovation = _provided(regency, number)
    evaluation = queries.get_evaluation(innovation, evaluation_id)
    question, form = evaluation.question, DocumentForm()
    if form.validate_on_submit() and form.is_chosen():
        try:
            taken = files.take_document(current_actor(), form.document.uploads[0], now())
            with transaction():
                actions.attach_file(current_actor(), innovation, evaluation, taken, now())
        except Refused as refused:
            form.refuse(refused.reason, refused.facts)
        else:
            flash(_("Dokumen tersimpan."), "ok")
            return redirect(_monitoring_of(number), 303)
    page = render_template("monitoring/document.html", form=form, number=number, question=question)
    return page, 422 if form.is_submitted() else 200
