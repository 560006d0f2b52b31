"""Where an innovation has been taken up: a map and a list for everybody, reports, and what the lead agency finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from app.db.transaction import transaction
from app.files.permissions import shows_photos
from app.files.queries import photos_of
from app.files.rules import MOST_SENT, Photo
from app.i18n.catalogues import _, words
from app.innovations.models import Innovation
from app.innovations.queries import get_detail
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.regions.queries import outlines, villages
from app.regions.rules import Regency
from app.regions.rules.drawing import Drawing, draw
from app.replication import actions, queries
from app.replication.forms import AdoptionForm, FindingForm
from app.replication.permissions import POLICY, Can
from app.replication.queries import PHOTOS, Candidate, Row
from app.replication.rules import ADOPTABLE, REPLICATIONS, Event, Refusal, State
from app.replication.words import STATE_KINDS
from app.web.access import current_actor, public, staff
from app.web.clock import now
from app.web.fields import refuse_at
from app.web.panels import Panel, Place, adds_panel
from app.web.uploads import takes_files

bp = Blueprint("replication", __name__, template_folder="templates")

# How dark a village stands on the map.
SHADES = {State.CONFIRMED: "1", State.ASKED: ".35"}
ORIGIN = ".65"
AT_REPORT = {
    Refusal.FOREIGN_VILLAGE: "village",
    Refusal.OWN_VILLAGE: "village",
    Refusal.ADOPTED_TWICE: "village",
    Refusal.FIELD_MISSING: "adopter",
    Refusal.IN_FUTURE: "adopted_on",
    Refusal.PROOF_MISSING: "photos",
}
AT_FINDING = {Refusal.REASON_MISSING: "reason"}


@bp.app_template_filter("replication_kind")
def replication_kind(state: State) -> str:
    """The kind of badge of a state."""
    return STATE_KINDS[state]


@shows_photos(PHOTOS)
def sees_photos_of(actor: Actor, replication_id: int) -> bool:
    """Everybody, once the lead agency has confirmed what they prove."""
    found = queries.find_replication(replication_id)
    if found is None:
        return False
    replication, innovation = found
    is_theirs = actor.is_signed_in and actor.person_id == replication.asked_by_id
    return replication.state is State.CONFIRMED or is_theirs or _may_decide(actor, innovation)


def _may_decide(actor: Actor, innovation: Innovation) -> bool:
    return POLICY.may(actor, Can.DECIDE, Within(innovation.regency_code, innovation.agency_id))


@dataclass(frozen=True)
class AdoptionPage:
    """Where the innovation has been taken up, and who could be next."""

    innovation: Innovation
    drawing: Drawing | None
    shades: Mapping[str, str]
    rows: Sequence[Row]
    photos: Mapping[int, Sequence[Photo]]
    candidates: Sequence[Candidate]
    confirmed: int
    may_report: bool
    may_decide: bool


@bp.route("/<regency>/inovasi/<number>/replikasi")
@public
def show(regency: Regency, number: str) -> Any:
    innovation, actor = get_detail(regency.code, number).innovation, current_actor()
    rows = queries.replications_of(innovation.id)
    standing = {row.replication.village_code: row.replication.state for row in reversed(rows)}
    shades = {code: SHADES[state] for code, state in standing.items() if state in SHADES}
    if innovation.village_code:
        shades.setdefault(innovation.village_code, ORIGIN)
    may_decide, is_open = _may_decide(actor, innovation), innovation.stage in ADOPTABLE
    shown = [row for row in rows if row.replication.state is not State.REFUSED or may_decide]
    page = AdoptionPage(
        innovation=innovation,
        drawing=draw(outlines(regency.code)),
        shades=shades,
        rows=shown,
        photos=photos_of(PHOTOS, [row.replication.id for row in shown]) if shown else {},
        candidates=queries.candidates(innovation, set(shades)) if is_open else [],
        confirmed=sum(row.replication.state is State.CONFIRMED for row in rows),
        may_report=is_open and bool(_own_villages(actor, regency)),
        may_decide=may_decide,
    )
    return render_template("replication/show.html", page=page)


def _own_villages(actor: Actor, regency: Regency) -> list[tuple[str, str]]:
    """The villages of the regency for which this actor may report."""
    scopes = [*actor.scopes(Role.FACILITATOR), *actor.scopes(Role.PLANNER)]
    if not scopes:
        return []
    return [(one.code, f"{one.name}, {one.district}") for one in villages(*scopes) if one.code.startswith(regency.code)]


@bp.route("/damping/<regency>/inovasi/<number>/terapkan", methods=["GET", "POST"])
@staff(Role.FACILITATOR, Role.PLANNER)
@takes_files(MOST_SENT)
def report(regency: Regency, number: str) -> Any:
    innovation, actor = get_detail(regency.code, number).innovation, current_actor()
    name, form = innovation.name, AdoptionForm()
    form.offer(_own_villages(actor, regency))
    is_fine = form.validate_on_submit()
    has_key = form.is_submitted() and not form.form_key.errors
    photos = form.photos.receive(actor, str(form.form_key.data), None, now()) if has_key else []
    if is_fine and not form.photos.errors:
        try:
            with transaction():
                actions.report(actor, innovation, form.text(), str(form.form_key.data), now())
        except Refused as refused:
            _tell(form, refused, AT_REPORT)
        else:
            flash(_("Laporan terkirim. Dinas pengampu memeriksanya."), "ok")
            return redirect(url_for(".show", number=number), 303)
    page = render_template("replication/report.html", form=form, name=name, number=number, photos=photos)
    return page, 422 if form.is_submitted() else 200


def _tell(form: Any, refused: Refused, places: Mapping[Refusal, str]) -> None:
    at = places.get(refused.reason) if isinstance(refused.reason, Refusal) else None
    refuse_at(form, at, words(refused.reason, **refused.facts))


@bp.route("/pipa/<regency>/inovasi/<number>/replikasi/<int:replication_id>", methods=["GET", "POST"])
@staff(Role.PLANNER, Role.OFFICER)
def decide(regency: Regency, number: str, replication_id: int) -> Any:
    innovation, actor = get_detail(regency.code, number).innovation, current_actor()
    POLICY.require(actor, Can.DECIDE, Within(regency.code, innovation.agency_id))
    replication, form = queries.get_replication(innovation.id, replication_id), FindingForm()
    name, adopter = innovation.name, replication.adopter
    form.offer(REPLICATIONS.events(replication.state))
    photos = photos_of(PHOTOS, [replication_id])[replication_id]
    if form.validate_on_submit():
        event, reason = Event(str(form.step.data)), str(form.reason.data or "")
        try:
            with transaction():
                actions.decide(actor, innovation, replication, event, reason, now())
        except Refused as refused:
            _tell(form, refused, AT_FINDING)
        else:
            flash(_("Temuan Anda tersimpan dan tampil untuk umum."), "ok")
            return redirect(url_for(".show", number=number), 303)
    told = {"name": name, "number": number, "adopter": adopter, "photos": photos}
    return render_template("replication/decide.html", form=form, **told), 422 if form.is_submitted() else 200


@dataclass(frozen=True)
class CountPanel:
    """How many villages have taken the innovation up."""

    number: str
    confirmed: int


@adds_panel("innovation")
@adds_panel("managed innovation")
def adoption_of_innovation(innovation: Innovation) -> Panel | None:
    if innovation.stage not in ADOPTABLE:
        return None
    page = CountPanel(innovation.number, queries.count_confirmed(innovation.id))
    return Panel(Place.BELOW, "replication/_panel.html", page)
