"""Passkeys (WebAuthn): what a ceremony is for, whose site it is, and how long its challenge lives."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from app.credentials.rules import Refusal
from app.limits.rules import Limit

CHALLENGE_BYTES = 32
CHALLENGE_LASTS = timedelta(minutes=5)
# Counted in the window of its making, so that the same challenge always meets the same counter.
CHALLENGE_ONCE = Limit("passkey_challenge", 1, timedelta(days=1))
# Who sends anything at all as an answer writes to the log; a village may share one address.
ANSWERS = Limit("passkey_answers", 300, timedelta(minutes=15))
MOST_PASSKEYS = 10
NAME_LENGTH = 40
LONGEST_ANSWER = 20_000


class Ceremony(StrEnum):
    """What the browser is asked for; an answer to one is none to another."""

    ADD = "add"
    SIGN_IN = "sign_in"
    FACTOR = "factor"


@dataclass(frozen=True)
class Site:
    """The origin that browsers see, and its host, to which keys are bound."""

    origin: str

    @property
    def rp_id(self) -> str:
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True)
class Challenge:
    """Random bytes that the browser's key signs; the cookie keeps them, signed, until the answer comes."""

    ceremony: Ceremony
    value: bytes
    made_at: datetime

    def kept(self) -> list[str | float]:
        return [self.ceremony.value, urlsafe_b64encode(self.value).decode(), self.made_at.timestamp()]


def new_challenge(ceremony: Ceremony, now: datetime) -> Challenge:
    return Challenge(ceremony, secrets.token_bytes(CHALLENGE_BYTES), now)


def challenge_of(kept: object, ceremony: Ceremony, now: datetime) -> Challenge | None:
    """The challenge in the cookie, where it is for this ceremony and young enough."""
    match kept:
        case [str(made_for), str(value), float(at) | int(at)] if made_for == ceremony:
            challenge = Challenge(ceremony, urlsafe_b64decode(value), datetime.fromtimestamp(at, UTC))
            return challenge if timedelta() <= now - challenge.made_at < CHALLENGE_LASTS else None
    return None


def is_copied(known: int, shown: int) -> bool:
    """A key that counts its uses counts upwards; one that does not always says 0."""
    return (known > 0 or shown > 0) and shown <= known


def refuse_another(passkeys: int) -> Refusal | None:
    return Refusal.MANY_PASSKEYS if passkeys >= MOST_PASSKEYS else None
