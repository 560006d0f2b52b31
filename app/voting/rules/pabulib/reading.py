"""Reading .pb files as they are found: any encoding, line end, order of columns, quotes that nobody closed.

What cannot be read for certain is refused with its line; nothing that counts is ever guessed.
"""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Iterator, Sequence
from io import StringIO

from app.kernel.datafiles import Fault, Faulty
from app.voting.rules.pabulib.tables import META, PROJECTS, SECTIONS, VOTES, PbFault, PbFile, PbNote, Table

MARKER = re.compile(r"[^\w;]*(META|PROJECTS|VOTES)[^\w;]*", re.IGNORECASE)
OTHER_SECTION = re.compile(r"[A-Z][A-Z_ ]{3,}")
# No file has more rows than numbers of so many figures can count.
MOST_FIGURES = 18
# str.strip() knows every blank but these, which spreadsheets and web pages leave behind.
UNSEEN = "\ufeff\u200b"
Row = tuple[int, list[str]]


def read_pb(name: str, content: bytes) -> PbFile:
    """The file as it says; raises Faulty. Where quotes make no sense as quotes they are read as letters."""
    text, notes = _decode(name, content)
    quoted: PbFile | Faulty
    try:
        quoted = _Reader(name, text, notes).read(_quoted(name, text))
        if '"' not in text or not _counts_differ(quoted):
            return quoted
    except Faulty as faulty:
        if '"' not in text:
            raise
        quoted = faulty
    try:
        notes = [*notes, Fault(name, 0, PbNote.LOOSE_QUOTES, {})]
        plain = _Reader(name, text, notes).read(_unquoted(text))
    except Faulty:
        plain = None
    if plain and not _counts_differ(plain):
        return plain
    if isinstance(quoted, Faulty):
        raise quoted
    return quoted


def _decode(name: str, content: bytes) -> tuple[str, list[Fault]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        # The letters of names may come out wrong; ids and figures do not.
        return content.decode("latin-1"), [Fault(name, 0, PbNote.NOT_UTF8, {})]


def _quoted(name: str, text: str) -> Iterator[Row]:
    rows, line = csv.reader(StringIO(text, newline=""), delimiter=";"), 1
    try:
        for cells in rows:
            if any("\n" in cell and _holds_marker(cell) for cell in cells):
                raise Faulty([Fault(name, line, PbFault.BROKEN_QUOTES, {})])
            yield line, cells
            line = rows.line_num + 1
    except csv.Error:
        raise Faulty([Fault(name, line, PbFault.BROKEN_QUOTES, {})]) from None


def _holds_marker(cell: str) -> bool:
    return any(MARKER.fullmatch(line.strip()) for line in cell.splitlines())


def _unquoted(text: str) -> Iterator[Row]:
    for line, row in enumerate(StringIO(text, newline=None), 1):
        yield line, [_bare(cell.strip()) for cell in row.split(";")]


def _bare(cell: str) -> str:
    is_wrapped = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if is_wrapped else cell


def _clean(cell: str) -> str:
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return cell.strip().strip(UNSEEN).strip()


def _counts_differ(file: PbFile) -> bool:
    tables = {"num_projects": file.projects, "num_votes": file.votes}
    return any(_is_other_number(file.meta.get(key, ""), len(table.rows)) for key, table in tables.items())


def _is_other_number(written: str, count: int) -> bool:
    return written.isdecimal() and (len(written) > MOST_FIGURES or int(written) != count)


class _Reader:
    """Sorts rows into sections; collects every fault before it refuses."""

    def __init__(self, name: str, text: str, notes: Sequence[Fault]) -> None:
        self.name, self.is_blank = name, not text.strip()
        self.notes, self.faults = list(notes), list[Fault]()
        self.meta: dict[str, str] = {}
        self.meta_lines: dict[str, int] = {}
        self.columns: dict[str, tuple[str, ...]] = {}
        self.rows: dict[str, list[tuple[str, ...]]] = {PROJECTS: [], VOTES: []}
        self.lines = {PROJECTS: array("L"), VOTES: array("L")}
        self.cells: dict[str, str] = {}

    def read(self, rows: Iterator[Row]) -> PbFile:
        section, expects_header = "", False
        for line, raw in rows:
            cells = [_clean(cell) for cell in raw]
            if not any(cells):
                continue
            marker = None if any(cells[1:]) else MARKER.fullmatch(cells[0])
            if marker:
                section, expects_header = marker[1].upper(), True
            elif not section:
                raise Faulty([Fault(self.name, line, PbFault.NOT_PB, {})])
            elif self._is_other(section, cells):
                section = "other"
            elif expects_header:
                expects_header = False
                self._header(section, line, cells)
            else:
                self._row(section, line, cells)
        return self._file()

    def _is_other(self, section: str, cells: list[str]) -> bool:
        """Whether a section of somebody's own begins; every row that we know has more than one cell."""
        has_one_cell = len(self.columns.get(section, ())) == 1
        return len(cells) == 1 and not has_one_cell and OTHER_SECTION.fullmatch(cells[0]) is not None

    def _header(self, section: str, line: int, cells: list[str]) -> None:
        columns = tuple(cell.lower() for cell in cells)
        while columns and not columns[-1]:
            columns = columns[:-1]
        if section == META:
            if columns[:2] != ("key", "value"):
                self._row(META, line, cells)
        elif self.columns.setdefault(section, columns) != columns:
            self._refuse(line, PbFault.SECTION_TWICE, name=section)

    def _row(self, section: str, line: int, cells: list[str]) -> None:
        if section == META:
            self._meta(line, cells)
        elif section in self.rows:
            self._table_row(section, line, cells)

    def _meta(self, line: int, cells: list[str]) -> None:
        while len(cells) > 1 and not cells[-1]:
            cells = cells[:-1]
        key, value = cells[0].lower(), ";".join(cells[1:])
        if key in ("budget", "vote_type") and self.meta.get(key, value) != value:
            self._refuse(line, PbFault.META_TWICE, name=key, first=self.meta_lines[key])
        self.meta[key], self.meta_lines[key] = value, line

    def _table_row(self, section: str, line: int, cells: list[str]) -> None:
        columns = self.columns[section]
        # In the last column, more cells may be more of a ballot: "1;2;3" instead of "1,2,3".
        if any(cells[len(columns) :]) and columns[-1] == "vote":
            self._refuse(line, PbFault.CELL_COUNT, count=len(cells), expected=len(columns))
        cells += [""] * (len(columns) - len(cells))
        self.rows[section].append(tuple(self.cells.setdefault(cell, cell) for cell in cells[: len(columns)]))
        self.lines[section].append(line)

    def _file(self) -> PbFile:
        if not self.columns and not self.meta:
            raise Faulty([Fault(self.name, 0, PbFault.NOT_PB, {})])
        for section in SECTIONS[1:]:
            if section not in self.columns:
                self._refuse(0, PbFault.SECTION_MISSING, name=section)
        if self.faults:
            raise Faulty(self.faults)
        tables = {name: Table(self.columns[name], tuple(self.rows[name]), self.lines[name]) for name in self.rows}
        return PbFile(self.name, self.meta, tables[PROJECTS], tables[VOTES], self.meta_lines, tuple(self.notes))

    def _refuse(self, line: int, code: PbFault, **facts: object) -> None:
        self.faults.append(Fault(self.name, line, code, facts))
