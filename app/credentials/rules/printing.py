"""QR codes as one path of an SVG, and what stands on a printed card."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import segno

QUIET = 4


@dataclass(frozen=True)
class Qr:
    """Dark modules as `path`, in a square of so many modules with the quiet zone around it."""

    path: str
    size: int

    @property
    def view_box(self) -> str:
        return f"{-QUIET} {-QUIET} {self.size + 2 * QUIET} {self.size + 2 * QUIET}"


def qr_of(text: str) -> Qr:
    """Every run of dark modules is one line of the path."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    return Qr("".join(f"M0 {y}.5{_line(row)}" for y, row in enumerate(rows)), len(rows))


def _line(row: list[int]) -> str:
    runs = ((bool(dark), len(list(run))) for dark, run in groupby(row))
    return "".join(f"{'h' if dark else 'm'}{length}{'' if dark else ' 0'}" for dark, length in runs)


@dataclass(frozen=True)
class PrintedCard:
    """What credentials/_card.html shows; the words can be printed only when the card is issued."""

    name: str
    village: str
    card_number: str
    words: str
    expires_at: datetime
    qr: Qr

    @property
    def spaced_number(self) -> str:
        return f"{self.card_number[:4]} {self.card_number[4:]}"
