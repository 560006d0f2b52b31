"""Bringing partners, giving tasks, and closing them."""

from typing import Any

from app.backing import actions, queries
from app.backing.forms import CloseForm, EndForm, PartnerForm, TaskForm, choices_of
from app.backing.permissions import TASK_POLICY, CanWithTask, TaskFacts
from app.backing.rules.partners import TASKS, TaskEvent
from app.backing.rules.refusals import Refusal
from app.backing.views.blueprint import bp, form_page, provided
from app.i18n.catalogues import _
from app.innovations.queries import get_detail
from app.kernel.actor import Role
from app.plans.queries import agencies_of
from app.regions.queries import villages
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now

PARTNER_FIELDS = {
    Refusal.IS_LEAD: "agency",
    Refusal.UNKNOWN_AGENCY: "agency",
    Refusal.UNKNOWN_VILLAGE: "village",
    Refusal.PARTNER_TWICE: "name",
    Refusal.IN_FUTURE: "agreed_on",
    Refusal.ENDS_BEFORE_START: "ends",
}
TASK_FIELDS = {Refusal.DUE_IN_PAST: "due", Refusal.UNKNOWN_AGENCY: "doer", Refusal.UNKNOWN_PARTNER: "doer"}


@bp.route("/pipa/<regency>/inovasi/<number>/mitra/baru", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def add_partner(regency: Regency, number: str) -> Any:
    innovation, form = provided(regency, number), PartnerForm()
    agencies = [(str(one.id), one.name) for one in agencies_of(regency.code)]
    form.offer(agencies, [(one.code, f"{one.name}, {one.district}") for one in villages(regency.code)])

    def act() -> str:
        partner = actions.add_partner(current_actor(), innovation, form.text(), now())
        return _("%(name)s tercatat sebagai mitra.", name=partner.name)

    return form_page(innovation, form, act, _("Tambah mitra"), fields=PARTNER_FIELDS)


@bp.route("/pipa/<regency>/inovasi/<number>/mitra/<int:partner_id>/akhiri", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def end_partner(regency: Regency, number: str, partner_id: int) -> Any:
    innovation = provided(regency, number)
    partner, form = queries.get_partner(innovation.id, partner_id), EndForm()
    name = partner.name

    def act() -> str:
        actions.end_partner(current_actor(), innovation, partner, str(form.reason.data), now())
        return _("%(name)s tidak lagi menjadi mitra.", name=name)

    title = _("Akhiri kerja sama dengan %(name)s", name=name)
    return form_page(innovation, form, act, title, fields={Refusal.REASON_MISSING: "reason"})


@bp.route("/pipa/<regency>/inovasi/<number>/tugas/baru", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def add_task(regency: Regency, number: str) -> Any:
    innovation, form = provided(regency, number), TaskForm()
    agencies = [(str(one.id), one.name) for one in agencies_of(regency.code)]
    form.offer(agencies, [(str(one.id), one.name) for one in queries.partners_of(innovation.id)])

    def act() -> str:
        actions.add_task(current_actor(), innovation, form.text(), now())
        return _("Tugas tersimpan dan tampil untuk umum.")

    return form_page(innovation, form, act, _("Bagi tugas"), fields=TASK_FIELDS)


@bp.route("/pipa/<regency>/inovasi/<number>/tugas/<int:task_id>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def close_task(regency: Regency, number: str, task_id: int) -> Any:
    innovation = get_detail(regency.code, number).innovation
    task, form = queries.get_task(innovation.id, task_id), CloseForm()
    facts = TaskFacts(regency.code, innovation.agency_id, task.agency_id)
    TASK_POLICY.require(current_actor(), CanWithTask.CLOSE, facts)
    form.step.choices = choices_of(TASKS.events(task.state))

    def act() -> str:
        event = TaskEvent(str(form.step.data))
        actions.close_task(current_actor(), innovation, task, event, str(form.note.data or ""), now())
        return _("Hasil tugas tersimpan.")

    return form_page(innovation, form, act, task.title, fields={Refusal.REASON_MISSING: "note"})
