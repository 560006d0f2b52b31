"""The desk's page of an innovation: what its next gate asks for, giving it, and deciding."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.innovations import actions, queries
from app.innovations.forms import StepForm, provision_form, refuse_at
from app.innovations.models import Innovation
from app.innovations.permissions import POLICY, Can
from app.innovations.queries import Detail
from app.innovations.rules.gates import GateFacts, refuse_pass
from app.innovations.rules.provisions import Kind
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import Stage, StageEvent, other_events
from app.innovations.views.blueprint import bp
from app.innovations.views.shown import GateView, ProvisionView, gates_before, provisions_shown
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, pillars_of
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now

AT_STEP = {Refusal.REASON_MISSING: "reason", Refusal.LESSON_MISSING: "lesson"}
AT_PROVISION = {
    Refusal.DATED_IN_FUTURE: "dated",
    Refusal.ENDS_BEFORE_START: "until",
    Refusal.UNKNOWN_AGENCY: "agency_id",
    Refusal.UNKNOWN_PILLAR: "pillar_id",
}


@dataclass(frozen=True)
class ManagePage:
    """An innovation before its gates; `form` only for those who decide, `hindrance` where they may not pass it."""

    detail: Detail
    gates: Sequence[GateView]
    provisions: Sequence[tuple[Kind, Sequence[ProvisionView]]]
    more: Sequence[Kind]
    form: StepForm | None
    hindrance: Refusal | None


@bp.route("/pipa/<regency>/inovasi/<number>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def manage(regency: Regency, number: str) -> Any:
    page = _load(regency, number)
    scope = Within(regency.code, page.detail.innovation.agency_id)
    POLICY.require(current_actor(), Can.CURATE if request.method == "POST" else Can.PROVIDE, scope)
    form = page.form
    if form and form.validate_on_submit():
        try:
            with transaction():
                _take(page.detail.innovation, form)
        except Refused as refused:
            _show(form, refused, AT_STEP)
            page = replace(_load(regency, number), form=form)
        else:
            flash(_("Keputusan tersimpan dan tampil untuk umum."), "ok")
            return redirect(url_for(".manage", number=number), 303)
    answer = render_template("innovations/manage.html", page=page, form=form)
    return answer, 422 if form and form.is_submitted() else 200


def _load(regency: Regency, number: str) -> ManagePage:
    detail = queries.get_detail(regency.code, number)
    innovation, rows = detail.innovation, queries.provisions_of(detail.innovation.id)
    facts = GateFacts(innovation.stage, innovation.owner_id, queries.held_in(rows, innovation))
    may_curate = POLICY.may(current_actor(), Can.CURATE, Within(regency.code))
    return ManagePage(
        detail=detail,
        gates=gates_before(facts.stage, facts.held),
        provisions=provisions_shown(rows),
        more=list(Kind),
        form=_step_form(facts) if may_curate else None,
        hindrance=Refusal.OWN_GATE if facts.owner_id == current_actor().person_id else None,
    )


def _step_form(facts: GateFacts) -> StepForm:
    """Offers the gates that stand open, and whatever else may happen in this stage."""
    form = StepForm()
    person_id = current_actor().person_id
    gates = [view.target for view in gates_before(facts.stage, facts.held)]
    is_open = [target for target in gates if refuse_pass(facts, target, person_id) is None]
    form.step.choices = [
        *((target.value, _("Luluskan ke tahap: %(stage)s", stage=words(target))) for target in is_open),
        *((event.value, words(event)) for event in other_events(facts.stage)),
    ]
    return form


def _take(innovation: Innovation, form: StepForm) -> None:
    """Do what was chosen."""
    actor, chosen = current_actor(), str(form.step.data)
    reason, lesson = str(form.reason.data), str(form.lesson.data)
    if chosen in set(Stage):
        actions.pass_gate(actor, innovation, Stage(chosen), now(), reason=reason)
    elif chosen == StageEvent.SEND_BACK:
        actions.send_back(actor, innovation, reason, now())
    elif chosen == StageEvent.STOP:
        actions.stop(actor, innovation, reason, lesson, now())
    elif chosen == StageEvent.REJECT:
        actions.reject(actor, innovation, reason, now())
    else:
        actions.resume(actor, innovation, now(), reason=reason)


def _show(form: Any, refused: Refused, places: dict[Refusal, str]) -> None:
    at = places.get(refused.reason) if isinstance(refused.reason, Refusal) else None
    refuse_at(form, at, words(refused.reason, **refused.facts))


@bp.route("/pipa/<regency>/inovasi/<number>/syarat/<kind>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def provide(regency: Regency, number: str, kind: str) -> Any:
    if kind not in set(Kind):
        raise Missing
    detail, asked = queries.get_detail(regency.code, number), Kind(kind)
    POLICY.require(current_actor(), Can.PROVIDE, Within(regency.code, detail.innovation.agency_id))
    agencies = [(str(agency.id), agency.name) for agency in agencies_of(regency.code)]
    form = provision_form(asked, agencies, [(str(one.id), one.name) for one in pillars_of(regency.code)])
    if form.validate_on_submit():
        try:
            with transaction():
                actions.add_provision(current_actor(), detail.innovation, asked, form.content(asked), now())
        except Refused as refused:
            _show(form, refused, AT_PROVISION)
            detail = queries.get_detail(regency.code, number)  # let go by the rollback
        else:
            flash(_("%(what)s tersimpan.", what=words(asked)), "ok")
            return redirect(url_for(".manage", number=number), 303)
    page = render_template("innovations/provide.html", form=form, kind=asked, innovation=detail.innovation)
    return page, 422 if form.is_submitted() else 200
