"""A closed box in files: what the witnesses are given, and what they and everybody else check its counts by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.voting.rules.contest import Channel
from app.voting.rules.package.packing import canonical, fingerprint

SEALED = (Channel.INTERNET, Channel.ASSISTED)


@dataclass(frozen=True)
class ClosedBox:
    """What lay in the box at the close: envelopes sorted by their fingerprints, paper ballots and the roll by village.

    Of the envelopes accepted some were `replaced` by a later one, some `superseded` by paper. The fingerprint of the
    paper ballots is public: without `salt`, which only server and witnesses know, a few ballots could be guessed by it.
    """

    villages: Sequence[str]
    envelopes: Sequence[bytes]
    accepted: int
    replaced: int
    superseded: int
    papers: Mapping[str, Sequence[Sequence[int]]]
    invalid_paper: int
    roll: Mapping[str, Counter[Channel]]
    salt: str

    @property
    def is_equal(self) -> bool:
        """Whether every envelope is accounted for, and box and roll tell of the same voters."""
        voters = sum(self.roll_of(village, *SEALED) for village in self.roll)
        is_complete = self.accepted == len(self.envelopes) + self.replaced + self.superseded
        return is_complete and len(self.envelopes) == voters and set(self.roll) <= set(self.villages)

    def roll_of(self, village: str, *channels: Channel) -> int:
        counted = self.roll.get(village, Counter())
        return sum(counted[channel] for channel in channels)

    @property
    def envelope_file(self) -> bytes:
        return b"".join(self.envelopes)

    @property
    def paper_file(self) -> bytes:
        villages = [
            {"village": village, "ballots": sorted(map(list, self.papers[village]))} for village in sorted(self.papers)
        ]
        return canonical({"villages": villages, "salt": self.salt})

    @property
    def counts(self) -> dict[str, Any]:
        """For hitungan.json."""
        return {
            "accepted": self.accepted,
            "counted": len(self.envelopes),
            "replaced": self.replaced,
            "superseded": self.superseded,
            "paper": sum(map(len, self.papers.values())),
            "invalid_paper": self.invalid_paper,
            "amplop": fingerprint(self.envelope_file),
            "kertas": fingerprint(self.paper_file),
            "roll": [
                {"village": village, **{channel.value: self.roll_of(village, channel) for channel in Channel}}
                for village in sorted(self.villages)
            ],
        }
