"""Choosing a regency, and its first page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for

from app.cycles.queries import cycles_of
from app.cycles.rules import CycleFacts, PhaseFacts
from app.home import queries
from app.home.queries import Figures
from app.home.rules import Occasion, Step, ballot_for, occasion, shown_cycle, steps
from app.home.views.blueprint import bp
from app.home.words import HEADLINES, LEADS, STEPS
from app.proposals.queries import Filters, ProposalRow, public_list
from app.regions.queries import regencies
from app.regions.rules import Regency, RegionLevel
from app.voting.queries import ContestRow, open_contests
from app.web.access import current_actor, public
from app.web.clock import now
from app.web.remembering import remembered

NEWEST = 5


@dataclass(frozen=True)
class RegencyCard:
    """A regency to choose, with what is open there now."""

    regency: Regency
    districts: int
    villages: int
    phase: PhaseFacts | None


@dataclass(frozen=True)
class HomePage:
    """A regency today; texts by the occasion."""

    occasion: Occasion
    headline: str
    lead: str
    cycle: CycleFacts | None
    phase: PhaseFacts | None
    steps: Sequence[tuple[Step, str]]
    figures: Figures
    contests: Sequence[ContestRow]
    newest: Sequence[ProposalRow]


@bp.route("/")
@public
def choose() -> Any:
    known = regencies()
    if len(known) == 1:
        return redirect(url_for(".regency", regency=known[0]))
    sizes, phases = queries.sizes(), queries.open_phases(now())
    cards = [
        RegencyCard(
            regency,
            sizes.get((regency.code, RegionLevel.DISTRICT), 0),
            sizes.get((regency.code, RegionLevel.VILLAGE), 0),
            phases.get(regency.code),
        )
        for regency in known
    ]
    return render_template("home/choose.html", cards=cards)


@bp.route("/<regency>/")
@public
def regency(regency: Regency) -> Any:
    cycle = shown_cycle(cycles_of(regency.code), now())
    cycle_id = cycle.id if cycle else None
    figures = remembered(("figures", regency.code, cycle_id), lambda: queries.figures(regency.code, cycle_id))
    contests = open_contests(regency.code, now())
    ballot = ballot_for(current_actor().village_code, regency.code, [contest.region_code for contest in contests])
    what = occasion(cycle, ballot, has_misi=figures.misi > 0, now=now())
    page = HomePage(
        occasion=what,
        headline=str(HEADLINES[what]),
        lead=str(LEADS[what]),
        cycle=cycle,
        phase=cycle.current(now()) if cycle else None,
        steps=[(step, str(STEPS[step.phase.kind])) for step in steps(cycle, now())] if cycle else [],
        figures=figures,
        contests=contests,
        newest=public_list(regency.code, Filters(), None, NEWEST).rows,
    )
    return render_template("home/regency.html", page=page)
