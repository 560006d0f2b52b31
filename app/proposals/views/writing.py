"""Writing a proposal, checking the answers, sending it, mending a returned one, withdrawing."""

from typing import Any
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, url_for

from app.cycles.queries import open_cycle
from app.cycles.rules import Activity
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import SPEAKS
from app.kernel.outcomes import Missing, Refused
from app.plans.queries import misi_of
from app.proposals import actions, queries
from app.proposals.forms import ProposalForm
from app.proposals.models import Proposal
from app.proposals.rules import Event, Refusal, Status
from app.proposals.views.blueprint import bp
from app.regions.queries import find_village
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.forms import Form


def _refuse_writing(regency: Regency) -> Refusal | None:
    """Why this person cannot begin a proposal here now, told before they type."""
    if not current_actor().lives_in(regency.code):
        return Refusal.OTHER_REGENCY
    if not misi_of(regency.code):
        return Refusal.NO_MISI
    return None if open_cycle(regency.code, Activity.PROPOSE, now()) else Refusal.NO_CYCLE_OPEN


def _form(regency: Regency, draft: Proposal | None = None) -> ProposalForm:
    form = ProposalForm(obj=draft)
    form.offer(misi_of(regency.code), current_actor().village_code)
    if draft is not None and not form.is_submitted():
        form.misi.data = [str(misi.number) for misi in queries.misi_of_proposal(draft.id)]
        form.estimate.data = draft.estimate or None
    return form


def _page(regency: Regency, form: ProposalForm, draft: Proposal | None = None) -> Any:
    place = find_village(current_actor().village_code)
    page = render_template("proposals/write.html", form=form, place=place, draft=draft)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<regency>/usulan/baru", methods=["GET", "POST"])
@signed_in
def write(regency: Regency) -> Any:
    if (refusal := _refuse_writing(regency)) and not current_actor().lives_in(regency.code):
        return render_template("ui/refused.html", reason=words(refusal)), 403
    form = _form(regency)
    if refusal and not form.is_submitted():
        return render_template("ui/refused.html", reason=words(refusal)), 409
    if form.validate_on_submit():
        try:
            with transaction():
                draft = actions.write_draft(current_actor(), form.answers(), str(form.form_key.data), now())
        except Refused as refused:
            if refused.reason is Refusal.ALREADY_SENT:
                form.form_key.data = str(uuid4())  # sent once more, it is a proposal of its own
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            return redirect(url_for(".check", regency=regency, key=draft.form_key), 303)
    return _page(regency, form)


@bp.route("/<regency>/usulan/baru/<uuid:key>", methods=["GET", "POST"])
@signed_in
def edit(regency: Regency, key: UUID) -> Any:
    draft = _own_draft(regency, key)
    if draft.status is not Status.DRAFT:
        return redirect(url_for(".show", regency=regency, number=draft.number), 303)
    form = _form(regency, draft)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.write_draft(current_actor(), form.answers(), str(key), now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            return redirect(url_for(".check", regency=regency, key=key), 303)
    return _page(regency, form, draft)


def _own_draft(regency: Regency, key: UUID) -> Proposal:
    person_id = current_actor().person_id
    assert person_id is not None  # signed in
    draft = queries.get_draft(person_id, str(key))
    if draft.regency_code != regency.code:
        raise Missing
    return draft


@bp.route("/<regency>/usulan/baru/<uuid:key>/periksa", methods=["GET", "POST"])
@signed_in
def check(regency: Regency, key: UUID) -> Any:
    draft = _own_draft(regency, key)
    if draft.status is Status.DRAFT:
        form = Form()
        if form.validate_on_submit():
            with transaction():
                draft = actions.submit(current_actor(), draft, now())
            return redirect(url_for(".sent", regency=regency, number=draft.number), 303)
        misi = queries.misi_of_proposal(draft.id)
        place = find_village(draft.village_code)
        refusal = None if current_actor().level >= SPEAKS else words(Refusal.NOT_CONFIRMED)
        return render_template("proposals/check.html", draft=draft, misi=misi, place=place, form=form, refusal=refusal)
    if draft.number is None:
        raise Missing
    return redirect(url_for(".sent", regency=regency, number=draft.number), 303)


@bp.route("/<regency>/usulan/<number>/terkirim")
@signed_in
def sent(regency: Regency, number: str) -> Any:
    proposal = _own(regency, number)
    return render_template("proposals/sent.html", proposal=proposal)


def _own(regency: Regency, number: str) -> Proposal:
    """The signed-in author's own proposal; others learn nothing."""
    proposal = queries.find_by_number(regency.code, number)
    if proposal is None or proposal.author_id != current_actor().person_id:
        raise Missing
    return proposal


@bp.route("/<regency>/usulan/<number>/perbaiki", methods=["GET", "POST"])
@signed_in
def mend(regency: Regency, number: str) -> Any:
    proposal = _own(regency, number)
    if proposal.status is not Status.RETURNED:
        return redirect(url_for(".show", regency=regency, number=number), 303)
    form = _form(regency, proposal)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.resubmit(current_actor(), proposal, form.answers(), now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            return redirect(url_for(".sent", regency=regency, number=number), 303)
    why = queries.timeline_of(proposal.id)[-1].reason
    page = render_template("proposals/mend.html", form=form, proposal=proposal, why=why)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<regency>/usulan/<number>/tarik", methods=["POST"])
@signed_in
def withdraw(regency: Regency, number: str) -> Any:
    proposal = _own(regency, number)
    with transaction():
        actions.move(current_actor(), proposal, Event.WITHDRAW, now())
    flash(_("Usulan %(number)s sudah ditarik. Riwayatnya tetap tersimpan.", number=number), "ok")
    return redirect(url_for("accounts.account"), 303)
