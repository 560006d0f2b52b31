"""The cells of registry files: texts, words of closed lists, and days."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.innovations.rules.file_words import AFFAIRS
from app.innovations.rules.profile import Affair
from app.innovations.rules.provisions import YEARS
from app.kernel.datafiles import Record
from app.kernel.private import PRIVATE_NUMBER

DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"),
    re.compile(r"(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{4})"),
)
T = TypeVar("T")


class RegistryFault(StrEnum):
    REGENCY_UNKNOWN = "regency_unknown"
    PILLAR_UNKNOWN = "pillar_unknown"
    STAGE_UNKNOWN = "stage_unknown"
    NAME_TWICE = "name_twice"
    WORD_UNKNOWN = "word_unknown"
    AGENCY_NOT_LISTED = "agency_not_listed"
    VILLAGE_NOT_LISTED = "village_not_listed"
    NOT_A_DAY = "not_a_day"
    NOT_YET = "not_yet"
    BEFORE_TRIAL = "before_trial"
    FORMULA = "formula"
    PRIVATE = "private"
    TOO_BIG = "registry_too_big"


def public(row: Record, name: str, least: int, most: int, *, one_line: bool = True) -> str:
    """A text that everybody will read."""
    text = row.text(name, least, most, one_line=one_line)
    if PRIVATE_NUMBER.search(text):
        row.refuse(RegistryFault.PRIVATE, name)
    return text


def plain(text: str) -> str:
    """A word of a closed list however it was typed: Uji Coba, uji-coba and UJI_COBA are the same."""
    return re.sub(r"[\s_-]+", "_", text.strip().casefold())


def word(row: Record, name: str, known: Mapping[str, T]) -> T | None:
    return one_of(row, name, str(row.values.get(name, "")), known) if row.has(name) else None


def one_of(row: Record, name: str, typed: str, known: Mapping[str, T]) -> T | None:
    if plain(typed) not in known:
        row.refuse(RegistryFault.WORD_UNKNOWN, name, value=typed[:60], known=", ".join(known))
    return known.get(plain(typed))


def affairs(row: Record) -> tuple[Affair, ...]:
    """The main one first, each once."""
    main = [word(row, "affair", AFFAIRS)]
    others = [part for part in re.split(r"[;,|\n]", str(row.values.get("other_affairs", ""))) if part.strip()]
    found = [*main, *(one_of(row, "other_affairs", part, AFFAIRS) for part in others)]
    return tuple(dict.fromkeys(affair for affair in found if affair))


def days(row: Record, today: date) -> tuple[date | None, date | None, date | None]:
    """Begin of trial, of use, and the latest development; only a trial may lie ahead."""
    trial_on, applied_on, developed_on = (_day(row, name) for name in ("trial_on", "applied_on", "developed_on"))
    for name, day in (("applied_on", applied_on), ("developed_on", developed_on)):
        if day and day > today:
            row.refuse(RegistryFault.NOT_YET, name, value=day.isoformat())
    if trial_on and applied_on and applied_on < trial_on:
        row.refuse(RegistryFault.BEFORE_TRIAL, "applied_on", value=applied_on.isoformat())
    return trial_on, applied_on, developed_on


def _day(row: Record, name: str) -> date | None:
    typed = str(row.values.get(name, "")).strip()
    found = parse_day(typed) if typed else None
    if typed and found is None:
        row.refuse(RegistryFault.NOT_A_DAY, name, value=typed[:40])
    return found


def parse_day(typed: str) -> date | None:
    """A day as officials write it: 2024-01-31, 31/01/2024, 31-1-2024 or 31.1.2024."""
    match = next((match for shape in DAYS if (match := shape.fullmatch(typed))), None)
    if match is None or not typed.isascii() or not YEARS[0] <= int(match["y"]) <= YEARS[1]:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
