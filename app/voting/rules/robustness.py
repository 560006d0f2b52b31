"""How firm a result is: recounts without a few ballots, drawn so that anybody can draw the same."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate

from app.voting.rules.elections import Election

RECOUNTS = 200
REMOVED_PERCENT = 2


@dataclass(frozen=True)
class Robustness:
    """In how many recounts the same options won, and per option in how many it won."""

    recounts: int
    removed: int
    same: int
    wins: tuple[int, ...]


def robustness(
    election: Election, winners: Callable[[Election], Sequence[int]], seed: str, recounts: int = RECOUNTS
) -> Robustness:
    """Count again without 2 % of the ballots, at least one, drawn by the seed."""
    removed = min(election.voters, max(1, election.voters * REMOVED_PERCENT // 100))
    usual, same, wins = set(winners(election)), 0, Counter[int]()
    for number in range(recounts):
        found = set(winners(without(election, removed, f"{seed}:{number}")))
        same += found == usual
        wins.update(found)
    return Robustness(recounts, removed, same, tuple(wins[option] for option in range(len(election.costs))))


def without(election: Election, removed: int, seed: str) -> Election:
    """The election without so many ballots; ballots lie in the order of the groups."""
    ends = list(accumulate(group.voters for group in election.groups))
    gone = Counter(bisect_right(ends, ballot) for ballot in _draw(removed, election.voters, seed))
    left = (group._replace(voters=group.voters - gone[place]) for place, group in enumerate(election.groups))
    return Election(election.costs, tuple(group for group in left if group.voters), election.ceiling)


def _draw(count: int, total: int, seed: str) -> set[int]:
    """So many different numbers below the total, all sets of them equally likely (Floyd's way)."""
    numbers, drawn = _numbers(seed), set[int]()
    for last in range(total - count, total):
        number = _below(last + 1, numbers)
        drawn.add(last if number in drawn else number)
    return drawn


def _numbers(seed: str) -> Iterator[int]:
    """Whole numbers below 2^64: the first eight bytes of SHA-256 of the seed and 0, 1, 2 …"""
    counter = 0
    while True:
        yield int.from_bytes(sha256(f"{seed}:{counter}".encode()).digest()[:8], "big")
        counter += 1


def _below(bound: int, numbers: Iterator[int]) -> int:
    """The next number below the bound; those that would make small ones likelier are passed over."""
    fair = 2**64 - 2**64 % bound
    return next(number for number in numbers if number < fair) % bound
