"""Movers: how rooms bring what hangs on a thing to another one when the two are united, and back again."""

from collections.abc import Collection
from typing import Protocol


class Mover(Protocol):
    """Moves one kind of row (supports, follows, comments), known by its key within the kind."""

    kind: str

    def unite(self, from_id: int, into_id: int, only: Collection[int] | None = None) -> Collection[int]:
        """Bring everything over (or only these keys) that is not there yet; the keys of what was brought."""

    def separate(self, from_id: int, into_id: int, brought: Collection[int]) -> Collection[int]:
        """Take what was brought away again, but for what is the other one's own by now; the keys of what went."""


_movers: dict[str, list[Mover]] = {}


def moves(thing: str, mover: Mover) -> None:
    """Register a mover for things of this name."""
    known = _movers.setdefault(thing, [])
    if mover.kind not in [one.kind for one in known]:
        known.append(mover)


def movers_of(thing: str) -> tuple[Mover, ...]:
    return tuple(_movers.get(thing, ()))
