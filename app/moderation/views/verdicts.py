"""Verdicts of the levels: what waits for one, and giving it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from app.catalog.queries import get_entry
from app.db.transaction import transaction
from app.i18n.catalogues import _, words
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Refused
from app.moderation import actions, queries
from app.moderation.forms import VerdictForm
from app.moderation.permissions import JUDGES, CanJudge, LevelFacts
from app.moderation.queries.levels import VerdictRow
from app.moderation.rules import Deadline, deadline, state_mark
from app.moderation.rules.verdicts import TAKES, Level, Turn, outcomes_of, turn_after
from app.moderation.views.blueprint import bp
from app.moderation.words import OUTCOME_KINDS
from app.plans.queries import agencies_of
from app.proposals.models import Proposal
from app.proposals.queries import facts_of
from app.regions.queries import find_regency, find_village
from app.regions.rules import Place
from app.web.access import current_actor, staff
from app.web.clock import now

DESKS = (Role.MODERATOR, Role.PLANNER, Role.OFFICER)


@dataclass(frozen=True)
class VerdictPage:
    """The original beside what the levels have said; `level` is the one this person may speak for now."""

    proposal: Proposal
    place: Place
    rows: Sequence[tuple[VerdictRow, str]]
    turn: Turn
    level: Level | None
    levels: Sequence[Level]


@bp.route("/meja/putusan")
@staff(*DESKS)
def verdicts() -> Any:
    after = request.args.get("setelah")
    found = queries.waiting_for_verdict(current_actor(), after)
    rows: list[tuple[Any, Deadline | None]] = [
        (row, deadline(row.held_until, now()) if row.held_until else None) for row in found.rows
    ]
    following = url_for(".verdicts", setelah=found.after) if found.after else None
    first = url_for(".verdicts") if after else None
    return render_template("moderation/verdicts.html", rows=rows, next_url=following, first_url=first)


@bp.route("/meja/<number>/putusan", methods=["GET", "POST"])
@staff(*DESKS)
def verdict(number: str) -> Any:
    actor = current_actor()
    proposal = queries.find_on_desk(actor, number)
    g.regency = find_regency(proposal.regency_code)
    page = _page(actor, proposal)
    if page.level is None:
        return render_template("moderation/verdict.html", page=page, form=None)
    agencies = [(one.id, one.name) for one in agencies_of(proposal.regency_code)]
    form = VerdictForm(outcomes_of(page.level, proposal.status), agencies)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.judge(actor, proposal, form.verdict(page.level), now())
        except Refused as refused:
            form.form_errors.append(words(refused.reason, **refused.facts))
            page = _page(actor, queries.find_on_desk(actor, number))
        else:
            flash(_("Putusan tersimpan dan dapat dibaca semua orang."), "ok")
            return redirect(url_for("proposals.show", number=proposal.number), 303)
    form.seen.data = state_mark(page.proposal.status, page.proposal.held_since)
    if not form.is_submitted() and page.turn.agency_id is None:
        form.agency.data = _usual_agency(page.proposal)
    return render_template("moderation/verdict.html", page=page, form=form), 422 if form.is_submitted() else 200


def _usual_agency(proposal: Proposal) -> str:
    """The one that the catalog names for such a work, to start from."""
    entry = get_entry(proposal.entry_id) if proposal.entry_id else None
    return str(entry.agency_id) if entry and entry.agency_id else ""


def _page(actor: Actor, proposal: Proposal) -> VerdictPage:
    rows = queries.verdicts_on(proposal.id)
    turn = turn_after([row.given for row in rows if row.stands])
    facts = LevelFacts(facts_of(proposal), turn.agency_id)
    open_to = [
        level
        for level in Level
        if proposal.status in TAKES and turn.includes(level) and JUDGES.may(actor, CanJudge.on(level), facts)
    ]
    asked = request.args.get("tingkat", "")
    level = Level(asked) if asked in open_to else turn.level if turn.level in open_to else None
    place = find_village(proposal.village_code)
    assert place is not None  # a foreign key
    shown = [(row, OUTCOME_KINDS[row.outcome]) for row in rows]
    return VerdictPage(proposal, place, shown, turn, level or (open_to[0] if open_to else None), open_to)
