"""Citizen checks: whether what is reported is there, said by people who would know."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import SPEAKS, Level

NOTE_LENGTH = (0, 500)
# So few answers may point at those who gave them; an answer of fewer people is not shown by itself.
LEAST_SHOWN = 3
LEAST_NO = 3


class Answer(StrEnum):
    YES = "yes"
    NOT_YET = "not_yet"
    WRONG = "wrong"


@dataclass(frozen=True)
class Counts:
    """Answers of residents, and of facilitators who have looked at it in office."""

    yes: int = 0
    not_yet: int = 0
    wrong: int = 0
    attested_yes: int = 0
    attested_no: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.yes + other.yes,
            self.not_yet + other.not_yet,
            self.wrong + other.wrong,
            self.attested_yes + other.attested_yes,
            self.attested_no + other.attested_no,
        )

    @property
    def total(self) -> int:
        return self.yes + self.not_yet + self.wrong

    @property
    def no(self) -> int:
        """Whoever says no counts, in office or not."""
        return self.not_yet + self.wrong + self.attested_no

    @property
    def is_shown(self) -> bool:
        return self.total >= LEAST_SHOWN

    @property
    def contradicts(self) -> bool:
        """Whether they say no to a report that says yes."""
        return self.no >= LEAST_NO or self.no > self.yes + self.attested_yes


@dataclass(frozen=True)
class CheckFacts:
    """Who a person is to an innovation."""

    level: Level
    is_proposer: bool = False
    is_supporter: bool = False
    lives_there: bool = False


def may_check(facts: CheckFacts) -> bool:
    """Whoever asked for it or supported it, and residents of the villages that have it."""
    return facts.level >= SPEAKS and (facts.is_proposer or facts.is_supporter or facts.lives_there)
