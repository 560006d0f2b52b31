"""The frozen definition of a contest (format 2): what was decided before the first ballot, and who holds its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.voting.rules.contest import RollEnd, ballot_number
from app.voting.rules.counting import Rule
from app.voting.rules.package.packing import instant

FORMAT = 2
# How Pabulib names our rules. "greedy" and "equalshares/add1" would be ours but for ties and the size of the step.
PB_RULES = {Rule.MOST_VOTES: "greedy-custom", Rule.EQUAL_SHARES: "unknown"}
AS_THEY_ARE = (
    *("contest", "title", "regency", "region", "year", "ceiling", "max_choices", "quorum_percent"),
    *("threshold_percent", "objection_days", "draw_seed", "box_key", "head_key"),
)
# How winners are found, in the file's own language; what is the same in every contest follows in the result.
RULE_COMMENTS = {
    Rule.MOST_VOTES: "Suara terbanyak dulu; kalau sama, biaya yang lebih kecil, lalu nomor undian yang lebih kecil.",
    Rule.EQUAL_SHARES: "Patungan setara (Equal Shares dengan biaya, dilengkapi Add1U, langkah max(1, pagu/(100 n))).",
}


@dataclass(frozen=True)
class FrozenOption:
    """An option with the number that was drawn for it; the village is a code."""

    number: int
    proposal: str
    title: str
    cost: int
    village: str


@dataclass(frozen=True)
class FrozenVillage:
    """A village that may vote, with its eligible people at the opening."""

    code: str
    name: str
    eligible: int


@dataclass(frozen=True)
class FrozenWitness:
    """Somebody who holds a share of the key, known by its fingerprint."""

    number: int
    name: str
    institution: str
    share_sha256: str


@dataclass(frozen=True)
class FrozenContest:
    """A contest as it was opened; `options` by drawn number, which breaks ties, `days` as the regency's clocks say."""

    contest: int
    title: str
    regency: str
    region: str
    year: int
    ceiling: int
    max_choices: int
    rule: Rule
    is_weighted: bool
    roll_ends: RollEnd
    quorum_percent: int
    threshold_percent: int
    objection_days: int
    opens: datetime
    closes: datetime
    days: tuple[date, date]
    draw_seed: str
    box_key: str
    head_key: str
    witnesses: Sequence[FrozenWitness]
    villages: Sequence[FrozenVillage]
    options: Sequence[FrozenOption]

    @property
    def as_data(self) -> dict[str, object]:
        """For the file; numbers are drawn by the seed, so that the file proves its own order."""
        return {name: getattr(self, name) for name in AS_THEY_ARE} | {
            "format": FORMAT,
            "rule": self.rule.value,
            "is_weighted": int(self.is_weighted),
            "roll_ends": self.roll_ends.value,
            "opens": instant(self.opens),
            "closes": instant(self.closes),
            "witnesses": [vars(witness) for witness in self.witnesses],
            "villages": [vars(village) for village in sorted(self.villages, key=lambda village: village.code)],
            "options": [vars(option) | {"code": ballot_number(option.number)} for option in self.options],
            "meta": self.meta,
        }

    @property
    def meta(self) -> dict[str, str]:
        """What is known of the META of suara.pb before anybody has voted."""
        first, last = self.days
        values: dict[str, object] = {
            "description": self.title,
            "country": "Indonesia",
            "unit": self.regency,
            "subunit": self.region,
            "instance": self.year,
            "num_projects": len(self.options),
            "budget": self.ceiling,
            "vote_type": "choose-1" if self.max_choices == 1 else "approval",
            "rule": PB_RULES[self.rule],
            "date_begin": f"{first:%d.%m.%Y}",
            "date_end": f"{last:%d.%m.%Y}",
            "min_length": 1,
            "max_length": self.max_choices,
            "language": "id",
            "currency": "IDR",
            "fully_funded": 1 if sum(option.cost for option in self.options) <= self.ceiling else "",
            "comment": f"#1: {RULE_COMMENTS[self.rule]} #2: Benih undian: {self.draw_seed}",
        }
        return {key: " ".join(str(value).split()) for key, value in values.items() if value != ""}
