"""The rules once more, written down from their definitions: one voter at a time, fractions, slow, and nothing shared.

Options are numbers from 0 in the tie order; a ballot is a set of them.
"""

from collections.abc import Sequence
from fractions import Fraction

Ballots = Sequence[frozenset[int]]


def votes_of(costs: Sequence[int], ballots: Ballots) -> list[int]:
    return [len([1 for ballot in ballots if option in ballot]) for option in range(len(costs))]


def in_turn(costs: Sequence[int], ballots: Ballots) -> list[int]:
    votes = votes_of(costs, ballots)
    return sorted(range(len(costs)), key=lambda option: (-votes[option], costs[option], option))


def most_votes(costs: Sequence[int], ballots: Ballots, ceiling: int, stops: bool = False) -> list[int]:
    winners: list[int] = []
    for option in in_turn(costs, ballots):
        if sum(costs[winner] for winner in winners) + costs[option] > ceiling:
            if stops:
                break
        elif votes_of(costs, ballots)[option] > 0:
            winners.append(option)
    return winners


def equal_shares(
    costs: Sequence[int], ballots: Ballots, purses: Sequence[Fraction]
) -> tuple[list[int], list[Fraction], list[list[Fraction]]]:
    """Winners in order, their prices, and per purchase what every voter paid."""
    purses = list(purses)
    rank = {option: place for place, option in enumerate(in_turn(costs, ballots))}
    winners: list[int] = []
    prices: list[Fraction] = []
    payments: list[list[Fraction]] = []
    while True:
        offers = []
        for option in range(len(costs)):
            supporters = [voter for voter, ballot in enumerate(ballots) if option in ballot]
            if option in winners or costs[option] == 0 or not supporters:
                continue
            price = _price(costs[option], [purses[voter] for voter in supporters])
            if price is not None:
                effective = costs[option] / price
                offers.append((-effective, rank[option], option, price))
        if not offers:
            return winners, prices, payments
        _effective, _rank, option, price = min(offers)
        paid = [min(purses[voter], price) if option in ballot else Fraction(0) for voter, ballot in enumerate(ballots)]
        purses = [purse - payment for purse, payment in zip(purses, paid, strict=True)]
        winners.append(option)
        prices.append(price)
        payments.append(paid)


def _price(cost: int, purses: Sequence[Fraction]) -> Fraction | None:
    """The lowest price at which everybody who can pays it and the others pay all they have."""
    if sum(purses) < cost:
        return None
    for poor in range(len(purses)):
        ordered = sorted(purses)
        price = Fraction(cost - sum(ordered[:poor])) / (len(purses) - poor)
        if price <= ordered[poor]:
            return price
    raise AssertionError("whoever has the most can pay the rest")


def add1u(
    costs: Sequence[int],
    ballots: Ballots,
    ceiling: int,
    step: Fraction,
    start: Sequence[Fraction] | None = None,
    most_rounds: int = 5000,
) -> list[int]:
    votes = votes_of(costs, ballots)
    supported = [option for option in in_turn(costs, ballots) if votes[option] > 0]
    if spent(costs, supported) <= ceiling:
        return supported
    average = Fraction(ceiling, len(ballots))
    start = start or [average] * len(ballots)

    def run(rounds: int) -> list[int]:
        purses = [share + rounds * step * (share / average if average else 1) for share in start]
        return equal_shares(costs, ballots, purses)[0]

    winners, rounds = run(0), 0
    while rounds < most_rounds and still_fits(costs, supported, winners, ceiling):
        rounds += 1
        further = run(rounds)
        if spent(costs, further) > ceiling:
            break
        winners = further
    while more := still_fits(costs, supported, winners, ceiling):
        winners = [*winners, more[0]]
    return winners


def spent(costs: Sequence[int], options: Sequence[int]) -> int:
    return sum(costs[option] for option in options)


def still_fits(costs: Sequence[int], supported: Sequence[int], winners: Sequence[int], ceiling: int) -> list[int]:
    left = ceiling - spent(costs, winners)
    return [option for option in supported if option not in winners and costs[option] <= left]


def village_starts(
    villages: Sequence[str], people: dict[str, int], ceiling: int, most_weight: int = 3
) -> list[Fraction]:
    """Every voter's start: round after round, what is above a village's cap goes to those that are below theirs."""
    voters = {village: villages.count(village) for village in set(villages)}
    cap = {village: Fraction(most_weight * ceiling * count, len(villages)) for village, count in voters.items()}
    share: dict[str, Fraction] = {}
    while len(share) < len(voters):
        below = [village for village in voters if village not in share]
        rest = ceiling - sum(share.values())
        all_people = sum(people[village] for village in below)
        even = {village: Fraction(rest * people[village]) / all_people for village in below}
        capped = [village for village in below if even[village] > cap[village]]
        share |= {village: cap[village] for village in capped} or even
    return [share[village] / voters[village] for village in villages]
