"""From a .pb file to an election: ids become numbers in the tie order, money becomes whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from app.kernel.datafiles import Fault, Faulty
from app.voting.rules.elections import Election, assemble
from app.voting.rules.pabulib.money import read_money
from app.voting.rules.pabulib.tables import PROJECTS, VOTES, PbFault, PbFile, PbNote, Table, is_nothing

VOTE_TYPES = ("approval", "choose-1")
# Names of the column that may hold the numbers of a draw; the format itself has none.
DRAW_COLUMNS = ("tie", "tie_order", "tie_breaking", "draw", "draw_number", "lottery", "undian", "nomor_undian")
# The cost by which Pabulib says that a project was withdrawn after the vote.
WITHDRAWN_COST = 999_999_999


class Ties(StrEnum):
    """What decides when votes and costs are the same."""

    IDS = "ids"
    COLUMN = "column"


@dataclass(frozen=True)
class Project:
    id: str
    cost: Fraction
    row: int


@dataclass(frozen=True)
class Counted:
    """An election with the ids of its options; `unit` is how many parts the money of the file is divided into."""

    election: Election
    ids: tuple[str, ...]
    unit: int
    budget: Fraction
    notes: tuple[Fault, ...]

    def money(self, parts: Fraction | int) -> Fraction:
        return Fraction(parts) * Fraction(1, self.unit)


def natural(text: str) -> tuple[tuple[str | tuple[int, str], ...], str]:
    """Sorts 2 before 10, and A2 before A10; however long a number is."""
    parts = re.split(r"([0-9]+)", text)
    return tuple(_figures(part) if at % 2 else part for at, part in enumerate(parts)), text


def _figures(written: str) -> tuple[int, str]:
    figures = written.lstrip("0")
    return len(figures), figures


def election_of(file: PbFile, ties: Ties = Ties.IDS, *, with_withdrawn: bool = True) -> Counted:
    """The election that a file describes; raises Faulty with everything that keeps it from being counted.

    Withdrawn projects cost more than there is and lose by themselves, except under a rule that stops at the first
    option that does not fit: it has to be counted without them.
    """
    return _Conversion(file).election(ties, with_withdrawn)


def _names(cell: str, known: Collection[str]) -> bool:
    return cell in known or not is_nothing(cell)


class _Conversion:
    """Collects every fault before it refuses."""

    def __init__(self, file: PbFile) -> None:
        self.file, self.faults, self.notes = file, list[Fault](), list(file.notes)

    def election(self, ties: Ties, with_withdrawn: bool) -> Counted:
        self._vote_type()
        budget, projects = self._budget(), self._projects()
        order = self._drawn(projects) if ties is Ties.COLUMN else sorted(projects, key=lambda one: natural(one.id))
        order = [project for project in order if with_withdrawn or not self._is_withdrawn(project, budget)]
        place = {project.id: at for at, project in enumerate(order)}
        boxed = self._ballots(place, {project.id for project in projects})
        if self.faults:
            raise Faulty(self.faults)
        self._counts()
        unit = lcm(budget.denominator, *(project.cost.denominator for project in order))
        costs = [int(project.cost * unit) for project in order]
        election = assemble(costs, int(budget * unit), boxed)
        return Counted(election, tuple(place), unit, budget, tuple(self.notes))

    def _vote_type(self) -> None:
        written = self.file.meta.get("vote_type", "").lower().replace("_", "-").replace(" ", "-")
        if is_nothing(written) and "points" not in self.file.votes.columns:
            self._note(PbNote.VOTE_TYPE_ASSUMED)
        elif written not in VOTE_TYPES:
            self._refuse(self._meta_line("vote_type"), PbFault.VOTE_TYPE, value=written or "points")

    def _budget(self) -> Fraction:
        written = self.file.meta.get("budget", "").split(";")[0]
        if is_nothing(written):
            self._refuse(self._meta_line("budget"), PbFault.META_MISSING, name="budget")
            return Fraction(0)
        return self._money(written, "budget", self._meta_line("budget"))

    def _projects(self) -> list[Project]:
        table = self.file.projects
        ids, costs = self._column(table, PROJECTS, "project_id", at=0), self._column(table, PROJECTS, "cost")
        known: dict[str, Project] = {}
        for row, (id_, cost) in enumerate(zip(ids, costs, strict=True)):
            line = table.line(row)
            if not id_:
                self._refuse(line, PbFault.NO_ID)
                continue
            project = Project(id_, self._money(cost, "cost", line), row)
            first = known.setdefault(id_, project)
            if first.cost != project.cost:
                self._refuse(line, PbFault.PROJECT_TWICE, value=id_, first=table.line(first.row))
            elif first is not project:
                self._note(PbNote.PROJECT_REPEATED, line, value=id_)
        return list(known.values())

    def _drawn(self, projects: Sequence[Project]) -> list[Project]:
        table = self.file.projects
        name = next((name for name in DRAW_COLUMNS if name in table.columns), None)
        if name is None:
            self._refuse(0, PbFault.NO_TIE_COLUMN, known=", ".join(DRAW_COLUMNS))
            return list(projects)
        written, numbers = table.column(name), dict[int, Project]()
        for project in projects:
            cell = written[project.row]
            if not re.fullmatch(r"[0-9]{1,9}", cell) or numbers.setdefault(int(cell), project) is not project:
                self._refuse(table.line(project.row), PbFault.NOT_A_DRAW, name=name, value=cell)
        return [numbers[number] for number in sorted(numbers)]

    def _is_withdrawn(self, project: Project, budget: Fraction) -> bool:
        is_withdrawn = project.cost == WITHDRAWN_COST and project.cost > budget
        if is_withdrawn:
            self._note(PbNote.WITHDRAWN, self.file.projects.line(project.row), value=project.id)
        return is_withdrawn

    def _ballots(self, place: dict[str, int], known: set[str]) -> Counter[tuple[str, tuple[int, ...]]]:
        """The ballots counted by choices; every different cell is looked at once."""
        cells = self._column(self.file.votes, VOTES, "vote")
        boxed: Counter[tuple[str, tuple[int, ...]]] = Counter()
        for cell, voters in Counter(cells).items():
            ids = [cell] if cell in known else [one for one in map(str.strip, cell.split(",")) if _names(one, known)]
            for unknown in [one for one in ids if one not in known]:
                self._refuse(self.file.votes.line(cells.index(cell)), PbFault.UNKNOWN_PROJECT, value=unknown)
            if len(set(ids)) < len(ids):
                self._note(PbNote.CHOSEN_TWICE, self.file.votes.line(cells.index(cell)), value=cell)
            boxed["", tuple(sorted({place[one] for one in ids if one in place}))] += voters
            if not ids:
                self._note(PbNote.EMPTY_BALLOTS, self.file.votes.line(cells.index(cell)), count=voters)
        return boxed

    def _column(self, table: Table, section: str, name: str, at: int | None = None) -> list[str]:
        """The cells of a column; a file whose first column is named in its own way has its ids there."""
        if table.columns.count(name) == 1:
            return table.column(name)
        if name in table.columns:
            self._refuse(0, PbFault.COLUMN_TWICE, name=name, section=section)
        elif at is not None and table.columns:
            return [row[at] for row in table.rows]
        else:
            self._refuse(0, PbFault.COLUMN_MISSING, name=name, section=section)
        return ["0"] * len(table.rows) if section == PROJECTS else []

    def _money(self, written: str, name: str, line: int) -> Fraction:
        amount = read_money(written)
        if amount is None:
            self._refuse(line, PbFault.NOT_MONEY, name=name, value=written)
        return amount or Fraction(0)

    def _counts(self) -> None:
        for key, table in (("num_projects", self.file.projects), ("num_votes", self.file.votes)):
            written = self.file.meta.get(key, "")
            if written and written != str(len(table.rows)):
                facts = {"name": key, "value": written, "count": len(table.rows)}
                self._note(PbNote.COUNT_DIFFERS, self._meta_line(key), **facts)
        if not is_nothing(self.file.meta.get("min_project_score_threshold", "")):
            self._note(PbNote.THRESHOLD_UNUSED, self._meta_line("min_project_score_threshold"))

    def _meta_line(self, key: str) -> int:
        return self.file.meta_lines.get(key, 0)

    def _note(self, code: PbNote, line: int = 0, **facts: object) -> None:
        self.notes.append(Fault(self.file.name, line, code, facts))

    def _refuse(self, line: int, code: PbFault, **facts: object) -> None:
        self.faults.append(Fault(self.file.name, line, code, facts))
