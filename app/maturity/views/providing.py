"""Bringing evidence for an indicator, and taking it back."""

from enum import StrEnum
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.files import actions as files
from app.files.rules import MOST_SENT, Photo
from app.files.rules import Refusal as PhotoRefusal
from app.files.rules.documents import Document, DocumentRefusal
from app.i18n.catalogues import _, words
from app.innovations.models import Innovation
from app.innovations.queries import get_detail
from app.kernel.outcomes import Refused
from app.maturity import actions, queries
from app.maturity.forms import EvidenceForm, WithdrawalForm
from app.maturity.models import Evidence
from app.maturity.permissions import POLICY, Can
from app.maturity.rules.indicators import Indicator
from app.maturity.rules.refusals import Refusal
from app.maturity.views.blueprint import bp, year_here
from app.maturity.views.showing import with_files
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.fields import refuse_at
from app.web.uploads import takes_files

AT_FIELD: dict[StrEnum, tuple[str, ...]] = {
    Refusal.NUMBER_MISSING: ("number",),
    Refusal.DATE_MISSING: ("dated",),
    Refusal.DATED_IN_FUTURE: ("dated",),
    Refusal.FILE_MISSING: ("document", "photo"),
    Refusal.NO_LINK: ("link",),
    Refusal.UNKNOWN_BASIS: ("basis",),
    PhotoRefusal.TOO_MANY: ("photo",),
} | dict.fromkeys(DocumentRefusal, ("document",))


@bp.route("/pipa/<regency>/inovasi/<number>/bukti/<int:indicator>", methods=["GET", "POST"])
@signed_in
@takes_files(MOST_SENT)
def provide(regency: Regency, number: str, indicator: int) -> Any:
    innovation, indicator_id, asked = _asked(regency, number, indicator)
    before = queries.find_current(innovation.id, indicator_id)
    form = EvidenceForm(obj=None if request.method == "POST" else _filled(before))
    form.ask(asked, has_file=before is not None)
    is_fine = form.validate_on_submit()
    kept = _receive(form)
    if is_fine and not form.errors and _provided(form, innovation, asked):
        flash(_("Bukti tersimpan dan menunggu diperiksa perencana."), "ok")
        return redirect(url_for(".show", number=number) + f"#i{asked.number}", 303)
    if form.is_submitted():  # a refusal has let go of what was loaded
        innovation, indicator_id, asked = _asked(regency, number, indicator)
        before = queries.find_current(innovation.id, indicator_id)
    shown = with_files([before], sees_all=True)[0] if before else None
    answer = render_template(
        "maturity/provide.html", form=form, kept=kept, one=asked, innovation=innovation, before=shown
    )
    return answer, 422 if form.is_submitted() else 200


def _asked(regency: Regency, number: str, indicator: int) -> tuple[Innovation, int, Indicator]:
    innovation = get_detail(regency.code, number).innovation
    POLICY.require(current_actor(), Can.PROVIDE, queries.whose(innovation))
    return innovation, *queries.get_indicator(year_here(regency), indicator)


def _filled(before: Evidence | None) -> Any:
    """What stands, to be changed; a level as the form's choices have it."""
    if before is None:
        return None
    facts = {"level": str(before.level), "basis": before.basis, "number": before.number, "dated": before.dated}
    return type("Filled", (), facts | {"link": before.link, "note": before.note})


def _receive(form: EvidenceForm) -> list[Photo]:
    """Keep a photo that has come, whatever else is wrong with the form."""
    if "photo" not in form or not form.is_submitted() or form.form_key.errors:
        return []
    return list(form.photo.receive(current_actor(), str(form.form_key.data), None, now()))


def _provided(form: EvidenceForm, innovation: Innovation, asked: Indicator) -> bool:
    """Whether it stands now; otherwise the form says why not."""
    try:
        document = _document(form)
        with transaction():
            actions.provide(
                current_actor(),
                innovation,
                asked.number,
                form.claim,
                now(),
                document=document,
                form_key=str(form.form_key.data),
            )
    except Refused as refused:
        _tell(form, refused)
        return False
    return True


def _document(form: EvidenceForm) -> Document | None:
    """Checked and stored outside of any transaction."""
    upload = request.files.get("document") if "document" in form else None
    return files.take_document(current_actor(), upload, now()) if upload and upload.filename else None


def _tell(form: EvidenceForm, refused: Refused) -> None:
    at = next((name for name in AT_FIELD.get(refused.reason, ()) if name in form), None)
    refuse_at(form, at, words(refused.reason, **refused.facts))


@bp.route("/pipa/<regency>/inovasi/<number>/bukti/<int:indicator>/tarik", methods=["GET", "POST"])
@signed_in
def withdraw(regency: Regency, number: str, indicator: int) -> Any:
    innovation, _id, asked = _asked(regency, number, indicator)
    form = WithdrawalForm()
    if form.validate_on_submit():
        with transaction():
            actions.withdraw(current_actor(), innovation, indicator, str(form.reason.data), now())
        flash(_("Bukti ditarik. Nilainya dihitung ulang."), "ok")
        return redirect(url_for(".show", number=number), 303)
    answer = render_template("maturity/withdraw.html", form=form, one=asked, innovation=innovation)
    return answer, 422 if form.is_submitted() else 200
