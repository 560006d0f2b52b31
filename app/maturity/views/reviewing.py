"""The reviewers' queue, one review, and the list for the national application."""

import csv
import io
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.files.queries import documents_of, photos_of
from app.files.rules import Size
from app.i18n.catalogues import _, words
from app.kernel.actor import Role, covers
from app.kernel.cells import safe_cell
from app.kernel.outcomes import Refused
from app.kernel.paging import parse_mark
from app.kernel.policy import Within
from app.maturity import actions, queries
from app.maturity.forms import ReviewForm
from app.maturity.permissions import POLICY, Can
from app.maturity.queries import KIND, Exported, Seen
from app.maturity.rules.evidence import State
from app.maturity.rules.refusals import Refusal
from app.maturity.views.blueprint import bp, year_here
from app.maturity.views.showing import with_files
from app.regions.queries import regencies
from app.regions.rules import Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.fields import refuse_at

HEADS = (
    "nomor_inovasi",
    "nama_inovasi",
    "nomor_indikator",
    "indikator",
    "tingkat_diajukan",
    "tingkat_diterima",
    "keadaan",
    "nomor_dokumen",
    "tanggal_dokumen",
    "alamat_berkas",
)


@bp.route("/pipa/bukti")
@staff(Role.PLANNER)
def queues() -> Any:
    """The queue of the planner's own regency; those who plan for several choose."""
    scopes = current_actor().scopes(Role.PLANNER)
    own = [regency for regency in regencies() if any(covers(scope, regency.code) for scope in scopes)]
    if len(own) == 1:
        return redirect(url_for(".queue", regency=own[0]), 303)
    return render_template("maturity/queues.html", own=own)


@bp.route("/pipa/<regency>/bukti")
@staff(Role.PLANNER)
def queue(regency: Regency) -> Any:
    POLICY.require(current_actor(), Can.REVIEW, Within(regency.code))
    year = year_here(regency)
    page = queries.waiting_in(regency.code, year, parse_mark(request.args.get("sesudah"), 1))
    return render_template("maturity/queue.html", page=page, year=year, me=current_actor().person_id)


@bp.route("/pipa/<regency>/bukti/<int:evidence_id>", methods=["GET", "POST"])
@staff(Role.PLANNER)
def review(regency: Regency, evidence_id: int) -> Any:
    POLICY.require(current_actor(), Can.REVIEW, Within(regency.code))
    seen = queries.get_evidence(regency.code, evidence_id)
    form = ReviewForm()
    form.offer(seen.evidence.level)
    if form.validate_on_submit():
        try:
            with transaction():
                _decide(form, seen)
        except Refused as refused:
            at = "reason" if refused.reason is Refusal.REASON_MISSING else None
            refuse_at(form, at, words(refused.reason, **refused.facts))
            seen = queries.get_evidence(regency.code, evidence_id)
        else:
            flash(_("Hasil pemeriksaan tersimpan. Nilai inovasi dihitung ulang."), "ok")
            return redirect(url_for(".queue"), 303)
    _id, indicator = queries.get_indicator(seen.year, seen.number)
    shown = with_files([seen.evidence], sees_all=True)[0]
    answer = render_template(
        "maturity/review.html", form=form, seen=seen, one=indicator, shown=shown, hindrance=_hindrance(seen)
    )
    return answer, 422 if form.is_submitted() else 200


def _hindrance(seen: Seen) -> Refusal | None:
    """Why there is nothing for this reviewer to decide here."""
    if seen.evidence.ended_at:
        return Refusal.ENDED
    if seen.evidence.state is not State.WAITING:
        return Refusal.ALREADY_REVIEWED
    return Refusal.OWN_EVIDENCE if seen.evidence.added_by_id == current_actor().person_id else None


def _decide(form: ReviewForm, seen: Seen) -> None:
    reason = str(form.reason.data or "")
    if form.level is None:
        actions.send_back(current_actor(), seen, reason, now())
    else:
        actions.accept(current_actor(), seen, form.level, reason, now())


@bp.route("/pipa/<regency>/bukti-<int:year>.csv")
@staff(Role.PLANNER)
def export(regency: Regency, year: int) -> Any:
    POLICY.require(current_actor(), Can.EXPORT, Within(regency.code))
    rows = queries.exported(regency.code, year)
    addresses = _addresses(rows)
    content = io.StringIO()
    table = csv.writer(content)
    table.writerow(HEADS)
    table.writerows([safe_cell(cell) for cell in _cells(row, addresses)] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="bukti-{regency.slug}-{year}.csv"'}
    return Response("\ufeff" + content.getvalue(), mimetype="text/csv", headers=headers)


def _addresses(rows: list[Exported]) -> dict[int, str]:
    """Where each evidence's file is; two statements for all."""
    keys = {row.evidence.file_id for row in rows}
    documents = {
        key: url_for("files.document", name=one.file, _external=True) for key, one in documents_of(KIND, keys).items()
    }
    photos = {
        key: url_for("files.show", name=found[0].name(Size.FULL), _external=True)
        for key, found in photos_of(KIND, keys).items()
        if found
    }
    return documents | photos


def _cells(row: Exported, addresses: dict[int, str]) -> list[str]:
    one = row.evidence
    return [
        row.innovation,
        row.innovation_name,
        str(row.indicator),
        row.indicator_name,
        str(one.level),
        str(one.accepted_level or ""),
        words(one.state),
        one.number,
        one.dated.isoformat() if one.dated else "",
        one.link or addresses.get(one.file_id, ""),
    ]
