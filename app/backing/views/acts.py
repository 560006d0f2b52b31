"""Bringing legal acts, their files, and what became of them."""

from typing import Any

from flask import request

from app.backing import actions, queries
from app.backing.forms import ActChangeForm, ActForm, FileForm, choices_of
from app.backing.models import LegalAct
from app.backing.rules.acts import ACTS, ActEvent, ActState, Purpose
from app.backing.rules.refusals import Refusal
from app.backing.views.blueprint import bp, form_page, provided
from app.files.actions import take_document
from app.files.rules.documents import MOST_SENT, Document, DocumentRefusal
from app.i18n.catalogues import _, words
from app.innovations.models import Innovation
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.uploads import takes_files

FIELDS = {
    Refusal.IN_FUTURE: "dated",
    Refusal.ENDS_BEFORE_START: "expires",
    Refusal.EXPIRED: "expires",
    Refusal.ACT_TWICE: "number",
}
CHANGE_FIELDS = {
    Refusal.IN_FUTURE: "on",
    Refusal.EARLIER_STEP: "on",
    Refusal.ENDS_BEFORE_START: "expires",
    Refusal.EXPIRED: "expires",
    Refusal.REASON_MISSING: "reason",
}


@bp.route("/pipa/<regency>/inovasi/<number>/dasar-hukum/baru", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def add_act(regency: Regency, number: str) -> Any:
    innovation = provided(regency, number)
    asked = request.args.get("tujuan")
    form = ActForm(data={"purpose": asked if asked in set(Purpose) else None})
    form.offer()

    def act() -> str:
        actions.add_act(current_actor(), innovation, form.text(), ActState(str(form.state.data)), now())
        return _("Dasar hukum tersimpan. Tambahkan berkas PDF-nya dari daftar.")

    return form_page(innovation, form, act, _("Tambah dasar hukum"), fields=FIELDS)


@bp.route("/pipa/<regency>/inovasi/<number>/dasar-hukum/<int:act_id>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def change_act(regency: Regency, number: str, act_id: int) -> Any:
    innovation = provided(regency, number)
    law, form = queries.get_act(innovation.id, act_id), ActChangeForm()
    form.step.choices = choices_of(ACTS.events(law.state))
    title = _("%(form)s: %(title)s", form=words(law.form), title=law.title)
    return form_page(innovation, form, lambda: _take(innovation, law, form), title, fields=CHANGE_FIELDS)


def _take(innovation: Innovation, law: LegalAct, form: ActChangeForm) -> str:
    actor, event, reason = current_actor(), ActEvent(str(form.step.data)), str(form.reason.data or "")
    if event is ActEvent.HARMONISE:
        actions.harmonise(actor, innovation, law, now())
    elif event is ActEvent.ENACT:
        number = str(form.number.data or "")
        actions.enact(actor, innovation, law, number, form.on.data, form.expires.data, now())
    elif event is ActEvent.REVOKE:
        actions.revoke(actor, innovation, law, form.on.data, reason, now())
    else:
        actions.withdraw_act(actor, innovation, law, reason, now())
    return _("Perubahan tersimpan dan tampil untuk umum.")


@bp.route("/pipa/<regency>/inovasi/<number>/dasar-hukum/<int:act_id>/berkas", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
@takes_files(MOST_SENT)
def attach_act(regency: Regency, number: str, act_id: int) -> Any:
    innovation = provided(regency, number)
    law, form = queries.get_act(innovation.id, act_id), FileForm()
    taken: list[Document] = []

    def prepare() -> None:
        if not form.file.uploads:
            raise Refused(DocumentRefusal.EMPTY)
        taken.append(take_document(current_actor(), form.file.uploads[0], now()))

    def act() -> str:
        actions.attach_file(current_actor(), innovation, law, taken[0], now())
        return _("Berkas tersimpan.")

    more = {"title": _("Berkas: %(title)s", title=law.title), "lead": _("Berkas yang lama diganti.")}
    return form_page(innovation, form, act, prepare=prepare, fields=dict.fromkeys(DocumentRefusal, "file"), **more)
