"""Writing a message in the transaction of its cause, moving it along its life cycle, and forgetting it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from app.db.session import session
from app.db.upserts import add_once
from app.messages import queries
from app.messages.models import Message
from app.messages.rules import (
    KEY,
    LIFECYCLE,
    LONGEST_ADDRESS,
    LONGEST_TEXT,
    ROW_KEPT_FOR,
    TEXT_KEPT_FOR,
    Channel,
    Event,
    Kind,
    MessageStatus,
    is_content_needed,
)
from app.vault import seal

A_DAY = timedelta(days=1)
EXPIRED = "expired"


def write(
    channel: Channel,
    address: str,
    kind: Kind,
    text: str,
    key: str,
    now: datetime,
    *,
    person_id: int | None = None,
    lives_for: timedelta = A_DAY,
) -> Message:
    """Write a message that is sent once this transaction is committed; the same key again is the same message.

    The key goes to the gateway: letters, digits and ._:/- only, and nothing personal. What it says must not be
    longer than LONGEST_TEXT bytes. A phone is written with its country (+62…).
    """
    if not KEY.fullmatch(key):
        raise ValueError("a message's key has up to 64 letters, digits and ._:/-")
    if len(address.encode()) > LONGEST_ADDRESS or len(text.encode()) > LONGEST_TEXT:
        raise ValueError("a message's address or text is too long")
    add_once(
        Message,
        key=key,
        kind=kind,
        channel=channel,
        person_id=person_id,
        address_sealed=seal(address, place_of_address(key)),
        text_sealed=seal(text, place_of_text(key)),
        status=MessageStatus.QUEUED,
        written_at=now,
        due_at=now,
        expires_at=now + lives_for,
    )
    return queries.get_by_key(key)


def place_of_address(key: str) -> str:
    return f"messages.address|{key}"


def place_of_text(key: str) -> str:
    return f"messages.text|{key}"


def move(message: Message, event: Event) -> None:
    """The next status; the claim ends with the sending, and what is no longer needed is emptied."""
    message.status = LIFECYCLE.after(message.status, event)
    if message.status is not MessageStatus.SENDING:
        message.claim = message.claimed_until = None
    if not is_content_needed(message.status, message.kind):
        empty(message)


def empty(message: Message) -> None:
    message.address_sealed = message.text_sealed = None


def give_up(message: Message, reason: str) -> None:
    message.last_error = reason
    move(message, Event.GIVE_UP)


@dataclass(frozen=True)
class Swept:
    """How many were given up, emptied and deleted."""

    given_up: int = 0
    emptied: int = 0
    deleted: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(self.given_up + other.given_up, self.emptied + other.emptied, self.deleted + other.deleted)


def sweep(now: datetime) -> Swept:
    """Give up what came too late, empty what waits for its receipt no longer, delete rows that nobody asks for.

    One batch of each: to be called until there is nothing to sweep.
    """
    late = queries.lock_expired(now)
    for message in late:
        give_up(message, EXPIRED)
    kept = queries.lock_filled(now - TEXT_KEPT_FOR)
    for message in kept:
        empty(message)
    session.flush()
    old = delete(Message).where(Message.written_at < now - ROW_KEPT_FOR, Message.status.in_(queries.FINISHED))
    return Swept(len(late), len(kept), len(session.execute(old.returning(Message.id)).all()))
