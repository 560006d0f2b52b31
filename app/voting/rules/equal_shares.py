"""Equal shares ("patungan setara"): every voter has a purse, and the supporters of an option buy it together.

The next option is the one whose supporters get most for their money: they pay the same price each, whoever has less
gives what is left, and cost ÷ price is the number of *effective votes*. All money is kept as whole numbers over one
common denominator, which grows where a price does not come out even; nothing is ever rounded.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import gcd
from operator import mul
from typing import NamedTuple

from app.voting.rules.elections import Backers, Election

# Bounds on effective votes are kept as whole numbers of 1/2^64 vote, rounded up: close enough to order the visits.
BITS = 64
EMPTY = 0


@dataclass(frozen=True)
class Shares:
    """What every voter of a group may spend: money[place of the group] / scale."""

    money: tuple[int, ...]
    scale: int

    def grown(self, growth: Fraction) -> Shares:
        """Every share multiplied."""
        return Shares(tuple(money * growth.numerator for money in self.money), self.scale * growth.denominator)


@dataclass(frozen=True)
class Purchase:
    """An option that its supporters have bought; `payers` paid the full price, the others what they had left."""

    option: int
    price: Fraction
    payers: int
    effective: Fraction


@dataclass(frozen=True)
class Run:
    """All purchases in order, and the purses after the last one."""

    purchases: tuple[Purchase, ...]
    purses: Purses = field(compare=False, repr=False)

    @cached_property
    def left(self) -> tuple[Fraction, ...]:
        """Per option what its supporters have left, all together."""
        return self.purses.left()

    @property
    def winners(self) -> tuple[int, ...]:
        return tuple(purchase.option for purchase in self.purchases)


def even_shares(election: Election) -> Shares:
    """The same for everybody: ceiling ÷ voters."""
    return Shares((election.ceiling,) * len(election.groups), max(1, election.voters))


def equal_shares(election: Election, shares: Shares) -> Run:
    """Buy until no group of supporters can pay for another option; nothing with a cost of zero is bought."""
    purses = Purses(election, shares)
    rank = {option: place for place, option in enumerate(election.ranked)}
    bounds = {option: election.votes[option] << BITS for option in election.supported if election.costs[option] > 0}
    purchases = []
    while best := _best_offer(purses, bounds, rank):
        purchases.append(purses.buy(best))
        del bounds[best.option]
    return Run(tuple(purchases), purses)


class _Offer(NamedTuple):
    """What supporters could do now: `payers` share `need` (in parts of the common denominator), the poor the rest.

    `standing` says how many supporters stand on which level.
    """

    option: int
    cost: int
    need: int
    payers: int
    standing: dict[int, int]

    def beats(self, other: _Offer, rank: dict[int, int]) -> bool:
        """More effective votes, cost × payers ÷ need; or as many and before it in the ranking."""
        mine, theirs = self.cost * self.payers * other.need, other.cost * other.payers * self.need
        return mine > theirs or (mine == theirs and rank[self.option] < rank[other.option])


def _best_offer(purses: Purses, bounds: dict[int, int], rank: dict[int, int]) -> _Offer | None:
    """The offer with most effective votes; forgets the options that supporters can never pay for any more.

    Purses only get emptier, so an option's effective votes never grow: its last ones bound the next.
    """
    best, most = None, 0
    for option in sorted(bounds, key=lambda option: (-bounds[option], rank[option])):
        if bounds[option] < most:
            break
        offer = purses.offer(option)
        if offer is None:
            del bounds[option]
            continue
        effective = (offer.cost * offer.payers * purses.scale) << BITS
        bounds[option] = -(-effective // offer.need)
        if best is None or offer.beats(best, rank):
            best, most = offer, effective // offer.need
    return best


class Purses:
    """What is left to whom: voters with the same money left are on the same level, level 0 has nothing."""

    def __init__(self, election: Election, shares: Shares) -> None:
        self.election, self.scale = election, shares.scale
        self.levels = [0, *sorted({money for money in shares.money if money})]
        place = {money: level for level, money in enumerate(self.levels)}
        self.level_of = [place[money] for money in shares.money]
        self.backers = list(election.backers)

    def offer(self, option: int) -> _Offer | None:
        """None where the supporters have less than the cost, all together."""
        standing, levels = self._standing(option), self.levels
        cost, payers = self.election.costs[option], sum(standing.values())
        need = cost * self.scale
        if sum(map(mul, map(levels.__getitem__, standing), standing.values())) < need:
            return None
        for level in sorted(standing, key=levels.__getitem__):
            if levels[level] * payers >= need:
                break
            need -= levels[level] * standing[level]
            payers -= standing[level]
        return _Offer(option, cost, need, payers, standing)

    def buy(self, offer: _Offer) -> Purchase:
        effective = Fraction(offer.cost * offer.payers * self.scale, offer.need)
        price = self._even(offer.need, offer.payers)
        moves = {EMPTY: EMPTY}
        for level in offer.standing:
            left = self.levels[level] - price
            moves[level] = len(self.levels) if left > 0 else EMPTY
            if left > 0:
                self.levels.append(left)
        level_of = self.level_of
        singles, crowds = self.backers[offer.option]
        for place in singles:
            level_of[place] = moves[level_of[place]]
        for place, _voters in crowds:
            level_of[place] = moves[level_of[place]]
        return Purchase(offer.option, Fraction(price, self.scale), offer.payers, effective)

    def left(self) -> tuple[Fraction, ...]:
        totals = (
            sum(self.levels[level] * voters for level, voters in self._standing(option).items())
            for option in range(len(self.backers))
        )
        return tuple(Fraction(total, self.scale) for total in totals)

    def _standing(self, option: int) -> dict[int, int]:
        """How many supporters stand on which level; those with nothing left are forgotten for good."""
        level_of = self.level_of
        singles, crowds = self.backers[option]
        standing = Counter(map(level_of.__getitem__, singles))
        for place, voters in crowds:
            standing[level_of[place]] += voters
        if standing.pop(EMPTY, 0):
            self.backers[option] = Backers(
                [place for place in singles if level_of[place]],
                [entry for entry in crowds if level_of[entry[0]]],
            )
        return standing

    def _even(self, need: int, payers: int) -> int:
        """The price of each payer, after making the common denominator fine enough for it."""
        factor = payers // gcd(need, payers)
        if factor > 1:
            self.scale *= factor
            self.levels = [money * factor for money in self.levels]
        return need * factor // payers
