"""One proposal on the desk: its text, its history, what lies near, and the three answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from app.accounts.queries import get_actor
from app.db.transaction import transaction
from app.i18n.catalogues import _, speaking, words
from app.kernel.actor import Actor, Role, covers
from app.kernel.outcomes import Refused
from app.moderation import actions, queries
from app.moderation.forms import DecisionForm, NoteForm, ReasonForm
from app.moderation.models import Merge
from app.moderation.permissions import POLICY, Can
from app.moderation.queries.desk import Note, Visit
from app.moderation.rules import Deadline, Decision, deadline, state_mark
from app.moderation.rules.merging import MERGEABLE, SPLITTABLE, refuse_separation
from app.moderation.rules.refusals import Refusal as DeskRefusal
from app.moderation.rules.verdicts import TAKES
from app.moderation.views.blueprint import bp
from app.moderation.words import DONE, STARTERS
from app.plans.rules import MisiFacts
from app.proposals import permissions as proposals
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.queries import ProposalRow, facts_of, misi_of_proposal, timeline_of
from app.proposals.rules import ReasonCode, Refusal, Status
from app.regions.queries import find_regency, find_village
from app.regions.rules import Place, Regency
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.panels import Panel, adds_panel, panels_for
from app.web.panels import Place as PanelPlace


@dataclass(frozen=True)
class Hand:
    """Who has the proposal in hand, whether it is the reader, and to whom they can give it, as (id, name)."""

    name: str
    is_own: bool
    colleagues: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class ReviewPage:
    """One proposal as the public will see it, and what this moderator can do; starters and steps are (words, address).

    Rooms that know more (texts like this one, say) add panels to the page "review".
    """

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
    hand: Hand
    alike: Sequence[ProposalRow]
    near: Sequence[ProposalRow]
    notes: Sequence[Note]
    visits: Sequence[Visit]
    upheld: int
    steps: Sequence[tuple[str, str]]
    merge: Merge | None
    panels: Sequence[Panel]


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
    told = Markup('{} <a href="{}">{}</a>').format(said, link, _("Lihat usulan"))
    if waiting := queries.waiting_in(current_actor().scopes(Role.MODERATOR), queries.Asked(), size=1).rows:
        following = url_for(".review", number=waiting[0].row.number)
        told += Markup(' · <a href="{}" accesskey="n">{}</a>').format(following, _("Jawab usulan berikutnya"))
    flash(told, "ok")
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
    alike = queries.alike_of(proposal) if proposal.status in MERGEABLE else []
    is_own = not proposals.POLICY.may(actor, proposals.Can.REVIEW, facts_of(proposal))
    return ReviewPage(
        proposal=proposal,
        place=place,
        misi=misi_of_proposal(proposal.id),
        journey=list(reversed(timeline_of(proposal.id))),
        acting_for=_acting_for(actor, place, g.regency),
        is_waiting=is_waiting,
        is_own=is_own,
        decision=decision if is_waiting else None,
        seen=state_mark(proposal.status, proposal.held_since),
        deadline=_deadline(proposal) if is_waiting else None,
        starters=[(words(code), _starter_url(proposal, decision, code)) for code in STARTERS[decision]]
        if decision
        else (),
        hand=_hand(actor, proposal),
        alike=alike,
        near=[row for row in queries.neighbours_of(proposal) if row.id not in {one.id for one in alike}],
        notes=() if is_own else queries.notes_on(proposal.id),
        visits=queries.visits_of(proposal.id),
        upheld=queries.upheld_against([proposal.author_id], now()).get(proposal.author_id, 0),
        steps=[] if is_own else _steps(proposal),
        merge=_separable(proposal),
        panels=panels_for("review", proposal),
    )


def _hand(actor: Actor, proposal: Proposal) -> Hand:
    held_by, name = queries.assignments_of([proposal.id]).get(proposal.id, (None, ""))
    others = [one for one in queries.colleagues_for(proposal.village_code, now()) if one[0] != held_by]
    return Hand(name, held_by is not None and held_by == actor.person_id, others)


def _steps(proposal: Proposal) -> list[tuple[str, str]]:
    """What else can be done with it now."""
    can = (
        (".merge", _("Gabungkan dengan usulan lain"), proposal.status in MERGEABLE),
        (".split", _("Pecah menjadi dua usulan"), proposal.status in SPLITTABLE),
        (".ask_visit", _("Minta tempatnya dilihat"), proposal.status in MERGEABLE),
        (".verdict", _("Beri putusan tingkat"), proposal.status in TAKES),
        (".assess", _("Beri nilai"), proposal.status in TAKES),
    )
    return [(text, url_for(endpoint, number=proposal.number)) for endpoint, text, is_now in can if is_now]


def _separable(proposal: Proposal) -> Merge | None:
    """The merge that can still be taken back."""
    merge = queries.standing_merge(proposal.id) if proposal.status is Status.MERGED else None
    return None if merge and refuse_separation(merge.at, Status.PUBLISHED, now(), is_undone=False) else merge


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


@bp.route("/meja/<number>/tugas", methods=["POST"])
@staff(Role.MODERATOR)
def assign(number: str) -> Any:
    """Take it in hand, give it back, or hand it to a colleague."""
    actor, asked = current_actor(), request.form.get("aksi", "")
    proposal = queries.get_on_desk(actor, number)
    try:
        with transaction():
            if asked == "ambil":
                actions.take(actor, proposal, now())
            elif asked == "lepas":
                actions.give_back(actor, proposal, now())
            else:
                actions.hand_over(actor, proposal, _colleague(proposal), now())
    except Refused as refused:
        flash(words(refused.reason, **refused.facts), "error")
    else:
        flash(_("Tugas tersimpan."), "ok")
    return redirect(url_for(".review", number=number), 303)


def _colleague(proposal: Proposal) -> Actor:
    asked = request.form.get("kepada", "")
    known = {str(id_): id_ for id_, _name in queries.colleagues_for(proposal.village_code, now())}
    if asked not in known:
        raise Refused(DeskRefusal.NO_COLLEAGUE)
    return get_actor(known[asked], now())


@bp.route("/meja/<number>/catatan", methods=["GET", "POST"])
@staff(Role.MODERATOR, Role.PLANNER)
def notes(number: str) -> Any:
    """Private notes; planners read and write them too."""
    actor = current_actor()
    proposal = queries.find_on_desk(actor, number)
    POLICY.require(actor, Can.NOTE, facts_of(proposal))
    g.regency = find_regency(proposal.regency_code)
    form = NoteForm()
    if form.validate_on_submit():
        with transaction():
            actions.write_note(actor, proposal, str(form.text.data), now())
        flash(_("Catatan tersimpan. Hanya moderator dan perencana yang membacanya."), "ok")
        return redirect(url_for(".notes", number=number), 303)
    page = render_template("moderation/notes.html", proposal=proposal, notes=queries.notes_on(proposal.id), form=form)
    return page, 422 if form.is_submitted() else 200


@adds_panel("proposal")
def desk_panel(proposal: Proposal) -> Panel | None:
    """The way to the desk, for moderators of the place while an answer is due."""
    is_due = proposal.status is Status.SUBMITTED
    may = is_due and POLICY.may(current_actor(), Can.OPEN_ON_DESK, facts_of(proposal))
    return Panel(PanelPlace.ACTION, "moderation/_to_desk.html", proposal.number) if may else None
