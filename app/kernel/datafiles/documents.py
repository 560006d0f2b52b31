"""TOML documents: top-level values, [sections] and [[repeated sections]], with the line of each key."""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.kernel.datafiles.records import Fault, FileFault, Record, decode

STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'|#[^\n]*", re.DOTALL
)
HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]")
KEY = re.compile(r"\s*([\w-]+)\s*=")
PLACE = re.compile(r"\(at line (\d+)")
KINDS = (
    (FileFault.TOML_TWICE, ("Cannot",)),
    (FileFault.TOML_QUOTES, ("Illegal character", "Unterminated", "Unescaped", 'Expected "', "Expected '\"")),
    (FileFault.TOML_VALUE, ("Invalid value", "Invalid date", "Expected newline")),
    (FileFault.TOML_KEY, ("Expected '='", "Invalid initial character", "Invalid statement", "Expected ']")),
)


@dataclass(frozen=True)
class Document:
    """The values on top, and the records of each section in order."""

    top: Record
    sections: Mapping[str, Sequence[Record]]


def read_document(
    file: str,
    content: bytes,
    names: Collection[str],
    single: Collection[str],
    many: Collection[str],
    faults: list[Fault],
) -> Document | None:
    """A document with these top-level names, [single] sections and [[many]] sections; None where it cannot be read."""
    text = decode(file, content, faults)
    if text is None:
        return None
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        faults.append(_syntax(file, text, str(error)))
        return None
    places = _places(text)
    top_lines = {name: line for name, [(line, _keys), *_more] in places.items()} | places[""][0][1]
    top = Record(file, 1, values, faults, top_lines)
    top.expect([*names, *single, *many])
    sections = {name: _section(top, name, name in many, places.get(name, [])) for name in (*single, *many)}
    return Document(top, sections)


def _section(top: Record, name: str, repeated: bool, places: Sequence[tuple[int, Mapping[str, int]]]) -> list[Record]:
    value: Any = top.values.get(name)
    if value is None:
        return []
    found = value if isinstance(value, list) else [value]
    if isinstance(value, list) is not repeated or not all(isinstance(one, dict) for one in found):
        top.refuse(FileFault.SECTION_SHAPE, name, shape=f"[[{name}]]" if repeated else f"[{name}]")
        return []
    known = [*places, *[(top.lines.get(name, top.line), {})] * len(found)]
    return [Record(top.file, line, one, top.faults, lines) for one, (line, lines) in zip(found, known, strict=False)]


def _places(text: str) -> dict[str, list[tuple[int, dict[str, int]]]]:
    """For every section in order: its line and the lines of its keys; the top of the document is the section ''."""
    current: dict[str, int] = {}
    places = {"": [(1, current)]}
    for number, line in enumerate(_without_strings(text).split("\n"), 1):
        if header := HEADER.match(line):
            current = {}
            places.setdefault(header[1], []).append((number, current))
        elif key := KEY.match(line):
            current.setdefault(key[1], number)
    return places


def _without_strings(text: str) -> str:
    """The text with strings and comments blanked out and every line where it was."""
    return STRING_OR_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)


def _syntax(file: str, text: str, message: str) -> Fault:
    code = next((code for code, beginnings in KINDS if message.startswith(beginnings)), FileFault.TOML_SYNTAX)
    place = PLACE.search(message)
    if place:
        return Fault(file, int(place[1]), code, {})
    # What is never closed is noticed at the end only: what helps is where it was opened.
    opened = re.search("[\"']", _without_strings(text)) if code is FileFault.TOML_QUOTES else None
    return Fault(
        file, (_without_strings(text)[: opened.start()] if opened else text.rstrip()).count("\n") + 1, code, {}
    )
