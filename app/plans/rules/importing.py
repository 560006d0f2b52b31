"""The files that bring a regency's plan in: what they must hold, and what is wrong with those that do not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.datafiles import Document, Fault, Faulty, FileFault, Record, read_document, read_table
from app.plans.rules import MAX_NUMBER, MISI_SHORT_LENGTH, MISI_TEXT_LENGTH, MisiText, PlanKind

NATIONAL, AGENCIES = "national.toml", "agencies.csv"
AGENCY_COLUMNS = ("regency_code", "name", "short_name", "needs_check")
PLAN_NAMES = ("kind", "title", "first_year", "last_year", "vision", "source")
PLAN_EXTRAS = ("vision_meaning", "innovations_counted", "innovations_counted_note")
SECTIONS = {
    "value": ("position", "name", "meaning"),
    "misi": ("number", "text", "short"),
    "pillar": ("number", "name", "national"),
}
YEARS = (2000, 2100)
LONGEST_PLAN = 20
LONG_TEXT = 20_000


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"


class PlanFault(StrEnum):
    """What can be wrong with the files of plans."""

    REGENCY_UNKNOWN = "regency_unknown"
    YEARS_ORDER = "years_order"
    NUMBER_TWICE = "number_twice"
    NUMBER_GAP = "number_gap"
    NATIONAL_UNKNOWN = "national_unknown"
    PLAN_TWICE = "plan_twice"
    SHORT_NAME_TWICE = "short_name_twice"


@dataclass(frozen=True)
class ValueText:
    position: int
    name: str
    meaning: str


@dataclass(frozen=True)
class PillarText:
    """A pillar; `national` is the number of the national priority nearest to it."""

    number: int
    name: str
    national: int | None = None


@dataclass(frozen=True)
class PlanText:
    """One regency's plan, word for word."""

    regency_code: str
    kind: PlanKind
    title: str
    first_year: int
    last_year: int
    vision: str
    vision_meaning: str
    source: str
    innovations_counted: int | None
    innovations_counted_note: str
    values: tuple[ValueText, ...]
    misi: tuple[MisiText, ...]
    pillars: tuple[PillarText, ...]


@dataclass(frozen=True)
class AgencyText:
    regency_code: str
    name: str
    short_name: str
    needs_check: bool


@dataclass(frozen=True)
class PlanSet:
    """All that the files hold, checked."""

    plans: tuple[PlanText, ...]
    national: tuple[PillarText, ...]
    agencies: tuple[AgencyText, ...]


@dataclass(frozen=True)
class Known:
    """What is in the database already: codes of regencies, numbers of national pillars."""

    regencies: Collection[str]
    national: Collection[int] = ()


def read_plans(files: Mapping[str, bytes], known: Known) -> PlanSet:
    """What the files say, by name; raises Faulty with every fault."""
    faults: list[Fault] = []
    national = _national(files, faults)
    numbers = {pillar.number for pillar in national} | set(known.national)
    documents = _documents(files, faults)
    plans = [plan for document in documents if (plan := _plan(document, known.regencies, numbers))]
    _refuse_second_plans(documents)
    agencies = _agencies(files, known.regencies, faults)
    if faults:
        raise Faulty(faults)
    return PlanSet(tuple(plans), tuple(national), tuple(agencies))


def _national(files: Mapping[str, bytes], faults: list[Fault]) -> list[PillarText]:
    document = read_document(NATIONAL, files[NATIONAL], (), (), ("pillar",), faults) if NATIONAL in files else None
    if document is None:
        return []
    records = document.sections["pillar"]
    _check_numbers(records, "number")
    for record in records:
        record.expect(("number", "name"))
    return [PillarText(record.whole("number", 1, MAX_NUMBER), record.text("name", 1, 120)) for record in records]


def _documents(files: Mapping[str, bytes], faults: list[Fault]) -> list[Document]:
    names = sorted(name for name in files if name.endswith(".toml") and name != NATIONAL)
    if not names:
        faults.append(Fault("<slug>.toml", 0, FileFault.NO_FILE, {}))
    read = (read_document(name, files[name], ("regency",), ("plan",), tuple(SECTIONS), faults) for name in names)
    return [document for document in read if document]


def _plan(document: Document, regencies: Collection[str], national: Collection[int]) -> PlanText | None:
    top = document.top
    code = top.text("regency", 1, 13)
    if code and code not in regencies:
        top.refuse(PlanFault.REGENCY_UNKNOWN, "regency", value=code)
    for name, names in SECTIONS.items():
        for record in document.sections[name]:
            record.expect(names)
        _check_numbers(document.sections[name], names[0])
    values, misi = [_value(record) for record in document.sections["value"]], _misi(document.sections["misi"])
    pillars = [_pillar(record, national) for record in document.sections["pillar"]]
    if not document.sections["plan"]:
        if "plan" not in top.values:
            top.refuse(FileFault.SECTION_MISSING, "plan")
        return None
    return _assemble(code, document.sections["plan"][0], tuple(values), tuple(misi), tuple(pillars))


def _assemble(
    code: str, plan: Record, values: tuple[ValueText, ...], misi: tuple[MisiText, ...], pillars: tuple[PillarText, ...]
) -> PlanText:
    plan.expect((*PLAN_NAMES, *PLAN_EXTRAS))
    first, last = plan.whole("first_year", *YEARS), plan.whole("last_year", *YEARS)
    if not first <= last <= first + LONGEST_PLAN:
        plan.refuse(PlanFault.YEARS_ORDER, "last_year", first=first, last=last)
    counts = "innovations_counted" in plan.values
    return PlanText(
        code,
        plan.code("kind", PlanKind) or PlanKind.RPJMD,
        plan.text("title", 3, 200),
        first,
        last,
        plan.text("vision", 0, 1000),
        plan.text("vision_meaning", 0, LONG_TEXT, one_line=False),
        plan.text("source", 3, 2000, one_line=False),
        plan.whole("innovations_counted", 0, 100_000) if counts else None,
        plan.text("innovations_counted_note", 0, 1000),
        values,
        misi,
        pillars,
    )


def _value(record: Record) -> ValueText:
    meaning = record.text("meaning", 1, LONG_TEXT, one_line=False)
    return ValueText(record.whole("position", 1, MAX_NUMBER), record.text("name", 1, 80), meaning)


def _misi(records: Sequence[Record]) -> list[MisiText]:
    return [
        MisiText(
            record.whole("number", 1, MAX_NUMBER),
            record.text("text", *MISI_TEXT_LENGTH),
            record.text("short", *MISI_SHORT_LENGTH),
        )
        for record in records
    ]


def _pillar(record: Record, national: Collection[int]) -> PillarText:
    nearest = record.whole("national", 0, MAX_NUMBER) if "national" in record.values else 0
    if nearest and nearest not in national:
        record.refuse(PlanFault.NATIONAL_UNKNOWN, "national", value=nearest)
    return PillarText(record.whole("number", 1, MAX_NUMBER), record.text("name", 1, 120), nearest or None)


def _check_numbers(records: Sequence[Record], name: str) -> None:
    """Numbers run from 1 without gaps, in order; what is no number at all is told where it is read."""
    first: dict[str, int] = {}
    for expected, record in enumerate(records, 1):
        number = str(record.values.get(name)).strip()
        if first.setdefault(number, record.line) != record.line:
            record.refuse(PlanFault.NUMBER_TWICE, name, value=number, first=first[number])
        elif number.isdecimal() and int(number) != expected:
            record.refuse(PlanFault.NUMBER_GAP, name, value=number, expected=expected)


def _refuse_second_plans(documents: Iterable[Document]) -> None:
    """One file a regency: two would number their misi twice."""
    first: dict[object, str] = {}
    for document in documents:
        code = document.top.values.get("regency")
        if isinstance(code, str) and first.setdefault(code, document.top.file) != document.top.file:
            document.top.refuse(PlanFault.PLAN_TWICE, "regency", value=code, first=first[code])


def _agencies(files: Mapping[str, bytes], regencies: Collection[str], faults: list[Fault]) -> list[AgencyText]:
    rows = read_table(AGENCIES, files[AGENCIES], AGENCY_COLUMNS, faults) if AGENCIES in files else []
    first: dict[tuple[str, str], int] = {}
    return [_agency(row, regencies, first) for row in rows]


def _agency(row: Record, regencies: Collection[str], first: dict[tuple[str, str], int]) -> AgencyText:
    code, short_name = row.text("regency_code", 1, 13), row.text("short_name", 1, 60)
    if code and code not in regencies:
        row.refuse(PlanFault.REGENCY_UNKNOWN, "regency_code", value=code)
    if first.setdefault((code, short_name), row.line) != row.line:
        row.refuse(PlanFault.SHORT_NAME_TWICE, "short_name", value=short_name, first=first[code, short_name])
    return AgencyText(code, row.text("name", 3, 160), short_name, row.code("needs_check", YesNo) is YesNo.YES)
