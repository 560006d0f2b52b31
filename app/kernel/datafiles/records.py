"""Records and faults: values that are asked for by name and kind, and what is wrong with them."""

import codecs
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)
N = TypeVar("N", int, float)

WHOLE = re.compile(r"-?[0-9]{1,12}")
DECIMAL = re.compile(r"-?[0-9]{1,6}([.,][0-9]{1,15})?([eE][-+]?[0-9]{1,2})?")
# Letters that show nothing: they come along when text is copied from a PDF, and only harm.
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class FileFault(StrEnum):
    """What can be wrong with any data file."""

    NO_FILE = "no_file"
    NOT_UTF8 = "not_utf8"
    NO_ROWS = "no_rows"
    BROKEN_QUOTES = "broken_quotes"
    CELL_COUNT = "cell_count"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    NAME_UNKNOWN = "name_unknown"
    NAME_MEANT = "name_meant"
    SECTION_MISSING = "section_missing"
    SECTION_SHAPE = "section_shape"
    TOML_QUOTES = "toml_quotes"
    TOML_VALUE = "toml_value"
    TOML_KEY = "toml_key"
    TOML_TWICE = "toml_twice"
    TOML_SYNTAX = "toml_syntax"
    REQUIRED = "required"
    NOT_TEXT = "not_text"
    NOT_ONE_LINE = "not_one_line"
    HIDDEN_LETTER = "hidden_letter"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_WHOLE = "not_whole"
    NOT_DECIMAL = "not_decimal"
    OUT_OF_RANGE = "out_of_range"
    CODE_UNKNOWN = "code_unknown"
    CODE_MEANT = "code_meant"


@dataclass(frozen=True)
class Fault:
    """One fault; line 0 is the file as a whole. The facts fill the placeholders of the code's words."""

    file: str
    line: int
    code: StrEnum
    facts: Mapping[str, object]


class Faulty(Exception):
    """Files that cannot be taken as they are, with every fault in them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line))


@dataclass(frozen=True)
class Record:
    """A row of a table or a section of a document.

    Asking for a value in a kind collects a fault where it is not of that kind, and answers something harmless.
    """

    file: str
    line: int
    values: Mapping[str, object]
    faults: list[Fault]
    lines: Mapping[str, int] = field(default_factory=dict)

    def refuse(self, code: StrEnum, name: str = "", **facts: object) -> None:
        """Collect a fault at the line of the named value."""
        self.faults.append(Fault(self.file, self.lines.get(name, self.line), code, {"name": name} | facts))

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str, least: int, most: int, *, one_line: bool = True) -> str:
        """A text of `least` to `most` letters; an absent one is empty."""
        value = self.values.get(name, "")
        if not isinstance(value, str):
            self.refuse(FileFault.NOT_TEXT, name, value=value)
            return ""
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
        hidden = next((c for c in text if c != "\n" and unicodedata.category(c) in HIDDEN), None)
        if hidden:
            self.refuse(FileFault.HIDDEN_LETTER, name, letter=f"U+{ord(hidden):04X}")
        elif one_line and "\n" in text:
            self.refuse(FileFault.NOT_ONE_LINE, name)
        elif not text and least:
            self.refuse(FileFault.REQUIRED, name)
        elif len(text) < least:
            self.refuse(FileFault.TOO_SHORT, name, least=least, length=len(text))
        elif len(text) > most:
            self.refuse(FileFault.TOO_LONG, name, most=most, over=len(text) - most)
        return text

    def whole(self, name: str, least: int, most: int) -> int:
        value = self.values.get(name)
        typed = value if isinstance(value, int) and not isinstance(value, bool) else str(value or "").strip()
        if typed == "":
            self.refuse(FileFault.REQUIRED, name)
            return least
        if isinstance(typed, str) and not WHOLE.fullmatch(typed):
            self.refuse(FileFault.NOT_WHOLE, name, value=typed)
            return least
        return self._within(name, int(typed), least, most)

    def decimal(self, name: str, least: int, most: int) -> float:
        """A decimal number with a point, or with a comma as an Indonesian spreadsheet writes it."""
        typed = str(self.values.get(name) or "").strip()
        if not DECIMAL.fullmatch(typed):
            self.refuse(FileFault.NOT_DECIMAL if typed else FileFault.REQUIRED, name, value=typed)
            return float(least)
        return self._within(name, float(typed.replace(",", ".")), least, most)

    def _within(self, name: str, number: N, least: int, most: int) -> N:
        if not least <= number <= most:
            self.refuse(FileFault.OUT_OF_RANGE, name, value=number, least=least, most=most)
        return number

    def code(self, name: str, codes: type[E]) -> E | None:
        """A member of a closed set."""
        typed = self.text(name, 1, 80)
        known = [member.value for member in codes]
        if typed and typed not in known:
            self._guess(FileFault.CODE_MEANT, FileFault.CODE_UNKNOWN, name, typed, known)
        return codes(typed) if typed in known else None

    def expect(self, names: Collection[str]) -> None:
        """Collect a fault for every value whose name is not one of these."""
        for name in self.values:
            if name not in names:
                self._guess(FileFault.NAME_MEANT, FileFault.NAME_UNKNOWN, name, name, names)

    def _guess(self, meant: StrEnum, unknown: StrEnum, name: str, typed: str, known: Collection[str]) -> None:
        close = get_close_matches(typed, known, 1)
        if close:
            self.refuse(meant, name, value=typed, meant=close[0])
        else:
            self.refuse(unknown, name, value=typed, known=", ".join(known))


def decode(file: str, content: bytes, faults: list[Fault]) -> str | None:
    """The text of a file in UTF-8, with or without a byte order mark."""
    try:
        if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-8-sig")
        line = 1
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
    faults.append(Fault(file, line, FileFault.NOT_UTF8, {}))
    return None
