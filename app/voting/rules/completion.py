"""Completing equal shares (Add1U): greater shares step by step while the ceiling holds, then what still fits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from app.voting.rules.elections import Election
from app.voting.rules.equal_shares import Purchase, Purses, Run, Shares, equal_shares, even_shares
from app.voting.rules.greedy import fill

MOST_ROUNDS = 5000

# Why the shares were not raised any further.
ALL_FIT = "all_fit"
EXHAUSTIVE = "exhaustive"
OVERSPENDS = "overspends"
ROUNDS = "rounds"


@dataclass(frozen=True)
class Completed:
    """The last run within the ceiling, its shares, how often they were raised, and what was filled in after it."""

    shares: Shares
    rounds: int
    stop: str
    run: Run
    filled: tuple[int, ...]

    @property
    def purchases(self) -> tuple[Purchase, ...]:
        return self.run.purchases

    @property
    def winners(self) -> tuple[int, ...]:
        return self.run.winners + self.filled


def usual_step(election: Election, unit: int = 1) -> Fraction:
    """A hundredth of the starting share in whole units of money, at least one; `unit` is how many parts a unit has."""
    return Fraction(unit * max(1, election.ceiling // (unit * 100 * max(1, election.voters))))


def exact_step(election: Election) -> Fraction:
    """A hundredth of the starting share, to the fraction."""
    return Fraction(election.ceiling, 100 * max(1, election.voters))


def complete(election: Election, step: Fraction, shares: Shares | None = None, first: int = 0) -> Completed:
    """The winners by equal shares, completed.

    Shares are raised by `step` a voter as long as something supported would still fit and the next run keeps within
    the ceiling. Unequal shares are raised in proportion, by `step` on average, so that villages keep their weight.
    Where everything supported fits, everything supported wins. A recount that begins at the round at which the count
    has ended (`first`) is spared the way there: it goes back while it overspends, then on as always.
    """
    start = shares or even_shares(election)
    nothing = Run((), Purses(election, start))
    if election.cost_of(election.supported) <= election.ceiling:
        return Completed(start, 0, ALL_FIT, nothing, election.supported)
    if election.ceiling == 0:
        return Completed(start, 0, OVERSPENDS, nothing, fill(election, ()))
    raised, stop = _raise(election, step, start, first)
    growth, run = raised
    return Completed(start.grown(_growth(election, step, growth)), growth, stop, run, fill(election, run.winners))


def _raise(election: Election, step: Fraction, start: Shares, first: int) -> tuple[tuple[int, Run], str]:
    def run_of(rounds: int) -> Run:
        return equal_shares(election, start.grown(_growth(election, step, rounds)))

    rounds, run = first, run_of(first)
    while election.cost_of(run.winners) > election.ceiling:
        rounds, run = rounds - 1, run_of(rounds - 1)
    while rounds < MOST_ROUNDS:
        if is_exhaustive(election, run.winners):
            return (rounds, run), EXHAUSTIVE
        next_round = _next_round(election, step, start, rounds, run)
        further = run_of(next_round)
        if election.cost_of(further.winners) > election.ceiling:
            last = next_round - 1
            return (last, run if last == rounds else run_of(last)), OVERSPENDS
        rounds, run = next_round, further
    return (rounds, run), ROUNDS


def _next_round(election: Election, step: Fraction, start: Shares, rounds: int, run: Run) -> int:
    """The next round that can end otherwise than this one; those between would give the same winners."""
    growth = _growth(election, step, rounds)
    same_below = unchanged_below(election, start.grown(growth), run)
    if same_below == 1:
        return rounds + 1
    if same_below is None:
        return MOST_ROUNDS
    needed = (same_below * growth - 1) * Fraction(election.ceiling, election.voters)
    return min(MOST_ROUNDS, max(rounds + 1, -(-needed // step)))


def unchanged_below(election: Election, shares: Shares, run: Run) -> Fraction | None:
    """How many times the shares may be multiplied, short of the answer, without another result; None is for ever.

    Where every supporter of every winner has paid the full price, winners were bought in ranked order and would be
    again with more. A loser then stays one as long as its supporters, after the winners ranked before it, are short
    of its cost. In all other cases the answer is 1: nothing is known.
    """
    prices = {purchase.option: purchase.price for purchase in run.purchases}
    if any(purchase.payers < election.votes[purchase.option] for purchase in run.purchases):
        return Fraction(1)
    paid, limits = [Fraction(0)] * len(election.groups), []
    for option in election.supported:
        supporters = election.supporters[option]
        if option in prices:
            for place, _voters in supporters:
                paid[place] += prices[option]
        elif election.costs[option] > 0:
            need = election.costs[option] + sum(paid[place] * voters for place, voters in supporters)
            have = sum(shares.money[place] * voters for place, voters in supporters)
            limits.append(need * Fraction(shares.scale, have))
    return max(Fraction(1), min(limits)) if limits else None


def _growth(election: Election, step: Fraction, rounds: int) -> Fraction:
    """How many times the starting shares: 1 + rounds × step ÷ average share."""
    return 1 + rounds * step * Fraction(election.voters, election.ceiling)


def is_exhaustive(election: Election, winners: Collection[int]) -> bool:
    """Whether nothing supported would still fit; what costs nothing always does, until it is filled in."""
    left = election.ceiling - election.cost_of(winners)
    return all(option in winners or election.costs[option] > left for option in election.supported)
