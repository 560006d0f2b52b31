"""The results, with a reason for everybody, and where a proposal stands in a contest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from app.i18n.catalogues import words
from app.kernel.windows import Window
from app.proposals.models import Proposal
from app.proposals.rules import Status
from app.regions.queries import districts
from app.regions.rules import Regency
from app.voting import queries
from app.voting.forms import ObjectionForm
from app.voting.queries import ContestRow, ObjectionRow, Published
from app.voting.rules.contest import PUBLIC, ContestStatus
from app.voting.rules.objections import objection_window, refuse_objector
from app.voting.views.blueprint import bp
from app.voting.views.told import Told, told_of
from app.web.access import current_actor, public
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel

# Before these a proposal has been in no contest.
EARLY = frozenset({Status.DRAFT, Status.SUBMITTED, Status.RETURNED})


@dataclass(frozen=True)
class ResultPage:
    """A counted result with its objections; `reason` is why the reader may not object."""

    contest: ContestRow
    published: Published
    told: Told
    objections: Sequence[ObjectionRow]
    window: Window | None
    may_sign_in: bool
    reason: str | None


@bp.route("/<regency>/hasil")
@public
def results(regency: Regency) -> Any:
    return render_template("voting/results.html", rows=queries.contests_of(regency.code, PUBLIC))


@bp.route("/<regency>/hasil/<int:contest_id>")
@public
def result(regency: Regency, contest_id: int) -> Any:
    return result_page(regency, contest_id, ObjectionForm())


def result_page(regency: Regency, contest_id: int, form: ObjectionForm) -> Any:
    """The page, with whatever was typed into the form of an objection."""
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    published, counts = queries.published(contest_id), queries.public_counts(contest_id)
    if published is None or counts is None:
        return render_template("voting/awaited.html", contest=contest)
    actor, names = current_actor(), {row.code: row.name for row in districts(regency.code)}
    window = objection_window(published.counted_at, published.objection_days)
    reason = refuse_objector(actor, contest.region_code, contest.status, window, now())
    page = ResultPage(
        contest=contest,
        published=published,
        told=told_of(published, counts, names),
        objections=queries.objections_to(contest_id),
        window=window,
        may_sign_in=not actor.is_signed_in,
        reason=words(reason) if reason else None,
    )
    return render_template("voting/result.html", page=page, form=form), 422 if form.is_submitted() else 200


@adds_panel("proposal")
def contest_panel(proposal: Proposal) -> Panel | None:
    """The contest that the proposal is in, or its result."""
    place = None if _was_never_on_a_ballot(proposal) else queries.place_of(proposal.id)
    if place is None:
        return None
    is_open = place.status is ContestStatus.OPENED and place.closes > now()
    return Panel(Place.ACTION if is_open else Place.BELOW, "voting/_place.html", place)


def _was_never_on_a_ballot(proposal: Proposal) -> bool:
    """So much can be told without asking: it is published, and whoever had it first has it still."""
    is_new = proposal.status is Status.PUBLISHED and proposal.held_since == proposal.public_since
    return is_new or proposal.status in EARLY
