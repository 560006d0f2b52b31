"""After the last question: proposals like this one, the answers once more, and what happens to what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import flash, redirect, render_template, url_for

from app.catalog.rules import Evidence
from app.credentials.rules.printing import Qr, qr_of
from app.db.transaction import transaction
from app.files.queries import photos_with
from app.files.rules import Photo
from app.i18n.catalogues import _, words
from app.kernel.actor import SPEAKS
from app.kernel.outcomes import Missing, Refused
from app.plans.rules import MisiFacts
from app.proposals import actions, queries
from app.proposals.models import Proposal
from app.proposals.rules import Refusal, Status
from app.proposals.rules.place import position_of
from app.proposals.rules.works import outstanding
from app.proposals.rules.writing import Question, next_question
from app.proposals.views.blueprint import bp
from app.proposals.views.common import author_id, own_proposal, told
from app.proposals.views.wizard import url_of
from app.regions.queries import find_village
from app.regions.rules import Place, Regency
from app.web.access import current_actor, signed_in
from app.web.addresses import site_origin
from app.web.clock import now
from app.web.forms import Form


@dataclass(frozen=True)
class CheckPage:
    """The answers as they will be sent; `links` lead to the page of each question."""

    draft: Proposal
    place: Place
    misi: Sequence[MisiFacts]
    entry: str
    photos: Sequence[Photo]
    outstanding: Sequence[Evidence]
    has_pin: bool
    links: dict[str, str]
    refusal: str | None


@dataclass(frozen=True)
class SentPage:
    """What was sent, its address as a QR code and as a message to pass on."""

    proposal: Proposal
    qr: Qr
    whatsapp_url: str


def _open_draft(regency: Regency, key: UUID) -> Proposal | Any:
    """The complete draft, or the way to where it stands: a question that waits, or the proposal it has become."""
    answers, draft = queries.begun(author_id(), str(key))
    waiting = next_question(answers.answers["said"]) if answers else None
    if answers and waiting and answers.answers["said"]:
        return redirect(url_of(regency, str(key), waiting), 303)
    if draft is None or draft.regency_code != regency.code:
        raise Missing
    if draft.status is Status.DRAFT:
        return draft
    if draft.number is None:
        raise Missing
    return redirect(url_for(".sent", regency=regency, number=draft.number), 303)


@bp.route("/<regency>/usulan/baru/<uuid:key>/mirip", methods=["GET", "POST"])
@signed_in
def similar(regency: Regency, key: UUID) -> Any:
    draft = _open_draft(regency, key)
    if not isinstance(draft, Proposal):
        return draft
    rows, form = queries.alike_to(queries.answers_of(draft), regency.code, author_id()), Form()
    if rows and form.validate_on_submit():
        with transaction():
            actions.note_difference(current_actor(), str(key), [row.number for row in rows], now())
        rows = []
    if not rows:
        return redirect(url_for(".check", regency=regency, key=key), 303)
    return render_template("proposals/similar.html", rows=rows, form=form, draft=draft)


@bp.route("/<regency>/usulan/baru/<uuid:key>/periksa", methods=["GET", "POST"])
@signed_in
def check(regency: Regency, key: UUID) -> Any:
    draft = _open_draft(regency, key)
    if not isinstance(draft, Proposal):
        return draft
    form = Form()
    if form.validate_on_submit():
        try:
            with transaction():
                draft = actions.submit(current_actor(), draft, now())
        except Refused as refused:
            flash(told(refused), "error")
            return redirect(url_for(".check", regency=regency, key=key), 303)
        return redirect(url_for(".sent", regency=regency, number=draft.number), 303)
    place, entry = find_village(draft.village_code), queries.named_entry(draft.entry_id)
    assert place is not None  # a foreign key
    photos = photos_with(author_id(), str(key), actions.PHOTOS, draft.id)
    page = CheckPage(
        draft=draft,
        place=place,
        misi=queries.misi_of_proposal(draft.id),
        entry=entry.title if entry else "",
        photos=photos,
        outstanding=outstanding(entry, has_photos=bool(photos), has_group=bool(draft.group_registration)),
        has_pin=position_of(draft.latitude, draft.longitude) is not None,
        links={question.value: url_of(regency, str(key), question) for question in Question},
        refusal=None if current_actor().level >= SPEAKS else words(Refusal.NOT_CONFIRMED),
    )
    return render_template("proposals/check.html", page=page, form=form)


@bp.route("/<regency>/usulan/<number>/terkirim")
@signed_in
def sent(regency: Regency, number: str) -> Any:
    proposal = own_proposal(regency, number)
    if proposal.number is None:
        raise Missing
    address = f"{site_origin()}{url_for('.show', regency=regency, number=proposal.number)}"
    message = _("Usulan saya %(number)s: %(title)s.", number=proposal.number, title=proposal.title)
    whatsapp_url = f"https://wa.me/?text={quote(f'{message} {address}')}"
    return render_template("proposals/sent.html", page=SentPage(proposal, qr_of(address), whatsapp_url))


@bp.route("/<regency>/usulan/baru/<uuid:key>/hapus", methods=["GET", "POST"])
@signed_in
def discard(regency: Regency, key: UUID) -> Any:
    """Throw a draft away; asked once more, as it cannot be had back."""
    form = Form()
    if form.validate_on_submit():
        with transaction():
            actions.discard(current_actor(), str(key), now())
        flash(_("Draf itu sudah dihapus."), "ok")
        return redirect(url_for(".write", regency=regency), 303)
    found = [one for one in queries.unfinished_by(author_id()) if one.form_key == str(key)]
    if not found:
        raise Missing
    return render_template("proposals/discard.html", draft=found[0], form=form)
