"""Resident cards: their words, how long they last, and when one may be handed out or taken back."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.credentials.rules import Refusal
from app.limits.rules import Limit

WORDS = Path(__file__).parents[1] / "data" / "words.txt"
WORDS_PER_CARD = 3
LASTS = timedelta(days=730)
# How long a scanned card counts as lying on the table.
SEEN_FOR = timedelta(minutes=10)
SEEN_KEY = "card_seen"
# For so long the owner is told of a replaced card.
TOLD_FOR = timedelta(days=30)
A_DAY = timedelta(days=1)
ISSUED = Limit("cards", 60, A_DAY)
RECOVERED = Limit("recoveries", 10, A_DAY)


class Reason(StrEnum):
    """Why a card no longer counts."""

    LOST = "lost"
    WORN = "worn"
    FORGOTTEN = "forgotten"
    EXPIRED = "expired"
    MISUSED = "misused"


# Whoever has had the card may have let themselves in by other ways, too.
OTHER_HANDS = frozenset({Reason.LOST, Reason.MISUSED})


class State(StrEnum):
    """How a card stands."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REVOKED = "revoked"


@cache
def known_words() -> tuple[str, ...]:
    return tuple(WORDS.read_text("utf-8").split())


def draw_words() -> str:
    """A password of three words: 33 bits, easy to read aloud."""
    return " ".join(secrets.choice(known_words()) for _ in range(WORDS_PER_CARD))


def state_of(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> State:
    if revoked_at is not None:
        return State.REVOKED
    return State.EXPIRED if now >= expires_at else State.IN_FORCE


@dataclass(frozen=True)
class CardFacts:
    """For whom a card is asked: with a password of any kind, theirs is replaced, and that is a recovery."""

    person_id: int
    has_password: bool
    is_staff: bool


def refuse_card(facts: CardFacts, issuer_id: int | None, reason: Reason | None) -> Refusal | None:
    """Why no card is handed out. At a table in the village nobody learns words that open a desk."""
    if facts.person_id == issuer_id:
        return Refusal.OWN_CARD
    if facts.is_staff:
        return Refusal.STAFF_CARD
    return Refusal.REASON_MISSING if facts.has_password and reason is None else None


def remembered(person_id: int, now: datetime) -> dict[str, object]:
    """What a facilitator's browser keeps of a card that was just scanned, by the clock of the server."""
    return {SEEN_KEY: [person_id, now.timestamp()]}


def card_seen(browser: Mapping[str, object], person_id: int, now: datetime) -> bool:
    """Whether the person's card was scanned in this browser a short while ago; `browser` is Flask's session."""
    match browser.get(SEEN_KEY):
        case [int(seen_id), float(at) | int(at)]:
            return seen_id == person_id and timedelta() <= now - datetime.fromtimestamp(at, now.tzinfo) < SEEN_FOR
    return False
