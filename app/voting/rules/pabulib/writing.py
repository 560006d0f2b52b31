"""Writing .pb files: UTF-8 without BOM, LF, quotes only where they are needed, the same bytes every time."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from app.voting.rules.pabulib.tables import META, PROJECTS, VOTES, PbFile


def write_pb(file: PbFile) -> bytes:
    """The file; reading it again gives the same, and writing that the same bytes."""
    text = StringIO()
    _write(text, META, ("key", "value"), file.meta.items())
    _write(text, PROJECTS, file.projects.columns, file.projects.rows)
    _write(text, VOTES, file.votes.columns, file.votes.rows)
    return text.getvalue().encode()


def _write(text: StringIO, section: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    rows_of_file = csv.writer(text, delimiter=";", lineterminator="\n")
    text.write(f"{section}\n")
    rows_of_file.writerow(columns)
    rows_of_file.writerows(rows)
