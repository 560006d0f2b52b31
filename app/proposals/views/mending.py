"""Mending what was returned, and withdrawing."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.files.rules import MOST_SENT
from app.i18n.catalogues import _
from app.kernel.outcomes import Refused
from app.plans.queries import misi_of
from app.proposals import actions, queries
from app.proposals.forms import NewProposalForm
from app.proposals.models import Proposal
from app.proposals.rules import Event, Status
from app.proposals.views.blueprint import bp
from app.proposals.views.common import own_proposal, told
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.uploads import takes_files


def _form(regency: Regency, proposal: Proposal) -> NewProposalForm:
    form = NewProposalForm(obj=proposal)
    entries = queries.entries_of(regency.code, queries.plan_year_of(proposal))
    form.offer(misi_of(regency.code), current_actor().village_code, entries)
    if not form.is_submitted():
        form.show(queries.answers_of(proposal))
    return form


@bp.route("/<regency>/usulan/<number>/perbaiki", methods=["GET", "POST"])
@signed_in
@takes_files(MOST_SENT)
def mend(regency: Regency, number: str) -> Any:
    proposal = own_proposal(regency, number)
    if proposal.status is not Status.RETURNED:
        return redirect(url_for(".show", regency=regency, number=number), 303)
    form, key = _form(regency, proposal), proposal.form_key
    is_fine = form.validate_on_submit()
    photos = form.photos.receive(current_actor(), key, proposal.id, now())
    if is_fine and not form.photos.errors:
        try:
            with transaction():
                actions.change_photos(current_actor(), proposal, key, form.photos.dropped)
                actions.resubmit(current_actor(), proposal, form.answers(), now())
        except Refused as refused:
            form.form_errors.append(told(refused))
        else:
            return redirect(url_for(".sent", regency=regency, number=number), 303)
    why = queries.timeline_of(proposal.id)[-1].reason
    page = render_template("proposals/mend.html", form=form, proposal=proposal, why=why, photos=photos)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<regency>/usulan/<number>/tarik", methods=["POST"])
@signed_in
def withdraw(regency: Regency, number: str) -> Any:
    proposal = own_proposal(regency, number)
    with transaction():
        actions.move(current_actor(), proposal, Event.WITHDRAW, now())
    flash(_("Usulan %(number)s sudah ditarik. Riwayatnya tetap tersimpan.", number=number), "ok")
    return redirect(url_for("accounts.account"), 303)
