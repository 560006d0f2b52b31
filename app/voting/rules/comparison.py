"""What another rule would have given, beside the result that counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.voting.rules.counting import OptionFacts, elect, in_drawn_order
from app.voting.rules.methods import Method, count
from app.voting.rules.reasons import Explanation, explain, without_winner

# With fewer ballots the combinations of choices, which equal shares lives on, could be somebody's.
LEAST_BALLOTS = 30


@dataclass(frozen=True)
class Comparison:
    """Equal shares beside most votes: winners, voters without any, and the options that fare differently."""

    winners: int
    left_out: int
    left_out_before: int
    changed: tuple[tuple[int, Explanation], ...]


def compare(options: Collection[OptionFacts], boxed: Mapping[tuple[int, ...], int], ceiling: int) -> Comparison | None:
    """None where there are too few ballots to look at them together."""
    drawn = in_drawn_order(options)
    election = elect(drawn, boxed, ceiling)
    if election.voters < LEAST_BALLOTS:
        return None
    before, after = count(election, Method.MOST_VOTES), count(election, Method.EQUAL_SHARES)
    differing = set(before.winners) ^ set(after.winners)
    return Comparison(
        winners=len(after.winners),
        left_out=without_winner(election, after.winners),
        left_out_before=without_winner(election, before.winners),
        changed=tuple((drawn[one.option].number, one) for one in explain(election, after) if one.option in differing),
    )
