"""The score of an innovation: what counts, what may count, what is missing, and what would raise it most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.maturity.rules.evidence import State
from app.maturity.rules.indicators import MOST_LEVEL


@dataclass(frozen=True)
class Standing:
    """An indicator with the evidence that an innovation has for it; without any, `state` is None."""

    number: int
    weight: int
    is_required: bool
    state: State | None = None
    claimed: int = 0
    accepted: int = 0

    @property
    def counts(self) -> int:
        """Points that count now."""
        return self.weight * self.accepted

    @property
    def reached(self) -> int:
        """The level that is accepted, or will be if the reviewer agrees."""
        return self.claimed if self.state is State.WAITING else self.accepted

    @property
    def gain(self) -> int:
        """Points that better evidence would add beyond that."""
        return self.weight * (MOST_LEVEL - self.reached)


@dataclass(frozen=True)
class Score:
    """0 to 111 in 2026: what counts, and what would if all that waits were accepted."""

    counts: int
    if_accepted: int
    most: int
    missing: tuple[int, ...]


def score_of(standings: Sequence[Standing]) -> Score:
    return Score(
        counts=sum(one.counts for one in standings),
        if_accepted=sum(one.weight * one.reached for one in standings),
        most=sum(one.weight * MOST_LEVEL for one in standings),
        missing=tuple(one.number for one in standings if one.is_required and not one.accepted),
    )


def raising(standings: Iterable[Standing]) -> list[Standing]:
    """Those for which better evidence would raise the score, the most first; among equals in their order."""
    return sorted((one for one in standings if one.gain), key=lambda one: (-one.gain, one.number))
