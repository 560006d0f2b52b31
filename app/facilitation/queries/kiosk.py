"""The ballots that a resident may cast now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.kernel.actor import Actor, regency_of
from app.voting.queries import ContestRow, open_contests
from app.voting.queries.roll import Vote, votes_of
from app.voting.rules.contest import Channel


@dataclass(frozen=True)
class Ballot:
    """An open contest of the resident's region, and whether their ballot is in; one on paper stays as it is."""

    contest: ContestRow
    vote: Vote | None

    @property
    def has_voted(self) -> bool:
        return self.vote is not None

    @property
    def is_on_paper(self) -> bool:
        return self.vote is not None and self.vote.channel is Channel.PAPER


def ballots_of(resident: Actor, now: datetime) -> Sequence[Ballot]:
    """The resident's open contests, the one that closes first first."""
    rows = open_contests(regency_of(resident.village_code), now)
    own = [row for row in rows if resident.lives_in(row.region_code)]
    votes = votes_of(resident.person_id, [row.id for row in own])
    return [Ballot(row, votes.get(row.id)) for row in own]
