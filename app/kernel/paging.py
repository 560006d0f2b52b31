"""Keyset paging: a page of rows and the mark after which the next page starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

PAGE_SIZE = 20
# The greatest number that a row can have.
LARGEST = 2**31 - 1
# The most that 2**62 has; of thousands Python makes no number at all.
MOST_DIGITS = 19


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows in order; `after` is the mark for the next page, None on the last one."""

    rows: Sequence[T]
    after: str | None


def page_of(rows: Sequence[T], size: int, mark: Callable[[T], str]) -> Page[T]:
    """Cut a page out of at most size + 1 rows; the extra row only tells that there are more."""
    shown = rows[:size]
    return Page(shown, mark(shown[-1]) if len(rows) > size else None)


def parse_mark(mark: str | None, parts: int) -> tuple[int, ...] | None:
    """The whole numbers of a mark like `120-45`, a row's number last; None where it is absent or not one of ours."""
    pieces = (mark or "").split("-")
    if len(pieces) != parts or not all(_is_number(piece) for piece in pieces):
        return None
    numbers = tuple(int(piece) for piece in pieces)
    is_ours = numbers[-1] <= LARGEST and all(number < 2**62 for number in numbers)
    return numbers if is_ours else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
