"""The count of a contest, with what became of every option."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.voting.rules import greedy
from app.voting.rules.elections import Election, assemble


class Rule(StrEnum):
    """How winners are found; fixed when the contest is prepared."""

    MOST_VOTES = "most_votes"
    EQUAL_SHARES = "equal_shares"


class Outcome(StrEnum):
    """What became of an option; also the reason in a word.

    By equal shares, what the supporters of a losing option had left did not pay for it.
    """

    WON = "won"
    OVER_CEILING = "over_ceiling"
    NO_VOTES = "no_votes"
    BELOW_THRESHOLD = "below_threshold"
    NOT_PAID = "not_paid"


@dataclass(frozen=True)
class OptionFacts:
    """What counting asks of an option: the drawn number, which also breaks ties, and the cost in rupiah."""

    number: int
    cost: int


@dataclass(frozen=True)
class OptionResult:
    """An option after the count; `left` is what was left of the ceiling when its turn came, where options had turns."""

    number: int
    cost: int
    votes: int
    outcome: Outcome
    left: int | None

    @property
    def short(self) -> int:
        """How many rupiah were missing at its turn."""
        return 0 if self.left is None else max(0, self.cost - self.left)


@dataclass(frozen=True)
class Tally:
    """The count of a contest; `results` in the order in which the options had their turn."""

    ceiling: int
    ballots: int
    results: tuple[OptionResult, ...]

    @property
    def winners(self) -> tuple[int, ...]:
        return tuple(result.number for result in self.results if result.outcome is Outcome.WON)

    @property
    def left(self) -> int:
        """What the winners leave of the ceiling."""
        return self.ceiling - sum(result.cost for result in self.results if result.outcome is Outcome.WON)


def most_votes(options: Collection[OptionFacts], ballots: Iterable[Collection[int]], ceiling: int) -> Tally:
    """Most votes first, then the cheaper, then the lower number: each wins that fits into what is left.

    An option that does not fit is skipped, and one without a vote never wins.
    """
    drawn = in_drawn_order(options)
    election = elect(drawn, Counter(tuple(sorted(set(choices))) for choices in ballots), ceiling)
    results = [_result(drawn[turn.option], election.votes[turn.option], turn) for turn in greedy.most_votes(election)]
    return Tally(ceiling, election.voters, tuple(results))


def in_drawn_order(options: Iterable[OptionFacts]) -> list[OptionFacts]:
    return sorted(options, key=lambda option: option.number)


def elect(drawn: Sequence[OptionFacts], boxed: Mapping[tuple[int, ...], int], ceiling: int) -> Election:
    """The election of a contest, from its options in drawn order and how often each set of choices is in the box."""
    place = {option.number: at for at, option in enumerate(drawn)}
    counted = Counter({("", tuple(place[number] for number in choices)): voters for choices, voters in boxed.items()})
    return assemble([option.cost for option in drawn], ceiling, counted)


def _result(option: OptionFacts, votes: int, turn: greedy.Turn) -> OptionResult:
    lost = Outcome.OVER_CEILING if votes else Outcome.NO_VOTES
    return OptionResult(option.number, option.cost, votes, Outcome.WON if turn.won else lost, turn.left)
