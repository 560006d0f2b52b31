"""suara.pb as the witnesses write it: read only where every byte is as the definition and its ballots make it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.kernel.datafiles import Faulty
from app.voting.rules.contest import ballot_number
from app.voting.rules.pabulib.reading import read_pb
from app.voting.rules.pabulib.tables import PbFile, Table
from app.voting.rules.pabulib.writing import write_pb

META = (
    *("description", "country", "unit", "subunit", "instance", "num_projects", "num_votes", "budget", "vote_type"),
    *("rule", "date_begin", "date_end", "min_length", "max_length", "language", "currency", "fully_funded", "comment"),
)
# Columns that stand in the file only where enough ballots share each of their values.
CHANNEL, VILLAGE = "voting_method", "neighborhood"


@dataclass(frozen=True, order=True)
class PublicBallot:
    """A ballot as it is published: the codes of its group of villages, the numbers chosen, the channel where told."""

    village: str
    choices: tuple[int, ...]
    channel: str = ""


class NotCanonical(ValueError):
    """These are not the bytes that the witnesses' program writes for this definition."""


def write_ballots(definition: Mapping[str, Any], ballots: Sequence[PublicBallot]) -> bytes:
    """The file; ballots are sorted and only then numbered."""
    meta = {**definition["meta"], "num_votes": str(len(ballots))}
    votes = Counter(number for ballot in ballots for number in ballot.choices)
    options = tuple(
        (one["code"], str(one["cost"]), str(votes[one["number"]]), " ".join(one["title"].split()))
        for one in definition["options"]
    )
    projects = Table(("project_id", "cost", "votes", "name"), options)
    return write_pb(PbFile("", {key: meta[key] for key in META if key in meta}, projects, _votes(ballots)))


def _votes(ballots: Sequence[PublicBallot]) -> Table:
    told = {
        CHANNEL: any(ballot.channel for ballot in ballots),
        VILLAGE: any(ballot.village for ballot in ballots),
    }
    rows = []
    for number, ballot in enumerate(sorted(ballots), 1):
        vote = ",".join(map(ballot_number, ballot.choices))
        more = {CHANNEL: ballot.channel, VILLAGE: ballot.village}
        rows.append((f"S{number:05d}", vote, *(more[column] for column in more if told[column])))
    return Table(("voter_id", "vote", *(column for column in told if told[column])), tuple(rows))


def is_too_long(definition: Mapping[str, Any], content: bytes, ballots: int) -> bool:
    """Whether the file is far longer than one of so many ballots: to read that would keep others waiting in vain."""
    line = 40 + 4 * definition["max_choices"] + sum(len(one["code"]) + 1 for one in definition["villages"])
    head = write_ballots(definition, ())
    is_long = len(content) > 2 * len(head) + line * (2 * ballots + 100)
    return is_long or content.count(b"\n") > head.count(b"\n") + 2 * ballots + 100


def read_ballots(definition: Mapping[str, Any], content: bytes) -> list[PublicBallot]:
    """The ballots in the order of the file; raises NotCanonical."""
    try:
        votes = read_pb("suara.pb", content).votes
    except Faulty:
        raise NotCanonical from None
    numbers = {ballot_number(number): number for number in range(1, len(definition["options"]) + 1)}
    rows = [dict(zip(votes.columns, row, strict=True)) for row in votes.rows]
    try:
        found = [_ballot(row, numbers, definition["max_choices"]) for row in rows]
    except KeyError:
        raise NotCanonical from None
    if write_ballots(definition, found) != content:
        raise NotCanonical
    return found


def _ballot(row: Mapping[str, str], numbers: Mapping[str, int], most: int) -> PublicBallot:
    choices = tuple(numbers[code] for code in row["vote"].split(","))
    if list(choices) != sorted(set(choices)) or len(choices) > most:
        raise NotCanonical
    return PublicBallot(row.get(VILLAGE, ""), choices, row.get(CHANNEL, ""))
