"""The payment certificate: who paid what for every winner, to be checked without trusting the count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.voting.rules.elections import Election
from app.voting.rules.equal_shares import Purchase, Shares


@dataclass(frozen=True)
class Receipt:
    """A purchase as a list for a calculator: how many voters paid which amount, the highest first."""

    option: int
    price: Fraction
    payments: tuple[tuple[Fraction, int], ...]

    @property
    def total(self) -> Fraction:
        return sum((amount * voters for amount, voters in self.payments), Fraction(0))


def receipts(election: Election, shares: Shares, purchases: Sequence[Purchase]) -> tuple[Receipt, ...]:
    """The payments, found again from nothing but the shares and the prices: everybody pays the price or what is left.

    Only supporters appear in a receipt, and nobody in it pays more than they have.
    """
    purses = [Fraction(money, shares.scale) for money in shares.money]
    found = []
    for purchase in purchases:
        paid: Counter[Fraction] = Counter()
        for place, voters in election.supporters[purchase.option]:
            amount = min(purses[place], purchase.price)
            purses[place] -= amount
            paid[amount] += voters
        payments = tuple(sorted(((amount, voters) for amount, voters in paid.items() if amount), reverse=True))
        found.append(Receipt(purchase.option, purchase.price, payments))
    return tuple(found)


def refuse_receipts(election: Election, found: Sequence[Receipt]) -> int | None:
    """The first option whose payments do not add up to its cost exactly."""
    return next((one.option for one in found if one.total != election.costs[one.option]), None)
