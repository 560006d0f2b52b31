"""Uniting two proposals, parting them, and making two of one."""

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.files import actions as files
from app.i18n.catalogues import _, speaking, words
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Missing, Refused
from app.moderation import actions, queries
from app.moderation.forms import MergeForm, SplitForm
from app.moderation.rules import state_mark
from app.moderation.rules.merging import SEPARABLE_FOR
from app.moderation.rules.refusals import Refusal
from app.moderation.views.blueprint import bp
from app.moderation.words import MERGE_STARTER
from app.proposals.actions.writing import PHOTOS
from app.proposals.models import Proposal
from app.regions.queries import find_regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.forms import clean_line


@dataclass(frozen=True)
class MergePage:
    """The two side by side, once the other one is known; `days` are those in which they can be parted."""

    proposal: Proposal
    other: Proposal | None
    days: int


@bp.route("/meja/<number>/gabung", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def merge(number: str) -> Any:
    actor = current_actor()
    proposal = queries.get_on_desk(actor, number)
    g.regency = find_regency(proposal.regency_code)
    form = MergeForm()
    form.into.data = form.into.data or clean_line(request.args.get("ke"))
    other = _other(actor, form)
    if other and form.validate_on_submit():
        try:
            with transaction():
                actions.merge(actor, proposal, other, form.seen.data or "", str(form.reason.data), now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
            proposal, other = queries.get_on_desk(actor, number), _other(actor, form)
        else:
            flash(_("Usulan %(number)s digabung ke %(into)s.", number=number, into=other.number), "ok")
            return redirect(url_for(".review", number=number), 303)
    form.seen.data = state_mark(proposal.status, proposal.held_since)
    if other and not form.is_submitted():
        with speaking("id"):
            form.reason.data = str(MERGE_STARTER) % {"number": other.number}
    page = MergePage(proposal, other, SEPARABLE_FOR.days)
    return render_template("moderation/merge.html", page=page, form=form), 422 if form.is_submitted() else 200


def _other(actor: Actor, form: MergeForm) -> Proposal | None:
    typed = str(form.into.data or "")
    if not typed:
        form.validate_on_submit()
        return None
    try:
        return queries.get_on_desk(actor, typed)
    except Missing:
        form.form_errors.append(words(Refusal.NO_SUCH_PROPOSAL, number=typed[:16]))
        return None


@bp.route("/meja/<number>/pisah", methods=["POST"])
@staff(Role.MODERATOR)
def separate(number: str) -> Any:
    proposal = queries.get_on_desk(current_actor(), number)
    found = queries.standing_merge(proposal.id)
    with transaction():
        if found is None:
            raise Refused(Refusal.SEPARATED_ALREADY)
        actions.separate(current_actor(), found.id, now())
    flash(_("Kedua usulan sudah dipisahkan. Dukungan masing-masing kembali seperti semula."), "ok")
    return redirect(url_for(".review", number=number), 303)


@bp.route("/meja/<number>/pecah", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def split(number: str) -> Any:
    actor = current_actor()
    proposal = queries.get_on_desk(actor, number)
    g.regency = find_regency(proposal.regency_code)
    form = SplitForm(proposal)
    if form.validate_on_submit():
        pieces = form.piece("first"), form.piece("second")
        try:
            photos = files.copies_of(PHOTOS, proposal.id)
            with transaction():
                seen, key = form.seen.data or "", str(form.form_key.data)
                part = actions.split(actor, proposal, seen, pieces, key, now(), photos)
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
            proposal = queries.get_on_desk(actor, number)
        else:
            flash(_("Usulan dipecah. Bagian kedua bernomor %(number)s.", number=part.number), "ok")
            return redirect(url_for(".review", number=number), 303)
    form.seen.data = state_mark(proposal.status, proposal.held_since)
    page = render_template("moderation/split.html", proposal=proposal, form=form)
    return page, 422 if form.is_submitted() else 200
