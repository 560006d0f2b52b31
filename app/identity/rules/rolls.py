"""A village's roll as a file: its columns, what each may hold, and what is wrong with a row."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.accounts.rules import HAMLET_LENGTH, NAME_LENGTH, normal_phone
from app.identity.rules import Sex
from app.identity.rules.nik import ADULT, OLDEST, Doubt, Nik, doubts, parse_nik
from app.kernel.actor import regency_of
from app.kernel.datafiles import Fault, Record, read_table
from app.kernel.private import PRIVATE_NUMBER

COLUMNS = ("name", "nik", "birth_year", "sex", "village_code", "hamlet", "phone", "language", "consent")
SEXES: dict[str, Sex | None] = {"": None, "P": Sex.FEMALE, "L": Sex.MALE}
LANGUAGES = {"": "id", "id": "id", "en": "en"}
YES = {"ya", "y", "setuju"}
V = TypeVar("V")


class RollFault(StrEnum):
    """Why a row of a roll does not go in."""

    NO_CONSENT = "no_consent"
    CHILD = "child"
    BIRTH_YEAR_NEEDED = "birth_year_needed"
    SEX = "sex"
    VILLAGE = "village"
    PHONE = "phone"
    LANGUAGE = "language"
    NUMBER_IN_TEXT = "number_in_text"
    TWICE = "twice"
    NIK_ELSEWHERE = "nik_elsewhere"


@dataclass(frozen=True)
class RollRow:
    """A resident as a good row tells of them."""

    line: int
    name: str
    nik: Nik | None
    birth_year: int
    sex: Sex | None
    village_code: str
    hamlet: str
    phone: str | None
    language: str

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        return doubts(self.nik, regency_of(self.village_code), self.birth_year, self.sex) if self.nik else ()

    @property
    def known_by(self) -> str:
        """By what the person is known again when the roll is read once more."""
        said = (self.village_code, self.hamlet.casefold(), self.name.casefold(), str(self.birth_year))
        return self.nik.digits if self.nik else "|".join(said)


@dataclass(frozen=True)
class Roll:
    """A roll that has been read: the good rows, and the faults of the others with the last digits of their NIK."""

    rows: Sequence[RollRow]
    faults: Sequence[Fault]
    last4: Mapping[int, str]


def read_roll(file: str, content: bytes, villages: Collection[str], today: date) -> Roll:
    """Every row is judged by itself; line 0 or 1 with a fault is the file as a whole."""
    faults: list[Fault] = []
    records = read_table(file, content, COLUMNS, faults)
    codes = {code: code for code in villages}
    read = [_read(record, codes, today) for record in records]
    refused = {fault.line for fault in faults}
    good = _once([row for row in read if row and row.line not in refused], file, faults)
    return Roll(good, faults, {record.line: last4_of(record) for record in records})


def last4_of(record: Record) -> str:
    digits = "".join(c for c in str(record.values.get("nik", "")) if c.isdigit())
    return digits[-4:] if len(digits) > 8 else ""


def _read(record: Record, villages: Mapping[str, str], today: date) -> RollRow | None:
    before = len(record.faults)
    name, hamlet = (_text(record, *column) for column in (("name", *NAME_LENGTH), ("hamlet", 0, HAMLET_LENGTH)))
    nik = _nik(record, today)
    sex = _choice(record, "sex", SEXES, RollFault.SEX, str.upper)
    village = _choice(record, "village_code", villages, RollFault.VILLAGE)
    language = _choice(record, "language", LANGUAGES, RollFault.LANGUAGE, str.lower)
    phone = _phone(record)
    # What a wrong NIK says of the year is not asked: one fault for one mistake.
    is_sound = nik is not None or not record.has("nik")
    birth_year = _birth_year(record, nik, today) if is_sound else None
    if str(record.values.get("consent", "")).casefold() not in YES:
        record.refuse(RollFault.NO_CONSENT, "consent")
    if len(record.faults) > before or village is None or birth_year is None:
        return None
    sex = sex or (nik.sex if nik else None)
    return RollRow(record.line, name, nik, birth_year, sex, village, hamlet, phone, language or "id")


def _text(record: Record, name: str, least: int, most: int) -> str:
    text = " ".join(record.text(name, least, most).split())
    if PRIVATE_NUMBER.search(text):
        record.refuse(RollFault.NUMBER_IN_TEXT, name)
    return text


def _nik(record: Record, today: date) -> Nik | None:
    if not record.has("nik"):
        return None
    found = parse_nik(str(record.values["nik"]), today)
    if isinstance(found, Nik):
        return found
    record.refuse(found, "nik")
    return None


def _choice(
    record: Record, name: str, known: Mapping[str, V], fault: RollFault, normal: Callable[[str], str] = str
) -> V | None:
    typed = normal(str(record.values.get(name, "")))
    if typed not in known:
        record.refuse(fault, name, known=", ".join(sorted(key for key in known if key)[:9]))
    return known.get(typed)


def _phone(record: Record) -> str | None:
    if not record.has("phone"):
        return None
    phone = normal_phone(str(record.values["phone"]))
    if phone is None:
        record.refuse(RollFault.PHONE, "phone")
    return phone


def _birth_year(record: Record, nik: Nik | None, today: date) -> int | None:
    if record.has("birth_year"):
        year: int | None = record.whole("birth_year", today.year - OLDEST, today.year)
    else:
        year = nik.birth_years[0] if nik and len(nik.birth_years) == 1 else None
    if year is None:
        record.refuse(RollFault.BIRTH_YEAR_NEEDED, "birth_year")
    elif nik.is_child(year, today) if nik else today.year - year < ADULT:
        record.refuse(RollFault.CHILD, "birth_year")
    return year


def _once(rows: Sequence[RollRow], file: str, faults: list[Fault]) -> list[RollRow]:
    """The rows without those that repeat a NIK, or a person without one, of a row above."""
    first: dict[str, int] = {}
    for row in rows:
        known = first.setdefault(row.known_by, row.line)
        if known != row.line:
            facts = {"name": "nik" if row.nik else "name", "first": known}
            faults.append(Fault(file, row.line, RollFault.TWICE, facts))
    return [row for row in rows if first[row.known_by] == row.line]
