"""The button that supports a proposal, the one that follows it, and what they answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.discussion import actions, queries
from app.discussion.permissions import FOLLOW_POLICY, POLICY, Can, CanFollow
from app.discussion.queries import Standing
from app.discussion.rules import Refusal, last_closing, next_opening, refuse_support
from app.discussion.views.blueprint import bp
from app.i18n.catalogues import _, _l, words
from app.kernel.actor import SPEAKS
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_seen_by
from app.regions.rules import Regency
from app.web.access import current_actor, signed_in
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel

# What the form may ask for: the act, and what is said when it is done.
WISHES = {
    "dukung": (actions.support, _l("Dukungan Anda tercatat.")),
    "tarik": (actions.take_back, _l("Dukungan Anda sudah ditarik.")),
}


@dataclass(frozen=True)
class SupportPanel:
    """How many support the proposal, what this visitor may do about it or why not, and when support is taken.

    `earlier` of them have done so before this plan year.
    """

    number: str | None
    count: int
    earlier: int
    plan_year: int
    is_given: bool
    is_allowed: bool
    lacks: Refusal | None
    refusal: Refusal | None
    opens: datetime | None
    closes: datetime | None
    is_followed: bool
    may_follow: bool


def standing_here(proposal: Proposal) -> Standing:
    """What this visitor sees of the proposal in this room, read once for all its panels."""
    if "standing" not in g:
        g.standing = queries.standing_of(proposal, current_actor().person_id)
    standing: Standing = g.standing
    return standing


@adds_panel("proposal")
def support_panel(proposal: Proposal) -> Panel:
    actor = current_actor()
    standing = standing_here(proposal)
    may_follow = FOLLOW_POLICY.may(actor, CanFollow.FOLLOW, Within(proposal.village_code))
    page = SupportPanel(
        number=proposal.number,
        count=proposal.support_count,
        earlier=standing.earlier,
        plan_year=standing.plan_year,
        is_given=standing.is_supported,
        is_allowed=POLICY.may(actor, Can.SUPPORT, facts_of(proposal)),
        lacks=None if actor.level >= SPEAKS else Refusal.NOT_CONFIRMED,
        refusal=refuse_support(proposal.status, standing.phases, now()),
        opens=next_opening(standing.phases, now()),
        closes=last_closing(standing.phases),
        is_followed=standing.is_followed,
        may_follow=may_follow and proposal.public_since is not None and actor.person_id != proposal.author_id,
    )
    return Panel(Place.ACTION, "discussion/_support.html", page)


@bp.route("/<regency>/usulan/<number>/dukung", methods=["GET", "POST"])
@signed_in
def support(regency: Regency, number: str) -> Any:
    proposal = get_seen_by(current_actor(), regency.code, number)
    back = url_for("proposals.show", regency=regency, number=proposal.number)
    if request.method == "GET":  # whoever had to sign in after pressing the button comes back here
        return redirect(back, 303)
    act, done = WISHES.get(request.form.get("aksi", "")) or abort(400)
    try:
        with transaction():
            act(current_actor(), proposal, now())
    except Refused as refused:
        reason = words(refused.reason, **refused.facts)
        return render_template("ui/refused.html", reason=reason, back_url=back, back_text=_("Kembali ke usulan")), 409
    flash(str(done), "ok")
    return redirect(back, 303)
