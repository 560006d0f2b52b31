"""Most votes first: each option has its turn, and wins when it still fits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.voting.rules.elections import Election


@dataclass(frozen=True)
class Turn:
    """An option at its turn, with what was left of the ceiling then."""

    option: int
    left: int
    won: bool


def most_votes(election: Election) -> tuple[Turn, ...]:
    """Every option in ranked order; one that does not fit is skipped, and one without a vote never wins."""
    return _turns(election, stops=False)


def most_votes_stop(election: Election) -> tuple[Turn, ...]:
    """As `most_votes`, but nothing wins after the first option that does not fit."""
    return _turns(election, stops=True)


def _turns(election: Election, *, stops: bool) -> tuple[Turn, ...]:
    turns, left, is_over = [], election.ceiling, False
    for option in election.ranked:
        fits = election.costs[option] <= left
        is_over = is_over or (stops and not fits)
        won = fits and not is_over and election.votes[option] > 0
        turns.append(Turn(option, left, won))
        left -= election.costs[option] if won else 0
    return tuple(turns)


def winners_of(turns: Collection[Turn]) -> tuple[int, ...]:
    return tuple(turn.option for turn in turns if turn.won)


def fill(election: Election, chosen: Collection[int]) -> tuple[int, ...]:
    """What still fits beside the chosen options, by most votes."""
    left, filled = election.ceiling - election.cost_of(chosen), []
    for option in election.supported:
        if option not in chosen and election.costs[option] <= left:
            filled.append(option)
            left -= election.costs[option]
    return tuple(filled)
