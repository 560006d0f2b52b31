"""Changing a published proposal, and what it said before, word by word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.catalog.rules import Evidence
from app.db.transaction import transaction
from app.files.queries import photos_of
from app.files.rules import Photo
from app.i18n.catalogues import _
from app.i18n.formats import number as shown_number
from app.i18n.formats import rupiah
from app.kernel.outcomes import Denied, Refused
from app.kernel.private import PRIVATE_NUMBER
from app.plans.queries import misi_of
from app.plans.rules import MisiFacts
from app.proposals import actions, queries
from app.proposals.forms import ProposalForm, is_pinning, map_of, move_pin
from app.proposals.models import Proposal
from app.proposals.permissions import POLICY, Can
from app.proposals.rules import Event, Refusal, Status
from app.proposals.rules.difference import Piece, difference
from app.proposals.rules.place import position_of, shown
from app.proposals.rules.works import outstanding
from app.proposals.views.blueprint import bp
from app.proposals.views.common import told
from app.regions.rules import Regency
from app.web.access import current_actor, public, signed_in
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Change:
    """From one version to the next: (what, pieces) for what has changed, and when it did."""

    at: datetime
    parts: Sequence[tuple[str, Sequence[Piece]]]


@dataclass(frozen=True)
class VersionsPage:
    """Every change of a proposal, the latest first."""

    proposal: Proposal
    changes: Sequence[Change]


@dataclass(frozen=True)
class ReviewNote:
    """For the moderator: what hangs on the proposal, which ones its author says it differs from, the last change."""

    proposal: Proposal
    entry: str
    photos: Sequence[Photo]
    outstanding: Sequence[Evidence]
    differs_from: Sequence[str]
    last: Change | None


@bp.route("/<regency>/usulan/<number>/ubah", methods=["GET", "POST"])
@signed_in
def revise(regency: Regency, number: str) -> Any:
    """For the author, or for whoever has typed it for them."""
    proposal = queries.get_seen_by(current_actor(), regency.code, number)
    back = url_for(".show", regency=regency, number=proposal.number)
    if not POLICY.may(current_actor(), Can.REVISE, queries.facts_of(proposal)):
        raise Denied(Can.REVISE)
    if proposal.status is not Status.PUBLISHED:
        flash(told(Refused(Refusal.NOT_OPEN_TO_CHANGE)), "warn")
        return redirect(back, 303)
    cycle = queries.cycle_of(proposal)
    form = ProposalForm(obj=proposal)
    form.offer(misi_of(regency.code), proposal.village_code, queries.entries_of(regency.code, cycle.plan_year))
    if not form.is_submitted():
        form.show(queries.answers_of(proposal))
    is_moving, outline = is_pinning(), queries.home_of(proposal.village_code)[1]
    is_fine = move_pin(form, proposal.village_code, outline) if is_moving else form.validate_on_submit()
    if is_fine and not is_moving and _revise(form, proposal):
        return redirect(back, 303)
    shown = {"number": proposal.number, "is_reviewed": cycle.has_begun_review(now()), "map": map_of(outline, form)}
    page = render_template("proposals/revise.html", form=form, **shown)
    return page, 422 if form.is_submitted() and not (is_fine and is_moving) else 200


def _revise(form: ProposalForm, proposal: Proposal) -> bool:
    try:
        with transaction():
            actions.revise(current_actor(), proposal, form.answers(), now())
    except Refused as refused:
        if refused.reason is not Refusal.NOTHING_CHANGED:
            form.form_errors.append(told(refused))
            return False
        flash(told(refused), "warn")
        return True
    flash(_("Tulisan baru sudah tampil. Yang lama tetap dapat dibaca, dan pendukung melihat apa yang berubah."), "ok")
    return True


@bp.route("/<regency>/usulan/<number>/riwayat-teks")
@public
def versions(regency: Regency, number: str) -> Any:
    proposal = queries.get_seen_by(current_actor(), regency.code, number)
    return render_template("proposals/versions.html", page=VersionsPage(proposal, changes_of(proposal)))


def changes_of(proposal: Proposal) -> list[Change]:
    """The latest first."""
    former = queries.versions_of(proposal.id)
    if not former:
        return []
    current = vars(queries.answers_of(proposal))
    contents = [*(version.content for version in former), current]
    titles = queries.titles_of([content["entry_id"] for content in contents])
    misi = misi_of(proposal.regency_code)
    told_as = [_lines(content, titles, misi) for content in contents]
    revised = [entry.at for entry in queries.timeline_of(proposal.id) if "version" in entry.facts]
    pairs = zip(revised, told_as, told_as[1:], strict=False)
    return [Change(at, _parts(before, after)) for at, before, after in pairs][::-1]


def _parts(before: Lines, after: Lines) -> list[tuple[str, Sequence[Piece]]]:
    return [
        (label, difference(old, new)) for (label, old), (_label, new) in zip(before, after, strict=True) if old != new
    ]


def _lines(content: Mapping[str, Any], titles: Mapping[int, str], misi: Sequence[MisiFacts]) -> Lines:
    """What a version says, as people read it; a number of a person that has slipped in is shown to nobody."""
    place = shown(position_of(content["latitude"], content["longitude"]), is_at_home=content["is_at_home"])
    lines = [
        (_("Judul usulan"), content["title"]),
        (_("Masalah"), content["problem"]),
        (_("Yang diusulkan"), content["work"]),
        (_("Pekerjaan menurut kamus usulan"), titles.get(content["entry_id"] or 0, "")),
        (_("Dusun atau tempat"), content["hamlet"]),
        (_("Titik di peta"), f"{place.latitude}, {place.longitude}" if place else ""),
        (_("Banyaknya"), f"{shown_number(content['volume'])} {content['unit']}"),
        (_("Kira-kira biaya"), rupiah(content["estimate"]) if content["estimate"] else ""),
        (_("Terbantu"), shown_number(content["beneficiaries"])),
        (_("Kelompok"), f"{content['group_name']} {content['group_registration']}".strip()),
        (_("Misi"), ", ".join(str(one.number) for one in misi if one.id in content["misi_ids"])),
    ]
    return [(label, PRIVATE_NUMBER.sub("…", text)) for label, text in lines]


@adds_panel("review")
def review_note(proposal: Proposal) -> Panel:
    submitted = [entry for entry in queries.timeline_of(proposal.id) if entry.event is Event.SUBMIT]
    changes, entry = changes_of(proposal), queries.named_entry(proposal.entry_id)
    photos = photos_of("proposal", [proposal.id])[proposal.id]
    note = ReviewNote(
        proposal=proposal,
        entry=entry.title if entry else "",
        photos=photos,
        outstanding=outstanding(entry, has_photos=bool(photos), has_group=bool(proposal.group_registration)),
        differs_from=submitted[-1].facts.get("differs_from", []) if submitted else [],
        last=changes[0] if changes else None,
    )
    return Panel(Place.BELOW, "proposals/_review_note.html", note)
