"""What everybody sees of the desk: who has a proposal now and why, the levels' verdicts, and how long answers take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask import render_template, request, url_for

from app.cycles.queries import cycles_of
from app.i18n.catalogues import _, words
from app.moderation import queries
from app.moderation.permissions import POLICY, Can
from app.moderation.queries import Load
from app.moderation.queries.queue import MOST_COUNTED
from app.moderation.rules import Deadline, deadline
from app.moderation.rules.service import FIRST_ANSWER, Service
from app.moderation.rules.sipd import BEYOND, UNKNOWN
from app.moderation.rules.verdicts import TAKES, Level, Outcome
from app.moderation.views.blueprint import bp
from app.moderation.words import OUTCOME_KINDS, WAITS, WAITS_FOR
from app.proposals import permissions as proposals
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_seen_by
from app.proposals.rules import Status
from app.regions.queries import districts
from app.regions.rules import Regency
from app.web.access import current_actor, public
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel
from app.web.remembering import remembered

# Where a level may have spoken.
JUDGED = TAKES | BEYOND | UNKNOWN | {Status.REJECTED, Status.ESCALATED}


@dataclass(frozen=True)
class ClockPanel:
    """Who has the proposal, since when, until when, and what for."""

    who: str
    why: str
    since: datetime
    deadline: Deadline | None
    report_number: str | None
    appeal_number: str | None


@dataclass(frozen=True)
class VerdictsPanel:
    """Words and badges for the verdicts; the page has loaded them with the journey, and they are taken from there."""

    levels: Mapping[str, str]
    outcomes: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class ServicePage:
    """How long answers took in a year, desk by desk; places are districts, and the regency first.

    `load` is what waits for its first answer now, counted up to `most`.
    """

    year: int | None
    years: Sequence[tuple[str, str, bool, None]]
    rows: Sequence[tuple[str, Sequence[tuple[str, Service]]]]
    load: Load
    most: int


@adds_panel("proposal")
def clock_panel(proposal: Proposal) -> Panel | None:
    """Who has it now and why; it costs no statement."""
    if proposal.status is Status.DRAFT:
        return None
    actor, facts = current_actor(), facts_of(proposal)
    is_author = proposals.POLICY.may(actor, proposals.Can.RESUBMIT, facts)
    page = ClockPanel(
        who=words(proposal.holder),
        why=str(WAITS.get((proposal.holder, proposal.status), WAITS_FOR[proposal.holder])),
        since=proposal.held_since,
        deadline=deadline(proposal.held_until, now()) if proposal.held_until else None,
        report_number=proposal.number if POLICY.may(actor, Can.REPORT, facts) else None,
        appeal_number=proposal.number if is_author and proposal.status is Status.REJECTED else None,
    )
    return Panel(Place.ACTION, "moderation/_clock.html", page)


@adds_panel("proposal")
def verdicts_panel(proposal: Proposal) -> Panel | None:
    """What the levels have said, each level's latest word, and the way to its points; it costs no statement."""
    if proposal.status not in JUDGED:
        return None
    page = VerdictsPanel(
        {level.value: words(level) for level in Level},
        {outcome.value: (words(outcome), OUTCOME_KINDS[outcome]) for outcome in Outcome},
    )
    return Panel(Place.BELOW, "moderation/_verdicts.html", page)


@bp.route("/<regency>/usulan/<number>/nilai")
@public
def score(regency: Regency, number: str) -> Any:
    """The points of one proposal, criterion by criterion, for everybody."""
    proposal = get_seen_by(current_actor(), regency.code, number)
    criteria = queries.criteria_of(proposal.cycle_id)
    card = queries.card_of(proposal, criteria)
    notes = queries.rank_notes_on([proposal.id]).get(proposal.id, [])
    return render_template("moderation/score.html", proposal=proposal, card=card, notes=notes)


@bp.route("/<regency>/layanan")
@public
def service(regency: Regency) -> Any:
    """How many answers came in time, level by level and kecamatan by kecamatan."""
    cycles = cycles_of(regency.code)
    asked = request.args.get("tahun", "")
    cycle = next((one for one in cycles if str(one.plan_year) == asked), cycles[0] if cycles else None)
    found = remembered(("service", cycle.id), partial(queries.service_of_cycle, cycle.id)) if cycle else {}
    places = [("", regency.name), *((one.code, one.name) for one in districts(regency.code))]
    desks = [(FIRST_ANSWER, _("Jawaban pertama moderator")), *((level.value, words(level)) for level in Level)]
    page = ServicePage(
        year=cycle.plan_year if cycle else None,
        years=[
            (str(one.plan_year), url_for(".service", tahun=one.plan_year), one is cycle, None)
            for one in cycles
            if len(cycles) > 1
        ],
        rows=[
            (text, [(name, found[desk, code]) for code, name in places if (desk, code) in found])
            for desk, text in desks
            if (desk, "") in found
        ],
        load=queries.load_of([regency.code], now()),
        most=MOST_COUNTED,
    )
    return render_template("moderation/service.html", page=page)
