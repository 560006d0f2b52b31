"""hasil.json: the result of a contest with everything from which it is told, and the count that it is made of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from app.voting.rules.certificates import receipts
from app.voting.rules.completion import Completed, usual_step
from app.voting.rules.contest import ballot_number
from app.voting.rules.counting import OptionResult, Outcome, Rule, Tally
from app.voting.rules.deciding import LEAST_BALLOTS, Decision, Terms, decide, eligible_of, recount
from app.voting.rules.elections import Election, gather
from app.voting.rules.equal_shares import Shares
from app.voting.rules.methods import Method
from app.voting.rules.package.ballots import PublicBallot
from app.voting.rules.package.packing import canonical, fingerprint
from app.voting.rules.reasons import Explanation, Reason, without_winner
from app.voting.rules.robustness import robustness

FORMAT = 2
DEFINITION, COUNTS, HEADS, LOG = "definisi.json", "hitungan.json", "kepala.json", "log.txt"
BALLOTS, LEAVES = "suara.pb", "terhitung.txt"
RESULT, SIGNATURE = "hasil.json", "tanda-tangan.txt"
# What the result answers for with its SHA-256; the last two only where ballots are published.
FILES = (DEFINITION, COUNTS, HEADS, LOG)
BALLOT_FILES = (BALLOTS, LEAVES)

OUTCOMES = {
    Reason.LEFT_TOO_LITTLE: Outcome.OVER_CEILING,
    Reason.ABOVE_CEILING: Outcome.OVER_CEILING,
    Reason.PURSES_TOO_EMPTY: Outcome.NOT_PAID,
    Reason.UNSUPPORTED: Outcome.NO_VOTES,
    Reason.BELOW_THRESHOLD: Outcome.BELOW_THRESHOLD,
}


@dataclass(frozen=True)
class Counted:
    """A counted contest: the rule that decided, what became of every option, and hasil.json."""

    rule: Rule
    tally: Tally
    content: bytes

    @cached_property
    def sha256(self) -> str:
        return fingerprint(self.content)


def count_contest(files: Mapping[str, bytes], ballots: Collection[PublicBallot]) -> Counted:
    """Count the ballots of suara.pb by the definition; `files` are those of the package that are made before it.

    With fewer than 30 ballots the rule is most votes, and the result has totals only.
    """
    count = _Counting(files, ballots)
    return Counted(count.rule, count.tally, canonical(count.data))


def quorum(eligible: int, percent: int) -> int:
    """Below so many voters the result says that few took part; it voids nothing."""
    return max(LEAST_BALLOTS, -(-eligible * percent // 100))


class _Counting:
    """One count, and the parts of its file."""

    def __init__(self, files: Mapping[str, bytes], ballots: Collection[PublicBallot]) -> None:
        self.files, self.ballots = files, ballots
        self.definition: Mapping[str, Any] = json.loads(files[DEFINITION])
        self.eligible = {one["code"]: one["eligible"] for one in self.definition["villages"]}
        rule = Rule(self.definition["rule"])
        is_weighted = rule is Rule.EQUAL_SHARES and self.definition["is_weighted"]
        self.terms = Terms(rule, self.definition["threshold_percent"], self.eligible if is_weighted else None)
        self.rule = self.terms.deciding(len(ballots))
        self.is_told = len(ballots) >= LEAST_BALLOTS
        self.decision = decide(self.election, self.terms, Method(self.rule.value))

    @cached_property
    def election(self) -> Election:
        """Options are counted from 0, in drawn order."""
        costs = [option["cost"] for option in self.definition["options"]]
        choices = [[number - 1 for number in ballot.choices] for ballot in self.ballots]
        return gather(costs, self.definition["ceiling"], choices, [ballot.village for ballot in self.ballots])

    @property
    def tally(self) -> Tally:
        left = {turn.option: turn.left for turn in self.decision.count.turns}
        results = tuple(
            OptionResult(
                number=one.option + 1,
                cost=self.election.costs[one.option],
                votes=self.election.votes[one.option],
                outcome=Outcome.WON if one.won else OUTCOMES[one.reason],
                left=left.get(one.option),
            )
            for one in self.decision.explanations
        )
        return Tally(self.election.ceiling, self.election.voters, results)

    @property
    def data(self) -> dict[str, object]:
        names = (*FILES, *BALLOT_FILES) if self.is_told else FILES
        return {
            "format": FORMAT,
            "contest": self.definition["contest"],
            "planned_rule": self.terms.rule.value,
            "ballots": self.election.voters,
            "ceiling": self.election.ceiling,
            "votes_needed": self.terms.votes_needed(self.election.voters),
            "turnout": self._turnout(),
            "result": told_of(self.election, self.decision, is_told=self.is_told),
            "files": {name: fingerprint(self.files[name]) for name in names},
            **(self._details() if self.is_told else {}),
        }

    def _turnout(self) -> dict[str, object]:
        """Who took part, by village as the roll has it; whether they were enough is a label and nothing more."""
        counts = json.loads(self.files[COUNTS])
        voted = sum(entry[channel] for entry in counts["roll"] for channel in ("internet", "assisted", "paper"))
        eligible = sum(self.eligible.values())
        needed = quorum(eligible, self.definition["quorum_percent"])
        whole = {"eligible": eligible, "voted": voted, "needed": needed, "is_enough": int(voted >= needed)}
        return whole | {"invalid_paper": counts["invalid_paper"]}

    def _details(self) -> dict[str, object]:
        """What is told only where nobody stands out."""
        other = Method.EQUAL_SHARES if self.rule is Rule.MOST_VOTES else Method.MOST_VOTES
        return {
            "other": told_of(self.election, decide(self.election, self.terms, other), is_told=True),
            "groups": self._votes_by("village"),
            "channels": self._votes_by("channel"),
            "robustness": self._robustness(),
        }

    def _votes_by(self, place: str) -> list[dict[str, object]]:
        """Ballots and votes of each group of villages, or of each channel, where they are told apart."""
        ballots: Counter[str] = Counter(getattr(ballot, place) for ballot in self.ballots)
        if set(ballots) == {""}:
            return []
        votes = Counter((getattr(ballot, place), number) for ballot in self.ballots for number in ballot.choices)
        numbers = range(1, len(self.election.costs) + 1)
        return [
            {
                place: mark,
                "ballots": ballots[mark],
                "votes": {ballot_number(number): votes[mark, number] for number in numbers},
                **({"eligible": eligible_of(mark, self.eligible)} if place == "village" else {}),
            }
            for mark in sorted(ballots)
        ]

    def _robustness(self) -> dict[str, object]:
        """Drawn by the definition's SHA-256, so that nobody could choose the draw, and anybody can repeat it."""
        seed, counted = fingerprint(self.files[DEFINITION]), self.decision.count
        found = robustness(self.election, lambda fewer: recount(fewer, self.terms, counted), seed)
        wins = {_code(option): times for option, times in enumerate(found.wins)}
        return {"recounts": found.recounts, "removed": found.removed, "same": found.same, "wins": wins}


def told_of(election: Election, decision: Decision, *, is_told: bool) -> dict[str, object]:
    """The winners by one rule, and the reason and figures of every option."""
    count = decision.count
    cost = election.cost_of(count.winners)
    told: dict[str, object] = {
        "rule": count.method.value,
        "winners": [_code(option) for option in count.winners],
        "total_cost": cost,
        "left": election.ceiling - cost,
        "options": {_code(one.option): _facts(one) for one in decision.explanations},
    }
    if is_told:
        told["without_winner"] = without_winner(election, count.winners)
    return told | (_shares(decision, count.completed) if count.completed else {})


def _shares(decision: Decision, completed: Completed) -> dict[str, object]:
    """How equal shares came about: what everybody had to begin with and in the end, and who paid how much."""
    election = decision.election
    paid = receipts(election, completed.shares, completed.purchases)
    return {
        "step": int(usual_step(election)),
        "rounds": completed.rounds,
        "stop": completed.stop,
        "start": _by_group(election, decision.start),
        "shares": _by_group(election, completed.shares),
        "payments": {_code(one.option): [[str(sum_), voters] for sum_, voters in one.payments] for one in paid},
    }


def _by_group(election: Election, shares: Shares) -> dict[str, str]:
    """Rupiah for each voter, by group of villages; the same everywhere, it stands under no name."""
    money = [str(Fraction(one, shares.scale)) for one in shares.money]
    if len(set(money)) == 1:
        return {"": money[0]}
    return {group.village: one for group, one in zip(election.groups, money, strict=True)}


def _facts(why: Explanation) -> dict[str, object]:
    figures = {name: str(value) if isinstance(value, Fraction) else value for name, value in why.figures.items()}
    return {"won": int(why.won), "reason": why.reason.value, **figures}


def _code(option: int) -> str:
    return ballot_number(option + 1)
