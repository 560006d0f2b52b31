"""Typing paper ballots, looking a third time where two readings differ, checking a sample, and printing ballots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db.transaction import transaction
from app.i18n.catalogues import _, _n, words
from app.kernel.outcomes import Refused
from app.voting import queries
from app.voting.actions import papers as actions
from app.voting.forms.papers import ReasonForm
from app.voting.models import PaperBallot
from app.voting.queries import ContestRow, papers
from app.voting.queries.papers import StackRow
from app.voting.rules.papers import (
    GRID,
    PaperFault,
    PaperRefusal,
    Reading,
    Stage,
    parse_paper,
    reading_of,
    rotated,
    sampled,
)
from app.voting.views.ballots import Card, cards_of
from app.voting.views.blueprint import bp
from app.voting.views.papers import ROLES, open_desk, open_stack
from app.web.access import current_actor, staff
from app.web.clock import now
from app.web.forms import Form


@dataclass(frozen=True)
class Line:
    """A paper in the grid: what was typed of it, and what that says."""

    number: int
    text: str
    read: list[int] | PaperFault | None

    @property
    def fault(self) -> PaperFault | None:
        return self.read if isinstance(self.read, PaperFault) else None


@dataclass(frozen=True)
class GridPage:
    """The next papers that this person has not read yet; `read` are those before them."""

    contest: ContestRow
    stack: StackRow
    reading: Reading
    options: int
    lines: Sequence[Line]
    read: int

    @property
    def is_wrong(self) -> bool:
        return any(line.fault for line in self.lines)

    @property
    def found(self) -> dict[int, list[int]]:
        return {line.number: line.read for line in self.lines if isinstance(line.read, list)}

    def without_found(self) -> "GridPage":
        """What is left once what was found is kept."""
        left = [line for line in self.lines if line.number not in self.found]
        return replace(self, lines=left, read=self.read + len(self.found))


@dataclass(frozen=True)
class Difference:
    """A paper that two people have read in two ways, with what a third one has typed so far."""

    number: int
    first: Sequence[int]
    second: Sequence[int]


@bp.route("/damping/kertas-suara/<int:contest_id>/<int:stack_id>/ketik", methods=["GET", "POST"])
@staff(*ROLES)
def type_stack(contest_id: int, stack_id: int) -> Any:
    """The papers one after the other: numbers and Enter. Nobody sees what the other has read."""
    contest, stack = open_stack(contest_id, stack_id)
    reading = reading_of(stack.facts, current_actor().person_id or 0)
    if not isinstance(reading, Reading):
        flash(words(reading), "warn")
        return redirect(url_for(".stack", contest_id=contest_id, stack_id=stack_id), 303)
    form, page = Form(), _grid(contest, stack, reading)
    if form.validate_on_submit():
        _keep(contest_id, stack_id, page.found)
        is_right, page = not page.is_wrong, page.without_found()
        if is_right:
            onwards = ".type_stack" if page.read < stack.facts.size else ".stack"
            return redirect(url_for(onwards, contest_id=contest_id, stack_id=stack_id), 303)
    return render_template("voting/paper_grid.html", page=page, form=form), 422 if form.is_submitted() else 200


def _grid(contest: ContestRow, stack: StackRow, reading: Reading) -> GridPage:
    read, options = papers.read_numbers(stack.id, reading), _numbers(contest.id)
    numbers = [number for number in range(1, stack.facts.size + 1) if number not in read][:GRID]
    typed = {number: request.form.get(f"k{number}", "") for number in numbers}
    lines = [Line(number, text, parse_paper(text, options, contest.max_choices)) for number, text in typed.items()]
    return GridPage(contest, stack, reading, len(options), lines, len(read))


def _numbers(contest_id: int) -> list[int]:
    """The drawn numbers on the ballot."""
    return [option.number for option in queries.options_of(contest_id) if option.number is not None]


def _keep(contest_id: int, stack_id: int, read: Mapping[int, list[int]]) -> None:
    with transaction():
        actions.type_papers(current_actor(), contest_id, stack_id, read, now())
    flash(_n("%(num)s kertas tersimpan.", "%(num)s kertas tersimpan.", len(read)), "ok")


@bp.route("/damping/kertas-suara/<int:contest_id>/<int:stack_id>/beda", methods=["GET", "POST"])
@staff(*ROLES)
def differences(contest_id: int, stack_id: int) -> Any:
    """Both readings side by side; a third person takes the paper out and says what it is."""
    contest, stack = open_stack(contest_id, stack_id)
    form, fault = ReasonForm(), None
    if form.validate_on_submit():
        fault = _decide(contest, stack, form)
        if fault is None:
            return redirect(url_for(".differences", contest_id=contest_id, stack_id=stack_id), 303)
    found = papers.papers_that_differ(stack_id)
    if not found:
        return redirect(url_for(".stack", contest_id=contest_id, stack_id=stack_id), 303)
    is_typist = current_actor().person_id in (stack.facts.first_typist_id, stack.facts.second_typist_id)
    rows = [_difference(paper) for paper in found]
    facts = {"rows": rows, "fault": fault, "is_typist": is_typist, "asked": request.form.get("number", type=int)}
    page = render_template("voting/paper_differences.html", contest=contest, stack=stack, form=form, **facts)
    return page, 422 if form.is_submitted() else 200


def _decide(contest: ContestRow, stack: StackRow, form: ReasonForm) -> str | None:
    """What stands against the third look, None where it was taken."""
    number, typed = request.form.get("number", 0, type=int), request.form.get("choices", "")
    if number not in range(1, stack.facts.size + 1):
        return words(PaperRefusal.NOT_DIFFERENT)
    read = parse_paper(typed, _numbers(contest.id), contest.max_choices)
    if not isinstance(read, list):
        return words(read or PaperFault.NO_NUMBERS)
    try:
        with transaction():
            actions.decide(current_actor(), contest.id, stack.id, number, read, str(form.reason.data), now())
    except Refused as refused:
        return words(refused.reason)
    flash(_("Kertas %(number)s diputuskan.", number=number), "ok")
    return None


def _difference(paper: PaperBallot) -> Difference:
    return Difference(paper.number, paper.first or (), paper.second or ())


@bp.route("/damping/kertas-suara/<int:contest_id>/<int:stack_id>/periksa")
@staff(*ROLES)
def check_sample(contest_id: int, stack_id: int) -> Any:
    """Which papers are looked at once more by hand, and what was typed of them."""
    contest, stack = open_stack(contest_id, stack_id)
    drawn = sampled(contest.draw_seed or "", stack_id, stack.facts.size)
    is_typed = stack.facts.stage in (Stage.AGREED, Stage.FINISHED)
    rows = papers.agreed_in(stack_id, drawn) if is_typed else []
    return render_template("voting/paper_check.html", contest=contest, stack=stack, drawn=drawn, rows=rows)


@bp.route("/damping/kertas-suara/<int:contest_id>/cetak")
@staff(*ROLES)
def print_ballots(contest_id: int) -> Any:
    """The ballot for printing, in four orders, so that no option is first for everybody."""
    contest = open_desk(contest_id)
    cards = {card.option.number: card for card in cards_of(queries.options_of(contest_id))}
    sheets: list[list[Card]] = [[cards[number] for number in order] for order in rotated(_numbers(contest_id))]
    return render_template("voting/paper_print.html", contest=contest, sheets=sheets)
