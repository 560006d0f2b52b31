"""A .pb file in memory, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.kernel.datafiles import Fault

META, PROJECTS, VOTES = "META", "PROJECTS", "VOTES"
SECTIONS = (META, PROJECTS, VOTES)
# What the files of the world write where there is nothing.
NOTHING = frozenset({"", "none", "nan", "null"})


class PbFault(StrEnum):
    """Why a file cannot be counted."""

    UNREADABLE = "unreadable"
    NOT_PB = "not_pb"
    SECTION_MISSING = "section_missing"
    SECTION_TWICE = "section_twice"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    BROKEN_QUOTES = "broken_quotes"
    CELL_COUNT = "cell_count"
    META_MISSING = "meta_missing"
    META_TWICE = "meta_twice"
    VOTE_TYPE = "vote_type"
    NOT_MONEY = "not_money"
    NO_ID = "no_id"
    PROJECT_TWICE = "project_twice"
    UNKNOWN_PROJECT = "unknown_project"
    NO_TIE_COLUMN = "no_tie_column"
    NOT_A_DRAW = "not_a_draw"


class PbNote(StrEnum):
    """What is odd in a file but does not keep it from being counted."""

    NOT_UTF8 = "not_utf8"
    LOOSE_QUOTES = "loose_quotes"
    COUNT_DIFFERS = "count_differs"
    EMPTY_BALLOTS = "empty_ballots"
    CHOSEN_TWICE = "chosen_twice"
    PROJECT_REPEATED = "project_repeated"
    WITHDRAWN = "withdrawn"
    THRESHOLD_UNUSED = "threshold_unused"
    VOTE_TYPE_ASSUMED = "vote_type_assumed"


@dataclass(frozen=True)
class Table:
    """The rows of a section, each with as many cells as there are columns; `lines` says where each begins."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: Sequence[int] = field(default=(), compare=False)

    def column(self, name: str) -> list[str]:
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def line(self, row: int) -> int:
        return self.lines[row] if row < len(self.lines) else 0


@dataclass(frozen=True)
class PbFile:
    """Everything that a file says, cell by cell; two files are equal when they say the same."""

    name: str = field(compare=False)
    meta: Mapping[str, str]
    projects: Table
    votes: Table
    meta_lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    notes: tuple[Fault, ...] = field(default=(), compare=False)


def is_nothing(cell: str) -> bool:
    return cell.lower() in NOTHING
