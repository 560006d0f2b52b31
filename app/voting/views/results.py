"""The results, with a reason for everybody, and where a proposal stands in a contest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from app.i18n.catalogues import words
from app.proposals.models import Proposal
from app.proposals.rules import Status
from app.regions.rules import Regency
from app.voting import queries
from app.voting.queries import ContestRow, OptionRow
from app.voting.rules.contest import PUBLIC, ContestStatus
from app.voting.rules.counting import Outcome
from app.voting.views.blueprint import bp
from app.voting.views.recounts import Other, other_rule
from app.voting.words import RULES, tell
from app.web.access import public
from app.web.clock import now
from app.web.panels import Panel, Place, adds_panel

# Before these a proposal has been in no contest.
EARLY = frozenset({Status.DRAFT, Status.SUBMITTED, Status.RETURNED})


@dataclass(frozen=True)
class ResultRow:
    """An option with its count and the sentence that says why."""

    option: OptionRow
    votes: int
    is_winner: bool
    outcome: str
    sentence: str


@dataclass(frozen=True)
class ResultPage:
    """A certified result; `left` is what the winners leave of the ceiling, `fingerprint` that of the definition."""

    contest: ContestRow
    rows: Sequence[ResultRow]
    most: int
    winners: int
    left: int
    rule: str
    other: Other | None
    fingerprint: str


@bp.route("/<regency>/hasil")
@public
def results(regency: Regency) -> Any:
    return render_template("voting/results.html", rows=queries.contests_of(regency.code, PUBLIC))


def _rows(contest_id: int) -> list[ResultRow]:
    counted = [(option, option.result) for option in queries.results_of(contest_id)]
    return [
        ResultRow(option, result.votes, result.outcome is Outcome.WON, words(result.outcome), tell(result))
        for option, result in counted
        if result
    ]


@bp.route("/<regency>/hasil/<int:contest_id>")
@public
def result(regency: Regency, contest_id: int) -> Any:
    contest = queries.get_row(regency.code, contest_id, is_public=True)
    if contest.status is not ContestStatus.CERTIFIED:
        return render_template("voting/awaited.html", contest=contest)
    rows = _rows(contest_id)
    page = ResultPage(
        contest=contest,
        rows=rows,
        most=max((row.votes for row in rows), default=0),
        winners=sum(row.is_winner for row in rows),
        left=contest.ceiling - sum(row.option.cost for row in rows if row.is_winner),
        rule=str(RULES[contest.rule]),
        other=other_rule(contest, [row.option for row in rows]),
        fingerprint=contest.definition_sha256 or "",
    )
    return render_template("voting/result.html", page=page)


@adds_panel("proposal")
def contest_panel(proposal: Proposal) -> Panel | None:
    """The contest that the proposal is in, or its result."""
    place = queries.place_of(proposal.id) if proposal.status not in EARLY else None
    if place is None:
        return None
    is_open = place.status is ContestStatus.OPENED and place.closes > now()
    return Panel(Place.ACTION if is_open else Place.BELOW, "voting/_place.html", place)
