"""The ballots that a resident may cast now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.kernel.actor import Actor, regency_of
from app.voting.queries import ContestRow, open_contests, voted_in


@dataclass(frozen=True)
class Ballot:
    """An open contest of the resident's region, and whether their ballot is in."""

    contest: ContestRow
    has_voted: bool


def ballots_of(resident: Actor, now: datetime) -> Sequence[Ballot]:
    """The resident's open contests, the one that closes first first."""
    rows = open_contests(regency_of(resident.village_code), now)
    own = [row for row in rows if resident.lives_in(row.region_code)]
    voted = voted_in([row.id for row in own], resident.person_id)
    return [Ballot(row, row.id in voted) for row in own]
