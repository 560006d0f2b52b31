"""Writing a comment or an answer, changing, deleting and hiding one."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.discussion import actions, queries
from app.discussion.forms import AnswerForm, CommentForm, EditForm, HideForm
from app.discussion.models import Comment
from app.discussion.permissions import COMMENT_POLICY, POLICY, Can, CanWithComment, CommentFacts
from app.discussion.rules.comments import CommentRefusal, HideCode, is_editable, text_mark
from app.discussion.views.blueprint import bp
from app.discussion.views.comments import find_here, voices_here, why_not
from app.i18n.catalogues import _, words
from app.kernel.actor import Role
from app.kernel.outcomes import Refused
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_seen_by
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in, staff
from app.web.clock import now
from app.web.forms import Form


def _no(reason: CommentRefusal, proposal: Proposal) -> Any:
    back = url_for(".talk", number=proposal.number)
    page = render_template("ui/refused.html", reason=words(reason), back_url=back, back_text=_("Kembali ke obrolan"))
    return page, 409


def _to(comment: Comment, proposal: Proposal) -> Any:
    """To the comment, or to the one that it answers."""
    return redirect(url_for(".comment", number=proposal.number, comment_id=comment.parent_id or comment.id), 303)


@bp.route("/<regency>/usulan/<number>/obrolan/tulis", methods=["GET", "POST"])
@signed_in
def write(regency: Regency, number: str) -> Any:
    return _write(CommentForm(), regency, number)


@bp.route("/<regency>/usulan/<number>/obrolan/<int:comment_id>/balas", methods=["GET", "POST"])
@signed_in
def answer(regency: Regency, number: str, comment_id: int) -> Any:
    find_here(regency, number, comment_id)
    return _write(AnswerForm(), regency, number, comment_id)


def _write(form: AnswerForm, regency: Regency, number: str, parent_id: int | None = None) -> Any:
    actor, proposal = current_actor(), get_seen_by(current_actor(), regency.code, number)
    POLICY.require(actor, Can.COMMENT, facts_of(proposal))
    voices = voices_here(proposal)
    if not form.is_submitted() and (no := why_not(proposal, voices, is_answer=parent_id is not None)):
        return _no(no, proposal)
    form.offer(voices)
    if form.validate_on_submit():
        said = form.said(queries.agency_of(actor, proposal.village_code))
        try:
            with transaction():
                comment = actions.write_comment(actor, proposal, said, str(form.form_key.data), now(), parent_id)
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            flash(_("Terkirim. Anda dapat mengubahnya selama 15 menit."), "ok")
            return _to(comment, proposal)
    proposal = get_seen_by(actor, regency.code, number)  # anew: a refusal has let it go
    row = queries.row_of(parent_id) if parent_id else None
    page = render_template("discussion/write.html", form=form, proposal=proposal, row=row, has_choice=len(voices) > 1)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<regency>/usulan/<number>/obrolan/<int:comment_id>/ubah", methods=["GET", "POST"])
@signed_in
def edit(regency: Regency, number: str, comment_id: int) -> Any:
    proposal, found = find_here(regency, number, comment_id)
    COMMENT_POLICY.require(current_actor(), CanWithComment.EDIT, CommentFacts(proposal.village_code, found.author_id))
    form = EditForm(text=found.text, seen=text_mark(found.edited_at or found.written_at))
    if not form.is_submitted() and not is_editable(found.status, found.written_at, now()):
        return _no(CommentRefusal.TOO_LATE, proposal)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.edit_comment(
                    current_actor(), proposal, comment_id, str(form.text.data), str(form.seen.data), now()
                )
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            flash(_("Komentar Anda sudah diubah."), "ok")
            return redirect(url_for(".comment", number=proposal.number, comment_id=comment_id), 303)
    proposal, _found = find_here(regency, number, comment_id)  # anew: a refusal has let it go
    page = render_template("discussion/edit.html", form=form, proposal=proposal, comment_id=comment_id)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<regency>/usulan/<number>/obrolan/<int:comment_id>/hapus", methods=["POST"])
@signed_in
def delete(regency: Regency, number: str, comment_id: int) -> Any:
    proposal, _found = find_here(regency, number, comment_id)
    with transaction():
        gone = actions.delete_comment(current_actor(), proposal, comment_id, now())
    flash(_("Komentar Anda sudah dihapus."), "ok")
    return _to(gone, proposal)


@bp.route("/<regency>/usulan/<number>/obrolan/<int:comment_id>/tutup", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def hide(regency: Regency, number: str, comment_id: int) -> Any:
    actor = current_actor()
    proposal, found = find_here(regency, number, comment_id)
    COMMENT_POLICY.require(actor, CanWithComment.HIDE, CommentFacts(proposal.village_code, found.author_id))
    form = HideForm()
    if form.validate_on_submit():
        code, reason = HideCode(form.code.data), str(form.reason.data)
        try:
            with transaction():
                actions.hide_comment(actor, proposal, comment_id, code, reason, now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
        else:
            flash(_("Komentar sudah ditutup. Alasan Anda tampil di tempatnya."), "ok")
            return redirect(url_for(".comment", number=proposal.number, comment_id=comment_id), 303)
    proposal, _found = find_here(regency, number, comment_id)  # anew: a refusal has let it go
    page = render_template("discussion/hide.html", form=form, proposal=proposal, row=queries.row_of(comment_id))
    return page, 422 if form.is_submitted() else 200


@bp.route("/<regency>/usulan/<number>/obrolan/<int:comment_id>/buka", methods=["POST"])
@staff(Role.MODERATOR)
def reopen(regency: Regency, number: str, comment_id: int) -> Any:
    proposal, _found = find_here(regency, number, comment_id)
    form = Form()
    if form.validate_on_submit():
        with transaction():
            actions.show_comment(current_actor(), proposal, comment_id, now())
        flash(_("Komentar tampil lagi untuk umum."), "ok")
    return redirect(url_for(".comment", number=proposal.number, comment_id=comment_id), 303)
