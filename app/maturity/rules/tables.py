"""Tables of indicators as files: CSV, one row per indicator, or per way to measure it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.datafiles import Fault, Faulty, Record, read_table
from app.maturity.rules.indicators import (
    LEVEL_LENGTH,
    LEVELS,
    NAME_LENGTH,
    NUMBERS,
    WEIGHTS,
    YEARS,
    Basis,
    FileKind,
    Indicator,
)

COLUMNS = (
    "year",
    "number",
    "basis",
    "basis_name",
    "name",
    "weight",
    "required",
    *(f"level_{level}" for level in LEVELS),
    "needs_document",
    "file_kind",
)
LETTER = re.compile(r"[a-z]?")
MOST_BYTES = 2**20


class TableFault(StrEnum):
    """What can be wrong with a table of indicators beyond its cells."""

    BASIS_SHAPE = "indicator_basis_shape"
    BASIS_UNNAMED = "indicator_basis_unnamed"
    TWICE = "indicator_twice"
    BASIS_BESIDE = "indicator_basis_beside"
    DIFFERS = "indicator_differs"


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class _Row:
    """A row as read: an indicator with one of its bases."""

    record: Record
    one: Indicator

    @property
    def key(self) -> tuple[int, int]:
        return self.one.year, self.one.number

    @property
    def basis(self) -> Basis:
        return self.one.bases[0]


def read_indicators(file: str, content: bytes) -> list[Indicator]:
    """The indicators of a file, by year and number; raises Faulty with everything that is wrong in it."""
    faults: list[Fault] = []
    rows = [_read(record) for record in read_table(file, content[:MOST_BYTES], COLUMNS, faults)]
    if not faults:
        _check(rows)
    if faults:
        raise Faulty(faults)
    return [_joined([row for row in rows if row.key == key]) for key in sorted({row.key for row in rows})]


def _read(record: Record) -> _Row:
    code = record.text("basis", 0, 10)
    if not LETTER.fullmatch(code):
        record.refuse(TableFault.BASIS_SHAPE, "basis", value=code)
    named = record.text("basis_name", 0, NAME_LENGTH[1])
    if code and not named:
        record.refuse(TableFault.BASIS_UNNAMED, "basis_name", value=code)
    one, two, three = (record.text(f"level_{level}", *LEVEL_LENGTH) for level in LEVELS)
    indicator = Indicator(
        year=record.whole("year", *YEARS),
        number=record.whole("number", *NUMBERS),
        name=record.text("name", *NAME_LENGTH),
        weight=record.whole("weight", *WEIGHTS),
        is_required=record.code("required", YesNo) is YesNo.YES,
        needs_document=record.code("needs_document", YesNo) is YesNo.YES,
        file_kind=record.code("file_kind", FileKind) or FileKind.PDF,
        bases=(Basis(code, named, (one, two, three)),),
    )
    return _Row(record, indicator)


def _check(rows: Sequence[_Row]) -> None:
    """Each row against the first of its indicator."""
    first: dict[tuple[int, int], _Row] = {}
    seen: set[tuple[int, int, str]] = set()
    for row in rows:
        before = first.setdefault(row.key, row)
        where = {"number": row.one.number, "first": before.record.line}
        if (*row.key, row.basis.code) in seen:
            row.record.refuse(TableFault.TWICE, "number", **where)
        elif before is not row and not (row.basis.code and before.basis.code):
            row.record.refuse(TableFault.BASIS_BESIDE, "basis", **where)
        elif _shared(row.one) != _shared(before.one):
            row.record.refuse(TableFault.DIFFERS, "number", **where)
        seen.add((*row.key, row.basis.code))


def _shared(one: Indicator) -> tuple[object, ...]:
    """What all rows of an indicator must say alike."""
    return one.name, one.weight, one.is_required, one.needs_document, one.file_kind


def _joined(rows: Sequence[_Row]) -> Indicator:
    one = rows[0].one
    bases = sorted((row.basis for row in rows), key=lambda basis: basis.code)
    return Indicator(
        one.year,
        one.number,
        one.name,
        one.weight,
        one.is_required,
        one.needs_document,
        one.file_kind,
        tuple(bases),
    )
