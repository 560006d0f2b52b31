"""Asking the village to look at a place, and telling what was seen."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.i18n.formats import clock_time
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.moderation import actions, queries
from app.moderation.forms import FindingForm, VisitForm
from app.moderation.permissions import POLICY, Can
from app.moderation.views.blueprint import bp
from app.proposals.queries import facts_of
from app.regions.queries import find_regency, find_village, only_regency
from app.web.access import current_actor, staff
from app.web.clock import now


@bp.route("/meja/<number>/kunjungan", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def ask_visit(number: str) -> Any:
    actor = current_actor()
    proposal = queries.get_on_desk(actor, number)
    g.regency = find_regency(proposal.regency_code)
    form = VisitForm()
    if form.validate_on_submit():
        assert form.due.data is not None  # required
        today = clock_time(now()).date()
        try:
            with transaction():
                actions.ask_for_visit(actor, proposal, form.due.data, today, str(form.question.data), now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
            proposal = queries.get_on_desk(actor, number)
        else:
            flash(_("Permintaan tersimpan dan tampil di perjalanan usulan."), "ok")
            return redirect(url_for(".review", number=number), 303)
    page = render_template("moderation/ask_visit.html", proposal=proposal, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/meja/kunjungan")
@staff(Role.FACILITATOR, Role.MODERATOR)
def visits() -> Any:
    """What the facilitator's villages are asked to look at, the most urgent first."""
    actor = current_actor()
    scopes = (*actor.scopes(Role.FACILITATOR), *actor.scopes(Role.MODERATOR))
    g.regency = only_regency(scopes)
    return render_template("moderation/visits.html", rows=queries.visits_within(scopes))


@bp.route("/meja/<number>/hasil-kunjungan", methods=["GET", "POST"])
@staff(Role.FACILITATOR, Role.MODERATOR)
def answer_visit(number: str) -> Any:
    actor = current_actor()
    found = queries.by_numbers([number.upper()])
    proposal = found[0] if found else None
    visit = queries.open_visit(proposal.id) if proposal else None
    if proposal is None or visit is None or not POLICY.may(actor, Can.ANSWER_VISIT, facts_of(proposal)):
        raise Missing
    g.regency = find_regency(proposal.regency_code)
    form = FindingForm()
    if form.validate_on_submit():
        with transaction():
            actions.answer_visit(actor, proposal, str(form.finding.data), now())
        flash(_("Terima kasih. Hasilnya tampil di perjalanan usulan."), "ok")
        return redirect(url_for(".visits"), 303)
    place = find_village(proposal.village_code)
    page = render_template("moderation/answer_visit.html", proposal=proposal, visit=visit, place=place, form=form)
    return page, 422 if form.is_submitted() else 200
