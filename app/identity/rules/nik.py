"""The NIK's format (PP 40/2019, Permendagri 72/2022; domain.md §5.1): what cannot be, and what is only doubtful.

16 digits: region of first registration (6), day, month, year of birth (6; 40 is added to a woman's day), serial (4).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.identity.rules import Sex

PROVINCES = frozenset(
    (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97))
)
WOMAN_DAY = 40
YOUNGEST_ALONE = 17
OLDEST = 110


class Fault(StrEnum):
    """Why sixteen digits cannot be a NIK."""

    NOT_SIXTEEN_DIGITS = "not_sixteen_digits"
    NO_SUCH_PROVINCE = "no_such_province"
    NO_SUCH_DATE = "no_such_date"
    NO_SERIAL = "no_serial"


class Doubt(StrEnum):
    """What is worth a look but never a no: people move, and a NIK is never corrected."""

    ELSEWHERE = "elsewhere"
    OTHER_BIRTH_YEAR = "other_birth_year"
    OTHER_SEX = "other_sex"
    ALREADY_KNOWN = "already_known"


@dataclass(frozen=True)
class Nik:
    """A NIK taken apart. `birth_years` are the years it may mean, the likelier first; two where it must be asked."""

    digits: str
    sex: Sex
    birth_years: tuple[int, ...]

    @property
    def last4(self) -> str:
        return self.digits[-4:]

    def __repr__(self) -> str:
        return "Nik(…)"  # never in a log


def parse_nik(typed: str, today: date) -> Nik | Fault:
    """The NIK as typed, blanks, dots and dashes aside."""
    digits = "".join(c for c in typed if c not in " .-\u00a0")
    if len(digits) != 16 or not (digits.isascii() and digits.isdigit()):
        return Fault.NOT_SIXTEEN_DIGITS
    if int(digits[:2]) not in PROVINCES:
        return Fault.NO_SUCH_PROVINCE
    if digits[12:] == "0000":
        return Fault.NO_SERIAL
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex = Sex.FEMALE if day > WOMAN_DAY else Sex.MALE
    years = _years(day - WOMAN_DAY if sex is Sex.FEMALE else day, month, year, today)
    return Nik(digits, sex, years) if years else Fault.NO_SUCH_DATE


def _years(day: int, month: int, two_digits: int, today: date) -> tuple[int, ...]:
    """The latest year that is not in the future; where that makes a child, the year a century before may be meant."""
    born = [date_ for century in (2000, 1900) if (date_ := _date(century + two_digits, month, day))]
    ages = {one.year: today.year - one.year - ((today.month, today.day) < (one.month, one.day)) for one in born}
    possible = [year for year, age in ages.items() if 0 <= age <= OLDEST]
    adults = [year for year in possible if ages[year] >= YOUNGEST_ALONE]
    return tuple(possible[:1]) if possible[:1] == adults[:1] else tuple(possible)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def doubts(nik: Nik, regency_code: str, birth_year: int | None, sex: Sex | None) -> tuple[Doubt, ...]:
    """What does not fit together; `birth_year` and `sex` as typed."""
    checks = (
        (Doubt.ELSEWHERE, nik.digits[:4] != regency_code.replace(".", "")),
        (Doubt.OTHER_BIRTH_YEAR, birth_year is not None and birth_year not in nik.birth_years),
        (Doubt.OTHER_SEX, sex is not None and sex is not nik.sex),
    )
    return tuple(doubt for doubt, is_so in checks if is_so)
