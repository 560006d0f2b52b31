"""The five questions on a winning proposal."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.innovations import actions
from app.innovations.forms import DecisionForm
from app.innovations.permissions import POLICY, Can
from app.innovations.rules.decision import Outcome
from app.innovations.rules.refusals import Refusal
from app.innovations.views.blueprint import bp
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, pillars_of
from app.proposals.models import Proposal
from app.proposals.queries import get_seen_by
from app.proposals.rules import Status
from app.regions.queries import find_village
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.fields import refuse_at

FIELDS = {Refusal.NAME_TAKEN: "name", Refusal.UNKNOWN_PILLAR: "pillar", Refusal.UNKNOWN_AGENCY: "agency"}


@bp.route("/pipa/<regency>/usulan/<number>/putuskan", methods=["GET", "POST"])
@staff(Role.PLANNER)
def decide(regency: Regency, number: str) -> Any:
    POLICY.require(current_actor(), Can.CURATE, Within(regency.code))
    proposal = get_seen_by(current_actor(), regency.code, number)
    if proposal.status is not Status.SELECTED:
        flash(_("Usulan ini tidak menunggu keputusan. Lihat perjalanannya di bawah."), "warn")
        return redirect(url_for("proposals.show", regency=regency, number=number), 303)
    form = _form(regency, proposal)
    if form.validate_on_submit():
        try:
            return redirect(_settle(regency, proposal, form), 303)
        except Refused as refused:
            at = FIELDS.get(Refusal(refused.reason)) if isinstance(refused.reason, Refusal) else None
            refuse_at(form, at, words(refused.reason, **refused.facts))
            proposal = get_seen_by(current_actor(), regency.code, number)  # let go by the rollback
    place = find_village(proposal.village_code)
    page = render_template("innovations/decide.html", form=form, proposal=proposal, place=place)
    return page, 422 if form.is_submitted() else 200


def _form(regency: Regency, proposal: Proposal) -> DecisionForm:
    form = DecisionForm(data={"summary": f"{proposal.problem}\n\n{proposal.work}"[:2000]})
    pillars = [(str(pillar.id), pillar.name) for pillar in pillars_of(regency.code)]
    agencies = [(str(one.id), one.name) for one in agencies_of(regency.code) if one.ended_on is None]
    form.offer(pillars, agencies)
    return form


def _settle(regency: Regency, proposal: Proposal, form: DecisionForm) -> str:
    """Let the answers decide, and tell where to go on."""
    actor, answers = current_actor(), form.answers()
    if form.outcome is Outcome.ROUTED:
        with transaction():
            actions.route(actor, proposal, answers, form.agency_id(), str(form.note.data), now())
        flash(_("Usulan %(number)s diteruskan sebagai kegiatan biasa.", number=proposal.number), "ok")
        return url_for("proposals.show", regency=regency, number=proposal.number)
    told = form.naming()
    with transaction():
        made = actions.escalate(
            actor, proposal, answers, told.name, told.expansion, told.pillar_id, now(), summary=told.summary
        )
    flash(_("%(name)s tercatat sebagai inovasi %(number)s.", name=made.name, number=made.number), "ok")
    return url_for(".manage", regency=regency, number=made.number)
