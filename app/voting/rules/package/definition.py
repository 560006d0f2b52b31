"""The frozen definition of a contest: what was decided before the first ballot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.voting.rules.contest import ballot_number
from app.voting.rules.counting import Rule

# Goes up when a file of the package changes its form.
FORMAT = 1


@dataclass(frozen=True)
class DefinedOption:
    """An option with the number that was drawn for it."""

    number: int
    proposal: str
    title: str
    cost: int


@dataclass(frozen=True)
class Definition:
    """A contest as it was opened; `options` by drawn number, which breaks ties."""

    contest: int
    title: str
    regency: str
    region: str
    ceiling: int
    max_choices: int
    rule: Rule
    opens: datetime
    closes: datetime
    draw_seed: str
    options: Sequence[DefinedOption]

    @property
    def as_data(self) -> dict[str, object]:
        """For the file; numbers are drawn by the seed, so that the file proves its own order."""
        return {
            "format": FORMAT,
            "contest": self.contest,
            "title": self.title,
            "regency": self.regency,
            "region": self.region,
            "ceiling": self.ceiling,
            "max_choices": self.max_choices,
            "rule": self.rule.value,
            "opens": instant(self.opens),
            "closes": instant(self.closes),
            "draw_seed": self.draw_seed,
            "options": [
                {
                    "number": option.number,
                    "code": ballot_number(option.number),
                    "proposal": option.proposal,
                    "title": option.title,
                    "cost": option.cost,
                }
                for option in self.options
            ],
        }


def instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
