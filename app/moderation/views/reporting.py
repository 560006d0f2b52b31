"""Reports of abuse and appeals: what residents send, and the moderators' list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.discussion.models import Comment
from app.discussion.queries import get_comment
from app.discussion.rules.comments import CommentStatus
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Missing, Refused
from app.moderation import actions, queries
from app.moderation.forms import AppealForm, CloseForm, ReportForm
from app.moderation.models import AbuseReport
from app.moderation.permissions import POLICY, Can
from app.moderation.queries.reports import ReportRow
from app.moderation.rules.reports import OFTEN, Finding, SubjectKind, Wrong
from app.moderation.views.blueprint import bp
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_seen_by
from app.regions.queries import find_regency, only_regency
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in, staff
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel


@dataclass(frozen=True)
class ReportsPage:
    """Reported proposals, the first reported first, each with how often its author was taken down in a year."""

    rows: Sequence[tuple[ReportRow, int]]
    often: int
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True)
class ReportedPage:
    """A reported proposal, or a comment on it, with what was reported of it."""

    proposal: Proposal
    comment: Comment | None
    reports: Sequence[AbuseReport]
    upheld: int
    often: int


@bp.route("/<regency>/usulan/<number>/laporkan", methods=["GET", "POST"])
@bp.route("/<regency>/usulan/<number>/obrolan/<int:comment_id>/laporkan", methods=["GET", "POST"])
@signed_in
def report(regency: Regency, number: str, comment_id: int | None = None) -> Any:
    """Of a proposal, or of a comment on it."""
    actor = current_actor()
    proposal, comment = get_seen_by(actor, regency.code, number), comment_id and get_comment(comment_id)
    back = _back(regency, proposal, comment_id)
    form = ReportForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.report(actor, proposal, Wrong(form.wrong.data), form.text.data or "", now(), comment or None)
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
            proposal, comment = get_seen_by(actor, regency.code, number), comment_id and get_comment(comment_id)
        else:
            flash(_("Terima kasih. Moderator memeriksa laporan Anda."), "ok")
            return redirect(back, 303)
    page = render_template("moderation/report.html", proposal=proposal, comment=comment, back=back, form=form)
    return page, 422 if form.is_submitted() else 200


def _back(regency: Regency, proposal: Proposal, comment_id: int | None) -> str:
    if comment_id is None:
        return url_for("proposals.show", regency=regency, number=proposal.number)
    return url_for("discussion.comment", regency=regency, number=proposal.number, comment_id=comment_id)


@adds_panel("comment")
def report_panel(subject: tuple[Proposal, Comment]) -> Panel | None:
    """The way to report a comment, for those who may."""
    proposal, comment = subject
    facts = replace(facts_of(proposal), author_id=comment.author_id, typed_by_id=None)
    if comment.status is not CommentStatus.SHOWN or not POLICY.may(current_actor(), Can.REPORT, facts):
        return None
    link = url_for("moderation.report", number=proposal.number, comment_id=comment.id)
    return Panel(Place.BELOW, "moderation/_report_link.html", link)


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
@bp.route("/meja/<number>/laporan/<int:comment_id>", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def close_reports(number: str, comment_id: int | None = None) -> Any:
    actor = current_actor()
    proposal = queries.get_on_desk(actor, number)
    g.regency = find_regency(proposal.regency_code)
    form = CloseForm()
    if form.validate_on_submit():
        finding, reason = Finding(form.finding.data), form.reason.data or ""
        try:
            with transaction():
                actions.close_reports(actor, proposal, finding, reason, now(), comment_id)
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
            proposal = queries.get_on_desk(actor, number)
        else:
            flash(_("Laporan sudah dijawab."), "ok")
            return redirect(url_for(".reports"), 303)
    page = _reported(proposal, comment_id)
    return render_template("moderation/reported.html", page=page, form=form), 422 if form.is_submitted() else 200


def _reported(proposal: Proposal, comment_id: int | None) -> ReportedPage:
    comment = get_comment(comment_id) if comment_id is not None else None
    if comment and comment.proposal_id != proposal.id:
        raise Missing
    kind, subject = (SubjectKind.COMMENT, comment) if comment else (SubjectKind.PROPOSAL, proposal)
    upheld = queries.upheld_against([subject.author_id], now())
    waiting = queries.open_reports_on(kind, subject.id)
    return ReportedPage(proposal, comment, waiting, upheld.get(subject.author_id, 0), OFTEN)
