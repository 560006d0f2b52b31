"""The other rule beside a certified result."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.voting import queries
from app.voting.queries import ContestRow, OptionRow
from app.voting.rules.comparison import LEAST_BALLOTS, Comparison, compare
from app.voting.rules.contest import ballot_number
from app.voting.rules.counting import OptionFacts
from app.voting.words import tell_why


@dataclass(frozen=True)
class Other:
    """What equal shares would have given, with a sentence for every option that fares differently."""

    result: Comparison
    changed: Sequence[tuple[str, bool, str]]


def other_rule(contest: ContestRow, options: Sequence[OptionRow]) -> Other | None:
    """None where the contest is too small: nothing of single ballots is told then."""
    if (contest.ballot_count or 0) < LEAST_BALLOTS:
        return None
    facts = [OptionFacts(option.number, option.cost) for option in options if option.number is not None]
    found = compare(facts, queries.boxed(contest.id), contest.ceiling)
    if found is None:
        return None
    titles = {option.number: option.title for option in options}
    changed = [(f"{ballot_number(n)} {titles[n]}", one.won, tell_why(one)) for n, one in found.changed]
    return Other(found, changed)
