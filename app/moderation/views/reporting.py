"""Reports of abuse and appeals: what residents send, and the moderators' list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.moderation import actions, queries
from app.moderation.forms import AppealForm, CloseForm, ReportForm
from app.moderation.models import AbuseReport
from app.moderation.queries.reports import ReportRow
from app.moderation.rules.reports import OFTEN, Finding, SubjectKind, Wrong
from app.moderation.views.blueprint import bp
from app.proposals.models import Proposal
from app.proposals.queries import get_seen_by
from app.proposals.rules import Refusal
from app.regions.queries import find_regency, only_regency
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in, staff
from app.web.clock import now


@dataclass(frozen=True)
class ReportsPage:
    """Reported proposals, the first reported first, each with how often its author was taken down in a year."""

    rows: Sequence[tuple[ReportRow, int]]
    often: int
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True)
class ReportedPage:
    proposal: Proposal
    reports: Sequence[AbuseReport]
    upheld: int
    often: int


@bp.route("/<regency>/usulan/<number>/laporkan", methods=["GET", "POST"])
@signed_in
def report(regency: Regency, number: str) -> Any:
    proposal = get_seen_by(current_actor(), regency.code, number)
    form = ReportForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.report(current_actor(), proposal, Wrong(form.wrong.data), form.text.data or "", now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
            proposal = get_seen_by(current_actor(), regency.code, number)
        else:
            flash(_("Terima kasih. Moderator memeriksa laporan Anda."), "ok")
            return redirect(url_for("proposals.show", regency=regency, number=proposal.number), 303)
    page = render_template("moderation/report.html", proposal=proposal, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<regency>/usulan/<number>/sanggah", methods=["GET", "POST"])
@signed_in
def appeal(regency: Regency, number: str) -> Any:
    proposal = get_seen_by(current_actor(), regency.code, number)
    form = AppealForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.appeal(current_actor(), proposal, str(form.reason.data), now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
            proposal = get_seen_by(current_actor(), regency.code, number)
        else:
            flash(_("Sanggahan terkirim. Moderator memeriksa usulan ini sekali lagi."), "ok")
            return redirect(url_for("proposals.show", regency=regency, number=proposal.number), 303)
    page = render_template("moderation/appeal.html", proposal=proposal, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/meja/laporan")
@staff(Role.MODERATOR)
def reports() -> Any:
    scopes, after = current_actor().scopes(Role.MODERATOR), request.args.get("setelah")
    g.regency = only_regency(scopes)
    found = queries.open_reports(scopes, after)
    upheld = queries.upheld_against([row.author_id for row in found.rows], now())
    page = ReportsPage(
        [(row, upheld.get(row.author_id, 0)) for row in found.rows],
        OFTEN,
        url_for(".reports", setelah=found.after) if found.after else None,
        url_for(".reports") if after else None,
    )
    return render_template("moderation/reports.html", page=page)


@bp.route("/meja/<number>/laporan", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def close_reports(number: str) -> Any:
    actor = current_actor()
    proposal = queries.get_on_desk(actor, number)
    g.regency = find_regency(proposal.regency_code)
    form = CloseForm()
    if form.validate_on_submit():
        finding, reason = Finding(form.finding.data), form.reason.data or ""
        try:
            with transaction():
                if finding is Finding.UPHELD and not reason:
                    raise Refused(Refusal.REASON_MISSING)
                actions.close_reports(actor, proposal, finding, reason, now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
            proposal = queries.get_on_desk(actor, number)
        else:
            flash(_("Laporan sudah dijawab."), "ok")
            return redirect(url_for(".reports"), 303)
    page = ReportedPage(
        proposal,
        queries.open_reports_on(SubjectKind.PROPOSAL, proposal.id),
        queries.upheld_against([proposal.author_id], now()).get(proposal.author_id, 0),
        OFTEN,
    )
    return render_template("moderation/reported.html", page=page, form=form), 422 if form.is_submitted() else 200
