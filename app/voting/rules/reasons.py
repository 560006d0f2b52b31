"""Why each option has won or not: the facts for a sentence that a layperson can check."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import takewhile
from math import ceil

from app.voting.rules.completion import ALL_FIT, Completed
from app.voting.rules.elections import Election
from app.voting.rules.greedy import Turn
from app.voting.rules.methods import Count, Method


class Reason(StrEnum):
    """What became of an option."""

    FITTED = "fitted"
    LEFT_TOO_LITTLE = "left_too_little"
    ABOVE_CEILING = "above_ceiling"
    STOPPED = "stopped"
    BOUGHT = "bought"
    BOUGHT_EVENLY = "bought_evenly"
    FILLED = "filled"
    ALL_FITTED = "all_fitted"
    PURSES_TOO_EMPTY = "purses_too_empty"
    UNSUPPORTED = "unsupported"
    BELOW_THRESHOLD = "below_threshold"


@dataclass(frozen=True)
class Explanation:
    """The reason and its figures: whole numbers of voters and exact money."""

    option: int
    won: bool
    reason: Reason
    figures: Mapping[str, int | Fraction]


def explain(election: Election, count: Count) -> tuple[Explanation, ...]:
    """Winners in the order in which they won, then losers, the most voted first."""
    if count.completed is None:
        found = {turn.option: _of_turn(election, count, turn) for turn in count.turns}
    else:
        found = {option: _of_shares(election, count.completed, option) for option in election.ranked}
    losers = [option for option in election.ranked if option not in count.winners]
    return tuple(found[option] for option in (*count.winners, *losers))


def without_winner(election: Election, winners: Collection[int]) -> int:
    """How many voters have chosen none of the winners."""
    return sum(group.voters for group in election.groups if not any(option in winners for option in group.choices))


def _of_turn(election: Election, count: Count, turn: Turn) -> Explanation:
    votes, cost = election.votes[turn.option], election.costs[turn.option]
    figures: dict[str, int | Fraction] = {"votes": votes, "cost": cost, "left": turn.left}
    if turn.won:
        return Explanation(turn.option, True, Reason.FITTED, figures)
    if not votes:
        return Explanation(turn.option, False, Reason.UNSUPPORTED, figures)
    if cost > election.ceiling:
        return Explanation(turn.option, False, Reason.ABOVE_CEILING, figures | {"missing": cost - election.ceiling})
    figures |= {"more": _votes_more(election, count, turn.option), "missing": max(0, cost - turn.left)}
    was_stopped = count.method is Method.MOST_VOTES_STOP and cost <= turn.left
    return Explanation(turn.option, False, Reason.STOPPED if was_stopped else Reason.LEFT_TOO_LITTLE, figures)


def _votes_more(election: Election, count: Count, loser: int) -> int:
    """How many votes more would have given it an earlier turn, at which it still fitted."""
    votes, cost = election.votes[loser], election.costs[loser]
    ahead = next(turn for turn in reversed(_turns_before(count, loser)) if cost <= turn.left)
    comes_first = (cost, loser) < (election.costs[ahead.option], ahead.option)
    return election.votes[ahead.option] - votes + (0 if comes_first else 1)


def _turns_before(count: Count, loser: int) -> list[Turn]:
    """The turns before the option's own; where the first that does not fit ends the count, up to that one."""
    before = list(takewhile(lambda turn: turn.option != loser, count.turns))
    if count.method is Method.MOST_VOTES_STOP:
        won = list(takewhile(lambda turn: turn.won, before))
        return before[: len(won) + 1]
    return before


def _of_shares(election: Election, completed: Completed, option: int) -> Explanation:
    votes, cost = election.votes[option], election.costs[option]
    figures: dict[str, int | Fraction] = {"votes": votes, "cost": cost}
    if not votes:
        return Explanation(option, False, Reason.UNSUPPORTED, figures)
    for round_, purchase in enumerate(completed.purchases, 1):
        if purchase.option == option:
            figures |= {"round": round_, "price": purchase.price, "payers": purchase.payers}
            reason = Reason.BOUGHT_EVENLY if purchase.payers == votes else Reason.BOUGHT
            return Explanation(option, True, reason, figures)
    if option in completed.filled:
        was_needless = completed.stop == ALL_FIT
        return Explanation(option, True, Reason.ALL_FITTED if was_needless else Reason.FILLED, figures)
    behind = completed.run.left[option]
    missing = cost - behind
    figures |= {"behind": behind, "percent": 100 * behind // cost, "missing": missing}
    return Explanation(
        option, False, Reason.PURSES_TOO_EMPTY, figures | {"more": _supporters_more(election, completed, missing)}
    )


def _supporters_more(election: Election, completed: Completed, missing: Fraction) -> int:
    """About how many supporters more, each with a full average share, would have paid what is missing."""
    everything = sum(group.voters * money for group, money in zip(election.groups, completed.shares.money, strict=True))
    if everything == 0:
        return 0
    return ceil(missing * Fraction(election.voters * completed.shares.scale, everything))
