"""Handing the device over for one resident's ballot: to whom, for how long, and how it comes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from app.kernel.actor import Level
from app.limits.rules import Limit

# How often one facilitator may hand the device over.
LENDING = Limit("lend_device", 20, timedelta(hours=1))
PIN_LENGTH = 6
# So many wrong PINs, and the facilitator signs in anew.
MOST_TRIES = 5
IDLE = timedelta(minutes=15)
WHOLE = timedelta(minutes=45)


class LendRefusal(StrEnum):
    """Why the device is not handed over, in the order in which the reasons are told."""

    ONESELF = "oneself"
    NOT_ATTESTED = "not_attested"
    NOTHING_OPEN = "nothing_open"
    ON_PAPER = "on_paper"


class PinRefusal(StrEnum):
    """Why the device stays in the hands that it is in."""

    WRONG_PIN = "wrong_pin"
    SHUT = "shut"


@dataclass(frozen=True)
class LendFacts:
    """Who is to get the device, and in how many open contests of theirs they have a vote that is not on paper."""

    resident_id: int
    level: Level
    open: int
    left: int


@dataclass(frozen=True)
class LentFacts:
    """A device in a resident's hands; `since` is None once the time was over. `is_helper`: the lender's role holds."""

    since: datetime | None
    seen_at: datetime
    is_helper: bool


def refuse_lending(facts: LendFacts, facilitator_id: int | None) -> LendRefusal | None:
    """Nobody lends to oneself, or for a vote that is not there."""
    if facts.resident_id == facilitator_id:
        return LendRefusal.ONESELF
    if facts.level < Level.ATTESTED:
        return LendRefusal.NOT_ATTESTED
    if not facts.open:
        return LendRefusal.NOTHING_OPEN
    return None if facts.left else LendRefusal.ON_PAPER


def is_over(facts: LentFacts, now: datetime) -> bool:
    """Whether only the PIN opens anything: unused for a while, kept for too long, or lent by nobody who may."""
    if facts.since is None or not facts.is_helper:
        return True
    return now - facts.seen_at >= IDLE or now - facts.since >= WHOLE


def is_pin(text: str) -> bool:
    """Six digits that are not all the same and do not just count up or down."""
    if len(text) != PIN_LENGTH or not (text.isascii() and text.isdigit()):
        return False
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(text)}
    return steps not in ({0}, {1}, {9})


def is_shut(tries: int, *, is_right: bool) -> bool:
    """Whether a try ends the session; each try has a number of its own, however many come at once."""
    return tries > MOST_TRIES or (tries == MOST_TRIES and not is_right)
