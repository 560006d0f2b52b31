"""Objecting to a result, and the planner's page on which every objection is answered in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.regions.rules import Regency
from app.voting import actions, queries
from app.voting.forms import AnswerForm, ObjectionForm
from app.voting.permissions import POLICY, Can
from app.voting.queries import ContestRow, ObjectionRow
from app.voting.views.blueprint import bp
from app.voting.views.results import result_page
from app.web.access import current_actor, signed_in, staff
from app.web.clock import now


@dataclass(frozen=True)
class AnswersPage:
    """The objections to a result, or the one that is being answered."""

    contest: ContestRow
    objections: Sequence[ObjectionRow]


@bp.route("/<regency>/hasil/<int:contest_id>/keberatan", methods=["POST"])
@signed_in
def object_to(regency: Regency, contest_id: int) -> Any:
    form = ObjectionForm()
    contest = queries.get_contest(regency.code, contest_id)
    if not form.validate_on_submit():
        return result_page(regency, contest_id, form)
    try:
        with transaction():
            actions.object_to(current_actor(), contest, str(form.text.data), str(form.form_key.data), now())
    except Refused as refused:
        form.form_errors.append(words(refused.reason, **refused.facts))
        return result_page(regency, contest_id, form)
    flash(_("Keberatan Anda tercatat dan dapat dibaca semua orang. Jawabannya muncul di halaman ini."), "ok")
    return redirect(url_for(".result", regency=regency, contest_id=contest_id, _anchor="keberatan"), 303)


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/keberatan")
@staff(Role.PLANNER)
def answers(regency: Regency, contest_id: int) -> Any:
    POLICY.require(current_actor(), Can.RUN_CONTEST, Within(regency.code))
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    page = AnswersPage(contest, queries.objections_to(contest_id))
    return render_template("voting/objections.html", page=page)


@bp.route("/pipa/<regency>/pemilihan/<int:contest_id>/keberatan/<int:objection_id>", methods=["GET", "POST"])
@staff(Role.PLANNER)
def answer(regency: Regency, contest_id: int, objection_id: int) -> Any:
    POLICY.require(current_actor(), Can.RUN_CONTEST, Within(regency.code))
    contest = queries.get_contest(regency.code, contest_id)
    objection = queries.get_objection(contest_id, objection_id)
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.answer_objection(current_actor(), contest, objection, str(form.text.data), now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            flash(_("Jawaban tersimpan dan dapat dibaca semua orang."), "ok")
            return redirect(url_for(".answers", regency=regency, contest_id=contest_id), 303)
    own = [one for one in queries.objections_to(contest_id) if one.id == objection_id]
    page = AnswersPage(queries.get_row(regency.code, contest_id, is_public=True), own)
    return render_template("voting/answer.html", page=page, form=form), 422 if form.is_submitted() else 200
