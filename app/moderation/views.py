"""The moderators' desk: the queue, and one proposal with its three answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from app.db.transaction import transaction
from app.i18n.catalogues import _, speaking, words
from app.kernel.actor import Actor, Role, covers
from app.kernel.outcomes import Refused
from app.moderation import actions, queries
from app.moderation.forms import DecisionForm, ReasonForm
from app.moderation.permissions import POLICY, Can
from app.moderation.queries import Load
from app.moderation.rules import Deadline, Decision, deadline, state_mark
from app.moderation.words import DONE, STARTERS
from app.plans.rules import MisiFacts
from app.proposals import permissions as proposals
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.queries import ProposalRow, facts_of, misi_of_proposal, timeline_of
from app.proposals.rules import ReasonCode, Refusal, Status
from app.regions.queries import districts_within, find_regency, find_village, only_regency
from app.regions.rules import Place, Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.panels import Panel, adds_panel
from app.web.panels import Place as PanelPlace

bp = Blueprint("moderation", __name__, template_folder="templates")


@dataclass(frozen=True)
class QueuePage:
    """What waits within the moderator's scopes, as asked for: rows with their deadlines, and the filters in use."""

    rows: Sequence[tuple[ProposalRow, Deadline | None]]
    load: Load
    district: str
    districts: Sequence[tuple[str, str]]
    is_late_only: bool
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True)
class ReviewPage:
    """One proposal as the public will see it, and what this moderator can do; starters are (words, address)."""

    proposal: Proposal
    place: Place
    misi: Sequence[MisiFacts]
    journey: Sequence[TimelineEntry]
    acting_for: str
    is_waiting: bool
    is_own: bool
    decision: Decision | None
    seen: str
    deadline: Deadline | None
    starters: Sequence[tuple[str, str]]


@bp.route("/meja/")
@staff(Role.MODERATOR)
def queue() -> Any:
    scopes = current_actor().scopes(Role.MODERATOR)
    g.regency = only_regency(scopes)
    districts = [(row.code, row.name) for row in districts_within(scopes)]
    asked = request.args.get("kecamatan", "")
    district = asked if asked in dict(districts) else ""
    is_late_only, after = request.args.get("terlambat") == "1", request.args.get("setelah")
    waiting = queries.waiting_in(scopes, district, after, now() if is_late_only else None)

    def url(**more: Any) -> str:
        return url_for(".queue", kecamatan=district or None, terlambat=1 if is_late_only else None, **more)

    page = QueuePage(
        rows=[(row, _deadline(row)) for row in waiting.rows],
        load=queries.load_of(scopes, now()),
        district=district,
        districts=districts,
        is_late_only=is_late_only,
        next_url=url(setelah=waiting.after) if waiting.after else None,
        first_url=url() if after else None,
    )
    return render_template("moderation/queue.html", page=page)


def _deadline(held: ProposalRow | Proposal) -> Deadline | None:
    return deadline(held.held_until, now()) if held.held_until else None


@bp.route("/meja/<number>", methods=["GET", "POST"])
@staff(Role.MODERATOR)
def review(number: str) -> Any:
    actor, asked = current_actor(), request.args.get("putusan", "")
    proposal = queries.get_on_desk(actor, number)
    g.regency = find_regency(proposal.regency_code)
    decision = Decision(asked) if asked in set(Decision) else None
    form = ReasonForm() if decision in (Decision.RETURN, Decision.REJECT) else DecisionForm()
    is_stale = False
    if decision and form.validate_on_submit():
        try:
            with transaction():
                actions.decide(actor, proposal, form.verdict(decision), now())
        except Refused as refused:
            is_stale = refused.reason is Refusal.CHANGED_MEANWHILE
            form.form_errors.append(words(refused.reason, **refused.facts))
            proposal = queries.get_on_desk(actor, number)
        else:
            return _done(proposal, decision)
    page = _review_page(actor, proposal, decision)
    _fill(form, page)
    status = 409 if is_stale else 422 if form.is_submitted() else 200
    return render_template("moderation/review.html", page=page, form=form, is_stale=is_stale), status


def _done(proposal: Proposal, decision: Decision) -> Response:
    said = str(DONE[decision]) % {"number": proposal.number}
    link = url_for("proposals.show", number=proposal.number)
    flash(Markup('{} <a href="{}">{}</a>').format(said, link, _("Lihat usulan")), "ok")
    return redirect(url_for(".queue"), 303)


def _fill(form: DecisionForm, page: ReviewPage) -> None:
    """What the moderator sees now, and the text to start from where they have asked for one."""
    form.seen.data = page.seen
    starters = STARTERS[page.decision] if page.decision else {}
    asked = request.args.get("alasan", "")
    if isinstance(form, ReasonForm) and not form.is_submitted() and asked in starters:
        with speaking("id"):  # everybody reads it, whatever the moderator reads
            form.code.data, form.reason.data = asked, str(starters[ReasonCode(asked)])


def _review_page(actor: Actor, proposal: Proposal, decision: Decision | None) -> ReviewPage:
    place = find_village(proposal.village_code)
    assert place is not None  # a foreign key
    is_waiting = proposal.status is Status.SUBMITTED
    return ReviewPage(
        proposal=proposal,
        place=place,
        misi=misi_of_proposal(proposal.id),
        journey=list(reversed(timeline_of(proposal.id))),
        acting_for=_acting_for(actor, place, g.regency),
        is_waiting=is_waiting,
        is_own=not proposals.POLICY.may(actor, proposals.Can.REVIEW, facts_of(proposal)),
        decision=decision if is_waiting else None,
        seen=state_mark(proposal.status, proposal.held_since),
        deadline=_deadline(proposal) if is_waiting else None,
        starters=[(words(code), _starter_url(proposal, decision, code)) for code in STARTERS[decision]]
        if decision
        else (),
    )


def _starter_url(proposal: Proposal, decision: Decision, code: ReasonCode) -> str:
    return url_for(".review", number=proposal.number, putusan=decision, alasan=code, _anchor="putusan")


def _acting_for(actor: Actor, place: Place, regency: Regency) -> str:
    """The region in whose name the moderator answers: that of their narrowest grant."""
    scopes = [scope for scope in actor.scopes(Role.MODERATOR) if covers(scope, place.code)]
    names = {
        place.code: place.name,
        place.district_code: _("Kecamatan %(name)s", name=place.district),
        regency.code: regency.name,
    }
    return str(names.get(max(scopes, key=len), _("semua kabupaten")))


@adds_panel("proposal")
def desk_panel(proposal: Proposal) -> Panel | None:
    """The way to the desk, for moderators of the place while an answer is due."""
    is_due = proposal.status is Status.SUBMITTED
    may = is_due and POLICY.may(current_actor(), Can.OPEN_ON_DESK, facts_of(proposal))
    return Panel(PanelPlace.ACTION, "moderation/_to_desk.html", proposal.number) if may else None
