"""Registry files: innovations that run already, as an official wrote them down, and what can be wrong with them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.innovations.rules.cells import RegistryFault, affairs, days, plain, public, word
from app.innovations.rules.decision import EXPANSION_LENGTH, NAME_LENGTH
from app.innovations.rules.file_words import (
    CLASSIFICATIONS,
    CLUSTERS,
    FORMS,
    INITIATORS,
    STAGES,
    TECHNOLOGIES,
)
from app.innovations.rules.profile import (
    ASTA_CITA,
    COST_SOURCE_LENGTH,
    DESIGN_LENGTH,
    PROSE_LENGTH,
    Affair,
    Classification,
    Cluster,
    Form,
    Initiator,
)
from app.innovations.rules.provisions import MOST_AMOUNT
from app.innovations.rules.stages import RUNNING, Stage
from app.innovations.rules.workbook import read_workbook
from app.kernel.datafiles import Fault, Record, read_table

COLUMNS = ("regency_code", "pillar_number", "name", "expansion", "description", "stage", "source")
OPTIONAL = (
    "agency",
    "contact_agency",
    "village_code",
    "latitude",
    "longitude",
    "initiator",
    "form",
    "classification",
    "technology",
    "affair",
    "other_affairs",
    "asta_cita",
    "cluster",
    "trial_on",
    "applied_on",
    "developed_on",
    "design",
    "aims",
    "benefits",
    "results",
    "cost",
    "cost_source",
)
DESCRIPTION_LENGTH = (10, 2000)
SOURCE_LENGTH = (3, 500)
MOST_BYTES = 64 * 2**20
LATITUDES, LONGITUDES = (-12, 7), (94, 142)


@dataclass(frozen=True)
class Known:
    """What a regency has: numbers of pillars, agencies by any of their names in small letters, codes of villages."""

    pillars: Collection[int] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)
    villages: Collection[str] = ()


@dataclass(frozen=True)
class Registered:
    """An innovation as its file names it; what the file leaves out is empty. Agencies by their short names."""

    regency_code: str
    name: str
    stage: Stage
    summary: str
    source: str
    expansion: str = ""
    pillar_number: int | None = None
    agency: str = ""
    contact_agency: str = ""
    village_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    initiator_kind: Initiator | None = None
    form: Form | None = None
    classification: Classification | None = None
    is_digital: bool | None = None
    affairs: tuple[Affair, ...] = ()
    asta_cita: int | None = None
    cluster: Cluster | None = None
    trial_on: date | None = None
    applied_on: date | None = None
    developed_on: date | None = None
    design: str = ""
    aims: str = ""
    benefits: str = ""
    results: str = ""
    cost: int | None = None
    cost_source: str = ""


@dataclass(frozen=True)
class RefusedCell:
    """A fault with the column and what stands there; where it is not of a row, the file as a whole is at fault."""

    fault: Fault
    column: str
    value: str
    is_of_row: bool


@dataclass(frozen=True)
class Reading:
    """What is good in the files, and all that is not."""

    rows: Sequence[Registered]
    refused: Sequence[RefusedCell]

    @property
    def is_readable(self) -> bool:
        """Nothing is wrong but single rows, which can be left out."""
        return all(one.is_of_row for one in self.refused)


def read_registry(files: Mapping[str, bytes], known: Mapping[str, Known], today: date) -> Reading:
    """What the files say, row by row; a row with a fault is not among those that are good."""
    faults: list[Fault] = []
    records = [row for file in sorted(files) for row in _records(file, files[file], faults)]
    found = [(row, _registered(row, known, today)) for row in records]
    _refuse_twice(records)
    bad = {(fault.file, fault.line) for fault in faults}
    good = [one for row, one in found if (row.file, row.line) not in bad and one is not None]
    by_place = {(row.file, row.line): row for row in records}
    faults.sort(key=lambda fault: (fault.file, fault.line))
    return Reading(good, [_refused(fault, by_place.get((fault.file, fault.line))) for fault in faults])


def _records(file: str, content: bytes, faults: list[Fault]) -> list[Record]:
    if len(content) > MOST_BYTES:
        faults.append(Fault(file, 0, RegistryFault.TOO_BIG, {"most": MOST_BYTES // 2**20}))
        return []
    # A workbook is a zip; what is named .csv and is none is not read as text either.
    is_workbook = content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or not file.casefold().endswith((".csv", ".txt"))
    return (read_workbook if is_workbook else read_table)(file, content, COLUMNS, faults, OPTIONAL)


def _refused(fault: Fault, row: Record | None) -> RefusedCell:
    column = str(fault.facts.get("name", ""))
    value = str(row.values.get(column, "")) if row else ""
    return RefusedCell(fault, column, value, row is not None)


def _registered(row: Record, known: Mapping[str, Known], today: date) -> Registered | None:
    if formulas := [name for name, value in row.values.items() if str(value).startswith("=")]:
        row.refuse(RegistryFault.FORMULA, formulas[0])
        return None
    regency_code = row.text("regency_code", 1, 13)
    if regency_code and regency_code not in known:
        row.refuse(RegistryFault.REGENCY_UNKNOWN, "regency_code", value=regency_code)
    here = known.get(regency_code)
    trial_on, applied_on, developed_on = days(row, today)
    return Registered(
        regency_code=regency_code,
        name=public(row, "name", *NAME_LENGTH),
        stage=_stage(row),
        summary=public(row, "description", *DESCRIPTION_LENGTH, one_line=False),
        source=public(row, "source", *SOURCE_LENGTH),
        expansion=public(row, "expansion", *EXPANSION_LENGTH),
        pillar_number=_pillar(row, here),
        agency=_agency(row, "agency", here),
        contact_agency=_agency(row, "contact_agency", here),
        village_code=_village(row, here),
        latitude=row.decimal("latitude", *LATITUDES) if row.has("latitude") else None,
        longitude=row.decimal("longitude", *LONGITUDES) if row.has("longitude") else None,
        initiator_kind=word(row, "initiator", INITIATORS),
        form=word(row, "form", FORMS),
        classification=word(row, "classification", CLASSIFICATIONS),
        is_digital=word(row, "technology", TECHNOLOGIES),
        affairs=affairs(row),
        asta_cita=row.whole("asta_cita", *ASTA_CITA) if row.has("asta_cita") else None,
        cluster=word(row, "cluster", CLUSTERS),
        trial_on=trial_on,
        applied_on=applied_on,
        developed_on=developed_on,
        design=public(row, "design", *DESIGN_LENGTH, one_line=False),
        **{name: public(row, name, *PROSE_LENGTH, one_line=False) for name in ("aims", "benefits", "results")},
        cost=row.whole("cost", 0, MOST_AMOUNT) if row.has("cost") else None,
        cost_source=public(row, "cost_source", *COST_SOURCE_LENGTH),
    )


def _stage(row: Record) -> Stage:
    typed = row.text("stage", 1, 24)
    # What was stopped or sent back has reasons that no file holds.
    if typed and plain(typed) not in STAGES:
        known = ", ".join(one.name for one in RUNNING)
        row.refuse(RegistryFault.STAGE_UNKNOWN, "stage", value=typed, known=known)
    return STAGES.get(plain(typed), Stage.IDEA)


def _pillar(row: Record, known: Known | None) -> int | None:
    if not row.has("pillar_number"):
        return None
    number = row.whole("pillar_number", 1, 99)
    if known is not None and number not in known.pillars:
        numbers = ", ".join(str(one) for one in sorted(known.pillars))
        row.refuse(RegistryFault.PILLAR_UNKNOWN, "pillar_number", value=number, known=numbers)
    return number


def _agency(row: Record, name: str, known: Known | None) -> str:
    typed = row.text(name, 0, 160)
    if typed and known is not None and typed.casefold() not in known.agencies:
        row.refuse(RegistryFault.AGENCY_NOT_LISTED, name, value=typed)
    return known.agencies.get(typed.casefold(), "") if known else ""


def _village(row: Record, known: Known | None) -> str:
    code = row.text("village_code", 0, 13)
    if code and known is not None and code not in known.villages:
        row.refuse(RegistryFault.VILLAGE_NOT_LISTED, "village_code", value=code)
    return code


def _refuse_twice(rows: Collection[Record]) -> None:
    first: dict[tuple[str, str], Record] = {}
    for row in rows:
        name = str(row.values.get("name", "")).strip()
        known = first.setdefault((str(row.values.get("regency_code")).strip(), name.casefold()), row)
        if name and known is not row:
            row.refuse(RegistryFault.NAME_TWICE, "name", value=name[:80], first=f"{known.file}:{known.line}")


def words_of(row: Registered) -> str:
    """What a row is compared by: name, expansion and what it is about."""
    return f"{row.name} {row.expansion} {row.summary}"
