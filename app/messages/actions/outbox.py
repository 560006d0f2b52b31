"""Writing a message in the transaction of its cause, and forgetting it."""

from datetime import datetime, timedelta

from app.db.upserts import add_once
from app.messages import queries
from app.messages.models import Message
from app.messages.rules import KEY, LONGEST_ADDRESS, LONGEST_TEXT, Channel, Kind, MessageStatus
from app.vault import seal

A_DAY = timedelta(days=1)


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
