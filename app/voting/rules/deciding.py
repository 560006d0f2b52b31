"""What decides a contest: its rule with its threshold and its villages, or most votes where there are few ballots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.voting.rules.counting import Rule
from app.voting.rules.elections import Election, assemble
from app.voting.rules.equal_shares import Shares, even_shares
from app.voting.rules.methods import Count, Method, count
from app.voting.rules.reasons import Explanation, Reason, explain
from app.voting.rules.shares import village_shares

# With fewer ballots the combinations of choices, which equal shares lives on, could be somebody's.
LEAST_BALLOTS = 30
# A threshold in percent never means less than this.
LEAST_VOTES = 5
# How the codes of the villages of one group are joined.
JOINED = "+"


@dataclass(frozen=True)
class Terms:
    """What was frozen about counting; `eligible` is None where villages do not weigh, else people by village code."""

    rule: Rule
    threshold_percent: int = 0
    eligible: Mapping[str, int] | None = None

    def deciding(self, ballots: int) -> Rule:
        return self.rule if ballots >= LEAST_BALLOTS else Rule.MOST_VOTES

    def votes_needed(self, ballots: int) -> int:
        """How many votes an option needs to take part, rounded up; none where there is no threshold."""
        return max(LEAST_VOTES, -(-ballots * self.threshold_percent // 100)) if self.threshold_percent else 0


@dataclass(frozen=True)
class Decision:
    """A count under the terms; its `election` is without the votes for options below the threshold."""

    election: Election
    count: Count
    explanations: tuple[Explanation, ...]
    start: Shares


def decide(election: Election, terms: Terms, method: Method) -> Decision:
    """Count by this method; what is below the threshold is not counted, and who chose only that keeps their share."""
    barred = _barred(election, terms)
    counted = _without(election, barred)
    start = shares_of(counted, terms)
    found = count(counted, method, shares=start)
    needed = terms.votes_needed(election.voters)
    told = {one.option: one for one in explain(counted, found)}
    told |= {option: _below(election, option, needed) for option in barred}
    losers = [option for option in election.ranked if option not in found.winners]
    return Decision(counted, found, tuple(told[option] for option in (*found.winners, *losers)), start)


def recount(election: Election, terms: Terms, counted: Count) -> tuple[int, ...]:
    """The winners among fewer ballots; equal shares begin at the round at which the count has ended."""
    left = _without(election, _barred(election, terms))
    first = counted.completed.rounds if counted.completed else 0
    return count(left, counted.method, shares=shares_of(left, terms), first=first).winners


def shares_of(election: Election, terms: Terms) -> Shares:
    """The shares to begin with: even, or by the eligible people of each group of villages, at least its voters."""
    if terms.eligible is None or not election.voters:
        return even_shares(election)
    voters: Counter[str] = Counter()
    for group in election.groups:
        voters[group.village] += group.voters
    people = {village: max(count, eligible_of(village, terms.eligible)) for village, count in voters.items()}
    return village_shares(election, people)


def eligible_of(group: str, eligible: Mapping[str, int]) -> int:
    """The eligible people of a group of villages; without a name it is all of them."""
    return sum(eligible.get(village, 0) for village in group.split(JOINED)) if group else sum(eligible.values())


def _barred(election: Election, terms: Terms) -> set[int]:
    needed = terms.votes_needed(election.voters)
    return {option for option in election.supported if election.votes[option] < needed}


def _without(election: Election, barred: set[int]) -> Election:
    if not barred:
        return election
    left: Counter[tuple[str, tuple[int, ...]]] = Counter()
    for group in election.groups:
        left[group.village, tuple(option for option in group.choices if option not in barred)] += group.voters
    return assemble(election.costs, election.ceiling, left)


def _below(election: Election, option: int, needed: int) -> Explanation:
    votes = election.votes[option]
    figures = {"votes": votes, "cost": election.costs[option], "needed": needed, "more": needed - votes}
    return Explanation(option, False, Reason.BELOW_THRESHOLD, figures)
