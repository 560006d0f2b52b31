"""What waits for the planner today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for

from app.cycles.queries import cycles_of
from app.cycles.rules import CycleFacts, PhaseFacts
from app.innovations import queries
from app.innovations.permissions import POLICY, Can
from app.innovations.queries import Ready
from app.innovations.views.blueprint import bp, today_in
from app.kernel.actor import Role, covers
from app.kernel.policy import Within
from app.plans.queries import misi_of
from app.proposals.queries import ProposalRow
from app.regions.queries import regencies
from app.regions.rules import Regency
from app.voting.queries import ContestRow, awaiting_planner
from app.voting.rules.contest import ContestEvent, next_step
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.panels import Panel, panels_for


@dataclass(frozen=True)
class DeskPage:
    """The planner's day: what to decide, to lead, and to pass; and how the year stands."""

    winners: Sequence[ProposalRow]
    contests: Sequence[tuple[ContestRow, ContestEvent]]
    ready: Sequence[Ready]
    cycle: CycleFacts | None
    phase: PhaseFacts | None
    misi_count: int
    panels: Sequence[Panel]


@bp.route("/pipa/")
@staff(Role.PLANNER)
def desk() -> Any:
    """The desk of the planner's own regency; those who plan for several choose."""
    scopes = current_actor().scopes(Role.PLANNER)
    own = [regency for regency in regencies() if any(covers(scope, regency.code) for scope in scopes)]
    if len(own) == 1:
        return redirect(url_for(".planner_desk", regency=own[0]), 303)
    return render_template("innovations/desk.html", own=own)


@bp.route("/pipa/<regency>/")
@staff(Role.PLANNER)
def planner_desk(regency: Regency) -> Any:
    POLICY.require(current_actor(), Can.CURATE, Within(regency.code))
    cycles = cycles_of(regency.code)
    # The phase that people must not miss, of whichever year it is; else the latest year, still without one.
    running = [(cycle, phase) for cycle in cycles if (phase := cycle.current(now()))]
    cycle, phase = running[0] if running else (cycles[0] if cycles else None, None)
    waiting = [(row, next_step(row.facts, now())) for row in awaiting_planner(regency.code, now())]
    page = DeskPage(
        winners=queries.winners(regency.code),
        contests=[(row, step) for row, step in waiting if step],
        ready=queries.ready(regency.code, today_in(regency)),
        cycle=cycle,
        phase=phase,
        misi_count=len(misi_of(regency.code)),
        panels=panels_for("planner desk", regency),
    )
    return render_template("innovations/planner_desk.html", page=page)
