"""One-time codes: how long and how often, and when one opens nothing."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.credentials.rules import Refusal
from app.limits.rules import Limit

DIGITS = 6
LASTS = timedelta(minutes=5)
MOST_TRIES = 5
KEPT_FOR = timedelta(days=1)
RESEND_AFTER = timedelta(seconds=60)
PER_MINUTE = Limit("code_minute", 1, RESEND_AFTER)
PER_QUARTER = Limit("code_quarter", 3, timedelta(minutes=15))
PER_DAY = Limit("code_day", 5, timedelta(days=1))
# A whole village may share one address of its network, so this is far more than one household needs.
PER_ADDRESS = Limit("code_address", 100, timedelta(hours=1))
# What a regency pays for in a day, about Rp1 million; when it is spent, cards and passwords still open the door.
BUDGET = Limit("code_budget", 2000, timedelta(days=1))


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def normal_code(typed: str) -> str:
    """The digits, without the blank in the middle."""
    return "".join(typed.replace("-", " ").split())


@dataclass(frozen=True)
class CodeFacts:
    """A code that is tried: `tries` counts this one, `is_newest` among those sent to the phone for the same use."""

    sent_at: datetime
    tries: int
    is_used: bool
    is_newest: bool
    fits: bool


def refuse_code(facts: CodeFacts, now: datetime) -> Refusal | None:
    if facts.is_used or not facts.is_newest or now - facts.sent_at >= LASTS or facts.tries > MOST_TRIES:
        return Refusal.CODE_OVER
    return None if facts.fits else Refusal.WRONG_CODE
