"""Workbooks (XLSX) that officials fill in, read as rows of text; nothing in them is ever computed or run."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from app.kernel.datafiles import Fault, Record, as_records

MOST_BYTES = 16 * 2**20
# A small file may unpack to one that fills the memory.
MOST_UNPACKED = 96 * 2**20
MOST_PARTS = 500
MOST_ROWS = 20_000
# The last one that a sheet can have; who formats whole columns has empty rows down to there.
LAST_LINE = 1_048_576
MOST_COLUMNS = 60
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and workbooks locked with a password
# In every encoding that XML may have: entities that are made of entities unpack for ever.
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


class WorkbookFault(StrEnum):
    """What can be wrong with a workbook as a whole."""

    TOO_BIG = "workbook_too_big"
    UNPACKS_TOO_BIG = "workbook_unpacks_too_big"
    OLD_OR_LOCKED = "workbook_old_or_locked"
    NOT_A_WORKBOOK = "not_a_workbook"
    MACROS = "workbook_macros"
    TOO_MANY_ROWS = "workbook_too_many_rows"


def read_workbook(
    file: str, content: bytes, columns: Sequence[str], faults: list[Fault], optional: Sequence[str] = ()
) -> list[Record]:
    """The rows of the first sheet, which must have these columns; a formula stays the text that begins with `=`."""
    if fault := refuse_workbook(content):
        faults.append(Fault(file, 0, fault, {"most": MOST_BYTES // 2**20}))
        return []
    try:
        rows = list(islice(_rows(content), MOST_ROWS + 1))
    except Exception:  # noqa: BLE001 (what a broken or hostile file makes the reader raise is nobody's to list)
        faults.append(Fault(file, 0, WorkbookFault.NOT_A_WORKBOOK, {}))
        return []
    if len(rows) > MOST_ROWS:
        faults.append(Fault(file, 0, WorkbookFault.TOO_MANY_ROWS, {"most": MOST_ROWS - 1}))
        return []
    return as_records(file, rows, columns, faults, optional)


def refuse_workbook(content: bytes) -> WorkbookFault | None:
    """Why the file is not even opened: it is judged by what its directory tells, before anything is unpacked."""
    if len(content) > MOST_BYTES:
        return WorkbookFault.TOO_BIG
    if content.startswith(OLD_OFFICE):
        return WorkbookFault.OLD_OR_LOCKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                return WorkbookFault.UNPACKS_TOO_BIG
            if any("vbaproject" in part.filename.casefold() for part in parts):
                return WorkbookFault.MACROS
            is_odd = any(_has_doctype(packed, part) for part in parts)
    except Exception:  # noqa: BLE001 (as in read_workbook)
        return WorkbookFault.NOT_A_WORKBOOK
    return WorkbookFault.NOT_A_WORKBOOK if is_odd else None


def _has_doctype(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not part.filename.casefold().endswith((".xml", ".rels")):
        return False
    with packed.open(part) as opened:
        beginning = opened.read(4096)
    return any(doctype in beginning for doctype in DOCTYPES)


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and checks that we do not use
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet: Any = book.worksheets[0]
        for line, values in enumerate(sheet.iter_rows(max_row=LAST_LINE, max_col=MOST_COLUMNS, values_only=True), 1):
            if any(value is not None for value in values):
                yield line, [cell_text(value) for value in values]


def cell_text(value: Any) -> str:
    """What stands in a cell, as one would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, str | int | time | timedelta):
        return str(value).strip()
    return "="  # what is left are kinds of formulas
