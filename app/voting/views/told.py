"""A counted result as pages and documents tell it: everything out of hasil.json and the frozen definition."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.i18n.catalogues import _, words
from app.i18n.formats import number, rupiah
from app.voting.queries import Published
from app.voting.rules.contest import ballot_number
from app.voting.rules.counting import Rule
from app.voting.rules.methods import Method
from app.voting.rules.package.told import explanations
from app.voting.rules.reasons import Explanation
from app.voting.words import RULES, tell_why

CHANNELS = ("internet", "assisted", "paper")
# With more villages those of a kecamatan are told together.
MOST_VILLAGES = 25


@dataclass(frozen=True)
class ToldOption:
    """An option after the count, and how it fares under the other rule."""

    number: int
    title: str
    proposal: str
    village: str
    cost: int
    votes: int
    won: bool
    sentence: str
    won_other: bool | None = None
    sentence_other: str = ""

    @property
    def differs(self) -> bool:
        return self.won_other is not None and self.won_other != self.won


@dataclass(frozen=True)
class Payment:
    """The receipt of a winner: so many have paid the price, and the others, together, what they had left."""

    code: str
    title: str
    cost: int
    price: str
    payers: int
    others: int
    rest: str


@dataclass(frozen=True)
class TurnoutRow:
    """A village, or a kecamatan in a large contest, with those who took part, by channel."""

    name: str
    eligible: int
    by_channel: Sequence[int]

    @property
    def voted(self) -> int:
        return sum(self.by_channel)


@dataclass(frozen=True)
class VotesRow:
    """A group of villages or a channel, with its ballots and the votes of each option as text."""

    name: str
    ballots: int
    votes: str


@dataclass(frozen=True)
class Told:
    """Everything that is told of a result; `other` is None where there are too few ballots to compare."""

    data: Mapping[str, Any]
    options: Sequence[ToldOption]
    rule: str
    rule_name: str
    other_name: str
    is_fallback: bool
    payments: Sequence[Payment]
    shares: Sequence[tuple[str, str, str]]
    turnout: Sequence[TurnoutRow]
    groups: Sequence[VotesRow]
    channels: Sequence[VotesRow]

    @property
    def winners(self) -> int:
        return len(self.data["result"]["winners"])

    @property
    def most(self) -> int:
        return max((option.votes for option in self.options), default=0)


def told_of(published: Published, counts: Mapping[str, Any], districts: Mapping[str, str]) -> Told:
    """What is said, in the language of whoever reads it; `districts` are names by code."""
    data, definition = published.result, published.definition
    result = data["result"]
    names = {village["code"]: village["name"] for village in definition["villages"]}
    return Told(
        data=data,
        options=_options(data, definition, names),
        rule=str(RULES[Rule(result["rule"])]),
        rule_name=words(Method(result["rule"])),
        other_name=words(Method(data["other"]["rule"])) if "other" in data else "",
        is_fallback=data["planned_rule"] != result["rule"],
        payments=_payments(result, definition),
        shares=_shares(result, names),
        turnout=_turnout(definition, counts, districts),
        groups=[
            VotesRow(place_name(one["village"], names), one["ballots"], _votes(one)) for one in data.get("groups", ())
        ],
        channels=[VotesRow(_channel(one["channel"]), one["ballots"], _votes(one)) for one in data.get("channels", ())],
    )


def place_name(group: str, names: Mapping[str, str]) -> str:
    """The villages of a group by name."""
    return ", ".join(names.get(code, code) for code in group.split("+")) if group else _("Semua desa")


def _options(data: Mapping[str, Any], definition: Mapping[str, Any], names: Mapping[str, str]) -> list[ToldOption]:
    defined = {option["number"]: option for option in definition["options"]}
    other = explanations(data["other"]) if "other" in data else {}
    return [_option(defined[at], names, one, other.get(at)) for at, one in explanations(data["result"]).items()]


def _option(
    option: Mapping[str, Any], names: Mapping[str, str], one: Explanation, other: Explanation | None
) -> ToldOption:
    return ToldOption(
        number=option["number"],
        title=option["title"],
        proposal=option["proposal"],
        village=names.get(option["village"], ""),
        cost=option["cost"],
        votes=int(one.figures["votes"]),
        won=one.won,
        sentence=tell_why(one),
        won_other=other.won if other else None,
        sentence_other=tell_why(other) if other else "",
    )


def _payments(result: Mapping[str, Any], definition: Mapping[str, Any]) -> list[Payment]:
    titles = {option["code"]: (option["title"], option["cost"]) for option in definition["options"]}
    found = []
    for code in result["winners"]:
        if code in result.get("payments", {}):
            (price, payers), *others = result["payments"][code]
            rest = sum((Fraction(amount) * voters for amount, voters in others), Fraction(0))
            number_ = sum(voters for _amount, voters in others)
            found.append(Payment(code, *titles[code], money(price), payers, number_, money(rest)))
    return found


def money(amount: str | Fraction) -> str:
    """Rupiah with hundredths; exact fractions stand in the file."""
    whole, hundredths = divmod(int(Fraction(amount) * 100), 100)
    return f"{rupiah(whole)},{hundredths:02d}"


def _shares(result: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Where from and to the share of a voter was raised, by group of villages."""
    start, end = result.get("start", {}), result.get("shares", {})
    return [
        (place_name(group, names), money(start[group]), money(end[group])) for group in sorted(end) if group in start
    ]


def _turnout(
    definition: Mapping[str, Any], counts: Mapping[str, Any], districts: Mapping[str, str]
) -> list[TurnoutRow]:
    names = {village["code"]: village["name"] for village in definition["villages"]}
    is_large = len(names) > MOST_VILLAGES
    place_of = {code: code.rpartition(".")[0] if is_large else code for code in names}
    eligible: Counter[str] = Counter()
    voted: dict[str, Counter[str]] = {place: Counter() for place in place_of.values()}
    for village in definition["villages"]:
        eligible[place_of[village["code"]]] += village["eligible"]
    for one in counts["roll"]:
        voted[place_of[one["village"]]].update({channel: one[channel] for channel in CHANNELS})
    called = districts if is_large else names
    return [
        TurnoutRow(called.get(place, place), eligible[place], [found[channel] for channel in CHANNELS])
        for place, found in voted.items()
    ]


def _votes(row: Mapping[str, Any]) -> str:
    return " · ".join(f"{code} {number(votes)}" for code, votes in row["votes"].items())


def _channel(code: str) -> str:
    return _("Kertas") if code == "paper" else _("Internet")


def code_of(option: ToldOption) -> str:
    return ballot_number(option.number)
