"""A contest of ours as a .pb file: the same bytes from the same ballots, and nothing that leads to a voter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.voting.rules.deciding import LEAST_BALLOTS
from app.voting.rules.methods import Method
from app.voting.rules.pabulib.recounting import natural
from app.voting.rules.pabulib.tables import PbFile, Table

# A village or a channel with fewer ballots is not told apart.
LEAST_TOGETHER = 20
# How Pabulib names our rules. "greedy" and "equalshares/add1" would be ours but for ties and the size of the step.
RULES = {
    Method.MOST_VOTES: "greedy-custom",
    Method.MOST_VOTES_STOP: "greedy-custom",
    Method.EQUAL_SHARES: "unknown",
}


@dataclass(frozen=True)
class PublicOption:
    """An option by its number on the ballot, P01."""

    code: str
    cost: int
    name: str


@dataclass(frozen=True)
class PublicBallot:
    """What a ballot says, and where: the village (or group of small ones) and internet or paper."""

    choices: tuple[str, ...]
    village: str = ""
    channel: str = "internet"


@dataclass(frozen=True)
class Publication:
    """A counted contest; `comments` say the rule's step, shares and tie order in words."""

    description: str
    regency: str
    region: str
    year: int
    ceiling: int
    most_choices: int
    method: Method
    opened: date
    closed: date
    comments: Sequence[str]
    options: Sequence[PublicOption]
    ballots: Sequence[PublicBallot]
    winners: Sequence[str]


def publish(contest: Publication) -> PbFile:
    """The file: projects in natural order, ballots sorted and only then numbered."""
    if len(contest.ballots) < LEAST_BALLOTS:
        raise ValueError("too few ballots to publish them one by one")
    return PbFile("", _meta(contest), _projects(contest), _votes(contest))


def _meta(contest: Publication) -> Mapping[str, str]:
    is_single = contest.most_choices == 1
    fits = sum(option.cost for option in contest.options) <= contest.ceiling
    values: dict[str, object] = {
        "description": contest.description,
        "country": "Indonesia",
        "unit": contest.regency,
        "subunit": contest.region,
        "instance": contest.year,
        "num_projects": len(contest.options),
        "num_votes": len(contest.ballots),
        "budget": contest.ceiling,
        "vote_type": "choose-1" if is_single else "approval",
        "rule": RULES[contest.method],
        "date_begin": f"{contest.opened:%d.%m.%Y}",
        "date_end": f"{contest.closed:%d.%m.%Y}",
        "min_length": 1,
        "max_length": contest.most_choices,
        "language": "id",
        "currency": "IDR",
        "fully_funded": 1 if fits else "",
        "comment": " ".join(f"#{number}: {text}" for number, text in enumerate(contest.comments, 1)),
    }
    return {key: _line(value) for key, value in values.items() if value != ""}


def _projects(contest: Publication) -> Table:
    votes = Counter(code for ballot in contest.ballots for code in ballot.choices)
    rows = (
        (one.code, str(one.cost), str(votes[one.code]), _line(one.name), str(int(one.code in contest.winners)))
        for one in sorted(contest.options, key=lambda option: natural(option.code))
    )
    return Table(("project_id", "cost", "votes", "name", "selected"), tuple(rows))


def _votes(contest: Publication) -> Table:
    """Channels and villages stand beside the ballots only where none of them stands out by being small."""
    tells_village = _is_crowded(ballot.village for ballot in contest.ballots)
    has_channels = len({ballot.channel for ballot in contest.ballots}) > 1
    places = ((tells_village and ballot.village, ballot.channel) for ballot in contest.ballots)
    tells_channel = has_channels and _is_crowded(places)
    rows = sorted(
        (
            ballot.village if tells_village else "",
            sorted(map(natural, ballot.choices)),
            ballot.channel if tells_channel else "",
        )
        for ballot in contest.ballots
    )
    columns = ("voter_id", "vote", *(("voting_method",) * tells_channel), *(("neighborhood",) * tells_village))
    return Table(columns, tuple(_row(number, *row) for number, row in enumerate(rows, 1)))


def _row(
    number: int, village: str, choices: Sequence[tuple[tuple[str | int, ...], str]], channel: str
) -> tuple[str, ...]:
    vote = ",".join(code for _order, code in choices)
    return f"S{number:05d}", vote, *((channel,) if channel else ()), *((village,) if village else ())


def _line(value: object) -> str:
    """Text on one line: in a name over several, one of them could read like the beginning of a section."""
    return " ".join(str(value).split())


def _is_crowded(marks: Iterable[object]) -> bool:
    """Whether there is more than one kind, and of each enough to hide in."""
    kinds = Counter(marks)
    return len(kinds) > 1 and min(kinds.values()) >= LEAST_TOGETHER and "" not in kinds
