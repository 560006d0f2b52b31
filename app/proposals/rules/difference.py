"""What has changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORD = re.compile(r"\s+|\S+")


class Mark(StrEnum):
    """What has become of a piece."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Words and blanks that share a fate."""

    mark: Mark
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order: what is gone stands before what has come in its place."""
    old, new = WORD.findall(before), WORD.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Mark.SAME, "".join(old[a:b])))
        else:
            pieces += [Piece(Mark.GONE, "".join(old[a:b])), Piece(Mark.NEW, "".join(new[c:d]))]
    return [piece for piece in pieces if piece.text]


def likeness(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, the same."""
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
