"""The file that brings a catalog in: what it must hold, and what is wrong with one that does not."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.catalog.rules import (
    CODE_LENGTH,
    DEAREST,
    DEFINITION_LENGTH,
    TITLE_LENGTH,
    UNIT_LENGTH,
    Authority,
    EntryKind,
    Evidence,
)
from app.kernel.datafiles import Fault, Faulty, Record, read_table

COLUMNS = "code title definition unit price_low price_high agency authority misi pillar kind evidence".split()
MAX_NUMBER = 99
C = TypeVar("C", bound=StrEnum)


class CatalogFault(StrEnum):
    """What can be wrong with a catalog."""

    CODE_TWICE = "code_twice"
    PRICE_ORDER = "price_order"
    PRICE_HALF = "price_half"
    AGENCY_UNKNOWN = "agency_unknown"
    MISI_UNKNOWN = "misi_unknown"
    PILLAR_UNKNOWN = "pillar_unknown"
    FREE_ENTRY = "free_entry"
    LIST_UNKNOWN = "list_unknown"


@dataclass(frozen=True)
class EntryText:
    """An entry as the file says it; agency by its short name, misi and pillar by their numbers."""

    code: str
    title: str
    definition: str
    unit: str
    price_low: int | None
    price_high: int | None
    agency: str
    authorities: tuple[Authority, ...]
    misi: int | None
    pillar: int | None
    kind: EntryKind
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Known:
    """What entries may refer to: short names of agencies, numbers of misi and of pillars."""

    agencies: Collection[str]
    misi: Collection[int]
    pillars: Collection[int]


def read_catalog(file: str, content: bytes, known: Known) -> list[EntryText]:
    """The entries of the file; raises Faulty with every fault."""
    faults: list[Fault] = []
    rows = read_table(file, content, COLUMNS, faults)
    first: dict[str, int] = {}
    entries = [_entry(row, known, first) for row in rows]
    if rows and sum(entry.kind is EntryKind.FREE for entry in entries) != 1:
        faults.append(Fault(file, 0, CatalogFault.FREE_ENTRY, {}))
    if faults:
        raise Faulty(faults)
    return entries


def _entry(row: Record, known: Known, first: dict[str, int]) -> EntryText:
    code = row.text("code", *CODE_LENGTH)
    if first.setdefault(code, row.line) != row.line:
        row.refuse(CatalogFault.CODE_TWICE, "code", value=code, first=first[code])
    low, high = _prices(row)
    return EntryText(
        code=code,
        title=row.text("title", *TITLE_LENGTH),
        definition=row.text("definition", *DEFINITION_LENGTH),
        unit=row.text("unit", *UNIT_LENGTH),
        price_low=low,
        price_high=high,
        agency=_known_text(row, known.agencies),
        authorities=_codes(row, "authority", "/", Authority),
        misi=_known_number(row, "misi", known.misi, CatalogFault.MISI_UNKNOWN),
        pillar=_known_number(row, "pillar", known.pillars, CatalogFault.PILLAR_UNKNOWN),
        kind=row.code("kind", EntryKind) or EntryKind.FREE,
        evidence=_codes(row, "evidence", "+", Evidence),
    )


def _prices(row: Record) -> tuple[int | None, int | None]:
    """Both or none; none only where nobody can say."""
    if not row.has("price_low") and not row.has("price_high"):
        return None, None
    if not (row.has("price_low") and row.has("price_high")):
        row.refuse(CatalogFault.PRICE_HALF, "price_low")
        return None, None
    low, high = row.whole("price_low", 1, DEAREST), row.whole("price_high", 1, DEAREST)
    if low > high:
        row.refuse(CatalogFault.PRICE_ORDER, "price_high", low=low, high=high)
    return low, high


def _known_text(row: Record, known: Collection[str]) -> str:
    name = row.text("agency", 0, 60)
    if name and name not in known:
        row.refuse(CatalogFault.AGENCY_UNKNOWN, "agency", value=name)
    return name


def _known_number(row: Record, name: str, known: Collection[int], fault: CatalogFault) -> int | None:
    if not row.has(name):
        return None
    number = row.whole(name, 1, MAX_NUMBER)
    if number not in known:
        row.refuse(fault, name, value=number)
    return number


def _codes(row: Record, name: str, separator: str, codes: type[C]) -> tuple[C, ...]:
    """Codes of a closed set, several in one cell."""
    typed = [part.strip() for part in row.text(name, 0, 80).split(separator) if part.strip()]
    known = [code.value for code in codes]
    for part in typed:
        if part not in known:
            row.refuse(CatalogFault.LIST_UNKNOWN, name, value=part, known=", ".join(known))
    return tuple(codes(part) for part in typed if part in known)
