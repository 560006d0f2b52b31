"""The NIK's format (PP 40/2019, Permendagri 72/2022; domain.md §5.1): what cannot be, and what is only doubtful.

16 digits: region of first registration (6), day, month, year of birth (6; 40 is added to a woman's day), serial (4).
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.identity.rules import Sex

PROVINCES = frozenset(
    (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97))
)
WOMAN_DAY = 40
ADULT = 17
OLDEST = 110
# What people write between the digits, and what copying from a PDF leaves there: blanks, dashes, invisible letters.
BETWEEN = {"Zs", "Pd", "Cc", "Cf"}


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
    NOT_ACCEPTED = "not_accepted"
    NOT_ISSUED = "not_issued"
    NOT_AT_HAND = "not_at_hand"
    INACTIVE = "inactive"


# Why there is no NIK; none of them keeps anybody out.
WITHOUT_NIK = (Doubt.NOT_AT_HAND, Doubt.NOT_ISSUED, Doubt.INACTIVE)


@dataclass(frozen=True)
class Nik:
    """A NIK taken apart. `birthdays` are the days it may mean, the likelier first; two where the year must be asked."""

    digits: str
    sex: Sex
    birthdays: tuple[date, ...]

    @property
    def last4(self) -> str:
        return self.digits[-4:]

    @property
    def birth_years(self) -> tuple[int, ...]:
        return tuple(day.year for day in self.birthdays)

    def is_child(self, birth_year: int | None, today: date) -> bool:
        """Whether its bearer is under 17 today; a year of birth that the NIK does not mean counts more than the NIK."""
        if birth_year and birth_year not in self.birth_years:
            return today.year - birth_year < ADULT
        return age(next((day for day in self.birthdays if day.year == birth_year), self.birthdays[0]), today) < ADULT

    def __repr__(self) -> str:
        return "Nik(…)"  # never in a log


def parse_nik(typed: str, today: date) -> Nik | Fault:
    """The NIK as typed, blanks, dots and dashes aside."""
    digits = "".join(c for c in typed if c != "." and unicodedata.category(c) not in BETWEEN)
    if len(digits) != 16 or not (digits.isascii() and digits.isdigit()):
        return Fault.NOT_SIXTEEN_DIGITS
    if int(digits[:2]) not in PROVINCES:
        return Fault.NO_SUCH_PROVINCE
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex = Sex.FEMALE if day > WOMAN_DAY else Sex.MALE
    birthdays = _birthdays(day - WOMAN_DAY if sex is Sex.FEMALE else day, month, year, today)
    if not birthdays:
        return Fault.NO_SUCH_DATE
    return Fault.NO_SERIAL if digits[12:] == "0000" else Nik(digits, sex, birthdays)


def age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _birthdays(day: int, month: int, two_digits: int, today: date) -> tuple[date, ...]:
    """The latest day that is not in the future; where that makes a child, the one a century before may be meant."""
    days = [born for century in (2000, 1900) if (born := _date(century + two_digits, month, day))]
    possible = tuple(born for born in days if 0 <= age(born, today) <= OLDEST)
    return possible if possible and age(possible[0], today) < ADULT else possible[:1]


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
