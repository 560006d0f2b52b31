"""Registry files: innovations that run already, as an official wrote them down, and what can be wrong with them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.innovations.rules.decision import EXPANSION_LENGTH, NAME_LENGTH
from app.innovations.rules.stages import RUNNING, Stage
from app.kernel.datafiles import Fault, Faulty, Record, read_table

COLUMNS = ("regency_code", "pillar_number", "name", "expansion", "description", "stage", "source")
DESCRIPTION_LENGTH = (10, 2000)
SOURCE_LENGTH = (3, 500)


class RegistryFault(StrEnum):
    REGENCY_UNKNOWN = "regency_unknown"
    PILLAR_UNKNOWN = "pillar_unknown"
    STAGE_UNKNOWN = "stage_unknown"
    NAME_TWICE = "name_twice"


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


def read_registry(files: Mapping[str, bytes], pillars: Mapping[str, Collection[int]]) -> list[Registered]:
    """What the files say; raises Faulty with every fault. `pillars` are the numbers that each known regency has."""
    faults: list[Fault] = []
    rows = [row for file in sorted(files) for row in read_table(file, files[file], COLUMNS, faults)]
    found = [_registered(row, pillars) for row in rows]
    _refuse_twice(rows)
    if faults:
        raise Faulty(faults)
    return found


def _registered(row: Record, pillars: Mapping[str, Collection[int]]) -> Registered:
    regency_code, stage = row.text("regency_code", 1, 13), row.text("stage", 1, 24).upper()
    if regency_code and regency_code not in pillars:
        row.refuse(RegistryFault.REGENCY_UNKNOWN, "regency_code", value=regency_code)
    # What was stopped or sent back has reasons that no file holds.
    stages = {one.name: one for one in RUNNING}
    if stage and stage not in stages:
        row.refuse(RegistryFault.STAGE_UNKNOWN, "stage", value=stage, known=", ".join(stages))
    return Registered(
        regency_code,
        _pillar(row, pillars.get(regency_code)),
        row.text("name", *NAME_LENGTH),
        row.text("expansion", *EXPANSION_LENGTH),
        row.text("description", *DESCRIPTION_LENGTH),
        stages.get(stage, Stage.IDEA),
        row.text("source", *SOURCE_LENGTH),
    )


def _pillar(row: Record, known: Collection[int] | None) -> int | None:
    if not row.has("pillar_number"):
        return None
    number = row.whole("pillar_number", 1, 99)
    if known is not None and number not in known:
        numbers = ", ".join(str(one) for one in sorted(known))
        row.refuse(RegistryFault.PILLAR_UNKNOWN, "pillar_number", value=number, known=numbers)
    return number


def _refuse_twice(rows: Collection[Record]) -> None:
    first: dict[tuple[str, str], Record] = {}
    for row in rows:
        name = str(row.values.get("name", ""))
        known = first.setdefault((str(row.values.get("regency_code")), name.casefold()), row)
        if name and known is not row:
            row.refuse(RegistryFault.NAME_TWICE, "name", value=name, first=f"{known.file}:{known.line}")
