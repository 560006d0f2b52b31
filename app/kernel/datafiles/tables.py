"""CSV tables, as spreadsheets save them: comma, semicolon or tab, with or without a byte order mark."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from app.kernel.datafiles.records import Fault, FileFault, Record, decode

SEPARATORS = ",;\t"


def read_table(
    file: str, content: bytes, columns: Sequence[str], faults: list[Fault], optional: Sequence[str] = ()
) -> list[Record]:
    """The rows of a table that must have exactly these columns, in any order; the optional ones may be left out."""
    text = decode(file, content, faults)
    return as_records(file, () if text is None else _rows(file, text, faults), columns, faults, optional)


def as_records(
    file: str,
    rows: Iterable[tuple[int, list[str]]],
    columns: Sequence[str],
    faults: list[Fault],
    optional: Sequence[str] = (),
) -> list[Record]:
    """As `read_table`, of rows that something else has read, each with its line."""
    filled = [(line, cells) for line, cells in rows if any(cells)]
    if len(filled) < 2:
        faults.extend([] if faults else [Fault(file, 1, FileFault.NO_ROWS, {})])
        return []
    (line, header), *body = filled
    names = [cell.casefold() for cell in _without_tail(header)]
    if not _fits(Record(file, line, dict.fromkeys(names, ""), faults), names, columns, optional):
        return []
    return [_record(file, line, names, _without_tail(cells, len(names)), faults) for line, cells in body]


def _rows(file: str, text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which each begins; a quoted cell may reach over several."""
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        faults.append(Fault(file, line, FileFault.BROKEN_QUOTES, {}))


def _fits(header: Record, names: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> bool:
    before = len(header.faults)
    header.expect([*columns, *optional])
    for name, times in Counter(names).items():
        if times > 1:
            header.refuse(FileFault.COLUMN_TWICE, name)
    for name in columns:
        if name not in names:
            header.refuse(FileFault.COLUMN_MISSING, name)
    return len(header.faults) == before


def _without_tail(cells: list[str], least: int = 0) -> list[str]:
    """Without the empty cells that spreadsheets leave behind on the right."""
    while len(cells) > least and not cells[-1]:
        cells = cells[:-1]
    return cells


def _record(file: str, line: int, names: list[str], cells: list[str], faults: list[Fault]) -> Record:
    if len(cells) == len(names):
        return Record(file, line, dict(zip(names, cells, strict=True)), faults)
    faults.append(Fault(file, line, FileFault.CELL_COUNT, {"count": len(cells), "expected": len(names)}))
    # One fault for such a row is enough; its code still counts, so that rows below it are not called orphans.
    return Record(file, line, dict(zip(names, cells, strict=False)), [])
