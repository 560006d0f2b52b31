"""The counting rules by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.voting.rules.completion import Completed, complete, usual_step
from app.voting.rules.elections import Election
from app.voting.rules.equal_shares import Shares
from app.voting.rules.greedy import Turn, most_votes, most_votes_stop, winners_of


class Method(StrEnum):
    """How the winners of an election are found."""

    MOST_VOTES = "most_votes"
    MOST_VOTES_STOP = "most_votes_stop"
    EQUAL_SHARES = "equal_shares"


@dataclass(frozen=True)
class Count:
    """The winners in the order in which they were found, with what led there: turns, or runs of equal shares."""

    method: Method
    winners: tuple[int, ...]
    turns: tuple[Turn, ...] = ()
    completed: Completed | None = None


def count(
    election: Election, method: Method, step: Fraction | None = None, shares: Shares | None = None, first: int = 0
) -> Count:
    """The count; the rest is for equal shares, where the usual step and even shares are taken from the beginning."""
    if method is Method.EQUAL_SHARES:
        completed = complete(election, step or usual_step(election), shares, first)
        return Count(method, completed.winners, completed=completed)
    turns = (most_votes if method is Method.MOST_VOTES else most_votes_stop)(election)
    return Count(method, winners_of(turns), turns)
