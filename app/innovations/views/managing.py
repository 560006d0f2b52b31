"""The desk's page of an innovation: what its next gate asks for, bringing it, taking it back, and deciding."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.innovations import actions, queries
from app.innovations.forms import LeadForm, StepForm, WithdrawForm, provision_form
from app.innovations.models import Innovation
from app.innovations.permissions import POLICY, Can
from app.innovations.queries import Detail
from app.innovations.rules.gates import GateFacts, is_own, refuse_pass
from app.innovations.rules.provisions import OFFERED, Kind
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import Stage, StageEvent, other_events, targets
from app.innovations.views.blueprint import bp, today_in
from app.innovations.views.shown import GateView, ProvisionView, gates_before, provisions_shown, questioned
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, pillars_of
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.fields import refuse_at
from app.web.panels import Panel, panels_for

AT_STEP = {Refusal.REASON_MISSING: "reason", Refusal.LESSON_MISSING: "lesson", Refusal.UNTIL_MISSING: "until"}
AT_PROVISION = {Refusal.DATED_IN_FUTURE: "dated", Refusal.ENDS_BEFORE_START: "until"}
AT_LEAD = {Refusal.UNKNOWN_AGENCY: "agency", Refusal.UNKNOWN_PILLAR: "pillar"}


@dataclass(frozen=True)
class ManagePage:
    """An innovation before its gates; `form` only for those who decide, `hindrance` where they may not pass it."""

    detail: Detail
    gates: Sequence[GateView]
    questioned: GateView | None
    provisions: Sequence[tuple[Kind, Sequence[ProvisionView]]]
    more: Sequence[Kind]
    form: StepForm | None
    hindrances: Sequence[tuple[Stage, Refusal]]
    panels: Sequence[Panel]


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
    innovation = detail.innovation
    facts = queries.gate_facts(innovation, today_in(regency))
    may_curate = POLICY.may(current_actor(), Can.CURATE, Within(regency.code))
    hindrances = _hindrances(facts)
    return ManagePage(
        detail=detail,
        gates=gates_before(innovation, facts, may_provide=True),
        questioned=questioned(innovation, facts, may_provide=True),
        provisions=provisions_shown(queries.provisions_of(innovation.id)),
        more=OFFERED,
        form=_step_form(facts, hindrances) if may_curate else None,
        hindrances=hindrances,
        panels=panels_for("managed innovation", innovation),
    )


def _hindrances(facts: GateFacts) -> list[tuple[Stage, Refusal]]:
    """Why this actor cannot open each of the gates that the innovation stands before."""
    person_id = current_actor().person_id
    found = ((target, refuse_pass(facts, target, person_id)) for target in targets(facts.stage))
    return [(target, refusal) for target, refusal in found if refusal]


def _step_form(facts: GateFacts, hindrances: Sequence[tuple[Stage, Refusal]]) -> StepForm:
    """Offers the gates that stand open, and whatever else may happen in this stage; nothing to the owner."""
    form = StepForm()
    closed = {target for target, _refusal in hindrances}
    is_owner = is_own(facts.owner_id, current_actor().person_id)
    passing = [
        (target.value, _("Luluskan ke tahap: %(stage)s", stage=words(target)))
        for target in targets(facts.stage)
        if target not in closed
    ]
    form.step.choices = [] if is_owner else [*passing, *((one.value, words(one)) for one in other_events(facts.stage))]
    return form


def _take(innovation: Innovation, form: StepForm) -> None:
    """Do what was chosen."""
    actor, chosen = current_actor(), str(form.step.data)
    reason, lesson = str(form.reason.data), str(form.lesson.data)
    if chosen in set(Stage):
        actions.pass_gate(actor, innovation, Stage(chosen), reason, now())
    elif chosen == StageEvent.HOLD:
        actions.hold(actor, innovation, reason, form.until.data, now())
    elif chosen == StageEvent.SEND_BACK:
        actions.send_back(actor, innovation, reason, now())
    elif chosen == StageEvent.STOP:
        actions.stop(actor, innovation, reason, lesson, now())
    elif chosen == StageEvent.REJECT:
        actions.reject(actor, innovation, reason, now())
    else:
        actions.resume(actor, innovation, reason, now())


def _show(form: Any, refused: Refused, places: dict[Refusal, str]) -> None:
    at = places.get(refused.reason) if isinstance(refused.reason, Refusal) else None
    refuse_at(form, at, words(refused.reason, **refused.facts))


def _provided(regency: Regency, number: str, can: Can = Can.PROVIDE) -> Innovation:
    """The innovation, for those who bring what it needs."""
    innovation = queries.get_detail(regency.code, number).innovation
    POLICY.require(current_actor(), can, Within(regency.code, innovation.agency_id))
    return innovation


@bp.route("/pipa/<regency>/inovasi/<number>/syarat/<kind>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def provide(regency: Regency, number: str, kind: str) -> Any:
    if kind not in OFFERED:
        raise Missing
    innovation, asked = _provided(regency, number), Kind(kind)
    form = provision_form(asked)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.add_provision(current_actor(), innovation, asked, form.content(asked), now())
        except Refused as refused:
            _show(form, refused, AT_PROVISION)
            innovation = _provided(regency, number)  # let go by the rollback
        else:
            flash(_("%(what)s tersimpan.", what=words(asked)), "ok")
            return redirect(url_for(".manage", number=number), 303)
    page = render_template("innovations/provide.html", form=form, title=words(asked), innovation=innovation)
    return page, 422 if form.is_submitted() else 200


@bp.route("/pipa/<regency>/inovasi/<number>/syarat/<int:provision_id>/tarik", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def withdraw(regency: Regency, number: str, provision_id: int) -> Any:
    innovation = _provided(regency, number)
    provision, form = queries.get_provision(innovation.id, provision_id), WithdrawForm()
    kind = provision.kind
    if form.validate_on_submit():
        try:
            with transaction():
                actions.withdraw_provision(current_actor(), innovation, provision, str(form.reason.data), now())
        except Refused as refused:
            _show(form, refused, AT_STEP)
            innovation = _provided(regency, number)
        else:
            flash(_("%(what)s ditarik; alasannya tampil untuk umum.", what=words(kind)), "ok")
            return redirect(url_for(".manage", number=number), 303)
    title = _("Tarik: %(what)s", what=words(kind))
    page = render_template("innovations/provide.html", form=form, title=title, innovation=innovation)
    return page, 422 if form.is_submitted() else 200


@bp.route("/pipa/<regency>/inovasi/<number>/pengampu", methods=["GET", "POST"])
@staff(Role.PLANNER)
def lead(regency: Regency, number: str) -> Any:
    innovation = _provided(regency, number, Can.CURATE)
    form = LeadForm(data={"agency": str(innovation.agency_id or ""), "pillar": str(innovation.pillar_id or "")})
    form.offer(
        [(str(one.id), one.name) for one in pillars_of(regency.code)],
        [(str(one.id), one.name) for one in agencies_of(regency.code)],
    )
    if form.validate_on_submit():
        try:
            with transaction():
                actions.set_lead(current_actor(), innovation, *form.chosen(), now())
        except Refused as refused:
            _show(form, refused, AT_LEAD)
            innovation = _provided(regency, number, Can.CURATE)
        else:
            flash(_("Dinas pengampu dan pilar tersimpan."), "ok")
            return redirect(url_for(".manage", number=number), 303)
    title = _("Siapa yang memimpin inovasi ini?")
    page = render_template("innovations/provide.html", form=form, title=title, innovation=innovation)
    return page, 422 if form.is_submitted() else 200
