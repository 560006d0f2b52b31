"""The rows of a registry file: innovations that run already, as an official wrote them down."""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from app.innovations.rules.decision import EXPANSION_LENGTH, NAME_LENGTH
from app.innovations.rules.stages import RUNNING, Stage

COLUMNS = ("regency_code", "pillar_number", "name", "expansion", "description", "stage", "source")
DESCRIPTION_LENGTH = (10, 2000)
SOURCE_LENGTH = (3, 500)


class RowFault(StrEnum):
    UNREADABLE = "unreadable"
    WRONG_HEADER = "wrong_header"
    WRONG_CELLS = "wrong_cells"
    UNKNOWN_REGENCY = "unknown_regency"
    UNKNOWN_PILLAR = "unknown_pillar"
    NAME = "name"
    EXPANSION = "expansion"
    DESCRIPTION = "description"
    STAGE = "stage"
    SOURCE = "source"
    TWICE = "twice"


@dataclass(frozen=True)
class Registered:
    """An innovation as its file names it."""

    regency_code: str
    pillar_number: int | None
    name: str
    expansion: str
    summary: str
    stage: Stage
    source: str


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which line, and the text that is wrong."""

    file: str
    line: int
    fault: RowFault
    found: str = ""


@dataclass(frozen=True)
class Reading:
    """The good rows of some files, and every fault in them."""

    rows: tuple[Registered, ...]
    faults: tuple[Fault, ...]


def read_files(files: Mapping[str, bytes], pillars: Mapping[str, Collection[int]]) -> Reading:
    """Check every row of every file; `pillars` are the numbers that each known regency has."""
    rows: list[Registered] = []
    faults: list[Fault] = []
    seen: set[tuple[str, str]] = set()
    for file, content in files.items():
        for line, found in _lines(content):
            fault = found if isinstance(found, Fault) else _fault(found, pillars, seen)
            if fault:
                faults.append(Fault(file, line, fault.fault, fault.found[:80]))
            elif not isinstance(found, Fault):
                rows.append(_registered(found))
                seen.add(_key(found))
    return Reading(tuple(rows), tuple(faults))


def _lines(content: bytes) -> Iterator[tuple[int, dict[str, str] | Fault]]:
    """Each row with the line where it begins, its cells trimmed."""
    try:
        reader = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            yield 1, Fault("", 1, RowFault.WRONG_HEADER, ",".join(header))
            return
        begins = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(COLUMNS):
                yield begins, dict(zip(COLUMNS, (" ".join(cell.split()) for cell in cells), strict=True))
            elif cells:
                yield begins, Fault("", begins, RowFault.WRONG_CELLS, str(len(cells)))
            begins = reader.line_num + 1
    except (UnicodeDecodeError, csv.Error) as error:
        yield 1, Fault("", 1, RowFault.UNREADABLE, str(error))


def _fault(row: dict[str, str], pillars: Mapping[str, Collection[int]], seen: set[tuple[str, str]]) -> Fault | None:
    """The first thing that is wrong with a row."""
    known = pillars.get(row["regency_code"])
    pillar = row["pillar_number"]
    checks = (
        (known is not None, RowFault.UNKNOWN_REGENCY, "regency_code"),
        (not pillar or pillar in {str(number) for number in known or ()}, RowFault.UNKNOWN_PILLAR, "pillar_number"),
        (_fits(row["name"], NAME_LENGTH), RowFault.NAME, "name"),
        (_fits(row["expansion"], EXPANSION_LENGTH), RowFault.EXPANSION, "expansion"),
        (_fits(row["description"], DESCRIPTION_LENGTH), RowFault.DESCRIPTION, "description"),
        (row["stage"].upper() in {stage.name for stage in RUNNING}, RowFault.STAGE, "stage"),
        (_fits(row["source"], SOURCE_LENGTH), RowFault.SOURCE, "source"),
        (_key(row) not in seen, RowFault.TWICE, "name"),
    )
    return next((Fault("", 0, fault, row[column]) for is_good, fault, column in checks if not is_good), None)


def _fits(text: str, length: tuple[int, int]) -> bool:
    return length[0] <= len(text) <= length[1]


def _key(row: dict[str, str]) -> tuple[str, str]:
    return row["regency_code"], row["name"].casefold()


def _registered(row: dict[str, str]) -> Registered:
    return Registered(
        row["regency_code"],
        int(row["pillar_number"]) if row["pillar_number"] else None,
        row["name"],
        row["expansion"],
        row["description"],
        Stage[row["stage"].upper()],
        row["source"],
    )
