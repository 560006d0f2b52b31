"""The buttons that follow a proposal, a village or a misi, and the list of all that one follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.discussion import actions, queries
from app.discussion.permissions import FOLLOW_POLICY, CanFollow
from app.discussion.queries import Followed
from app.discussion.rules.follows import Topic
from app.discussion.views.blueprint import bp
from app.i18n.catalogues import _
from app.kernel.outcomes import Missing
from app.kernel.policy import Within
from app.plans.queries import misi_of
from app.plans.rules import MisiFacts
from app.proposals.queries import get_seen_by
from app.regions.queries import find_village
from app.regions.rules import Place as Village
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel

FOLLOW, STOP = "ikuti", "berhenti"


@dataclass(frozen=True)
class FollowPanel:
    """Whether the visitor follows this, and where the button leads."""

    is_followed: bool
    url: str


@dataclass(frozen=True)
class FollowsPage:
    """All that a person follows, with the address of each."""

    rows: Sequence[tuple[Followed, str]]


def _panel(kind: Topic, ref: str, code: str, url: str) -> Panel | None:
    actor = current_actor()
    if not FOLLOW_POLICY.may(actor, CanFollow.FOLLOW, Within(code)):
        return None
    page = FollowPanel(queries.is_followed(actor.person_id, kind, ref), url)
    return Panel(Place.BELOW, "discussion/_follow.html", page)


@adds_panel("village")
def village_panel(village: Village) -> Panel | None:
    return _panel(Topic.VILLAGE, village.code, village.code, url_for("discussion.follow_village", code=village.code))


@adds_panel("misi")
def misi_panel(misi: MisiFacts) -> Panel | None:
    url = url_for("discussion.follow_misi", number=misi.number)
    return _panel(Topic.MISI, str(misi.id), g.regency.code, url)


@bp.route("/<regency>/usulan/<number>/ikuti", methods=["GET", "POST"])
@signed_in
def follow_proposal(regency: Regency, number: str) -> Any:
    proposal = get_seen_by(current_actor(), regency.code, number)
    if proposal.public_since is None:
        raise Missing
    back = url_for("proposals.show", number=proposal.number)
    return _follow(regency, Topic.PROPOSAL, str(proposal.id), back)


@bp.route("/<regency>/desa/<code>/ikuti", methods=["GET", "POST"])
@signed_in
def follow_village(regency: Regency, code: str) -> Any:
    village = find_village(code) if code.startswith(f"{regency.code}.") else None
    if village is None:
        raise Missing
    return _follow(regency, Topic.VILLAGE, village.code, url_for("home.village", code=village.code))


@bp.route("/<regency>/misi/<int:number>/ikuti", methods=["GET", "POST"])
@signed_in
def follow_misi(regency: Regency, number: int) -> Any:
    misi = next((one for one in misi_of(regency.code) if one.number == number), None)
    if misi is None:
        raise Missing
    return _follow(regency, Topic.MISI, str(misi.id), url_for("home.one_misi", number=number))


def _follow(regency: Regency, kind: Topic, ref: str, back: str) -> Any:
    """Do what the button says; whoever had to sign in after pressing it comes back with nothing done."""
    if request.method == "GET":
        return redirect(back, 303)
    wish = request.form.get("aksi", "")
    with transaction():
        if wish == FOLLOW:
            actions.follow(current_actor(), kind, ref, regency.code, now())
        elif wish == STOP:
            actions.unfollow(current_actor(), kind, ref)
        else:
            abort(400)
    done = _("Anda mengikuti ini. Kabarnya masuk ke kotak masuk Anda.")
    flash(done if wish == FOLLOW else _("Anda tidak mengikuti ini lagi."), "ok")
    return redirect(back, 303)


@bp.route("/akun/ikuti", methods=["GET", "POST"])
@signed_in
def follows() -> Any:
    actor = current_actor()
    assert actor.person_id is not None  # signed in
    if request.method == "POST":
        kind = request.form.get("jenis", "")
        with transaction():
            actions.unfollow(actor, Topic(kind) if kind in set(Topic) else abort(400), request.form.get("ref", "")[:16])
        flash(_("Anda tidak mengikuti ini lagi."), "ok")
        return redirect(url_for(".follows"), 303)
    rows = queries.followed_by(actor.person_id)
    return render_template("discussion/follows.html", page=FollowsPage([(row, _address(row)) for row in rows]))


def _address(row: Followed) -> str:
    if row.kind is Topic.PROPOSAL:
        return url_for("proposals.show", regency=row.slug, number=row.key)
    if row.kind is Topic.VILLAGE:
        return url_for("home.village", regency=row.slug, code=row.key)
    return url_for("home.one_misi", regency=row.slug, number=int(row.key))
