"""Bringing money, people and technology."""

from typing import Any

from app.backing import actions, queries
from app.backing.forms import RESOURCE_FORMS, ChangeForm, choices_of
from app.backing.models import Commitment
from app.backing.rules.refusals import Refusal
from app.backing.rules.resources import COMMITMENTS, CommitmentEvent, CommitmentState, Resource
from app.backing.views.blueprint import bp, form_page, provided, today_in
from app.i18n.catalogues import _, words
from app.innovations.models import Innovation
from app.kernel.actor import Role
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now

FIELDS = {
    Refusal.IN_FUTURE: "on",
    Refusal.EARLIER_STEP: "on",
    Refusal.ENDS_BEFORE_START: "until",
    Refusal.REASON_MISSING: "reason",
}
NAMING, HIDING = "tampil", "sembunyi"


@bp.route("/pipa/<regency>/inovasi/<number>/sumber-daya/<any(anggaran,orang,teknologi):kind>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def add_resource(regency: Regency, number: str, kind: str) -> Any:
    innovation, form = provided(regency, number), RESOURCE_FORMS[kind](data={"on": today_in(regency)})
    form.offer()

    def act() -> str:
        state, on = CommitmentState(str(form.state.data)), form.on.data or today_in(regency)
        actions.add_commitment(current_actor(), innovation, form.text(), state, on, now())
        return _("Tersimpan dan tampil untuk umum.")

    return form_page(innovation, form, act, _("Tambah: %(what)s", what=words(form.KIND).lower()), fields=FIELDS)


@bp.route("/pipa/<regency>/inovasi/<number>/sumber-daya/<int:commitment_id>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def change_resource(regency: Regency, number: str, commitment_id: int) -> Any:
    innovation = provided(regency, number)
    commitment = queries.get_commitment(innovation.id, commitment_id)
    title, form = commitment.title, ChangeForm(data={"on": today_in(regency)})
    form.step.choices = _steps(commitment)
    return form_page(innovation, form, lambda: _take(innovation, commitment, form), title, fields=FIELDS)


def _steps(commitment: Commitment) -> list[tuple[str, str]]:
    """What may happen to it now; a person's name may be shown or hidden at any time."""
    steps = choices_of(COMMITMENTS.events(commitment.state))
    if commitment.kind is not Resource.PEOPLE or commitment.state is CommitmentState.WITHDRAWN:
        return steps
    if commitment.consented_on:
        return [*steps, (HIDING, _("Sembunyikan namanya dari umum"))]
    return [*steps, (NAMING, _("Tampilkan namanya: yang bersangkutan setuju"))]


def _take(innovation: Innovation, commitment: Commitment, form: ChangeForm) -> str:
    actor, chosen = current_actor(), str(form.step.data)
    if chosen in (NAMING, HIDING):
        actions.change_consent(actor, innovation, commitment, is_consented=chosen == NAMING, now=now())
    elif chosen == CommitmentEvent.WITHDRAW:
        actions.withdraw_commitment(actor, innovation, commitment, str(form.reason.data or ""), now())
    else:
        actions.step(actor, innovation, commitment, CommitmentEvent(chosen), form.on.data or now().date(), now())
    return _("Perubahan tersimpan dan tampil untuk umum.")
