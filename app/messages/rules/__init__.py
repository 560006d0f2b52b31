"""What becomes of a message, when it is tried again, and how long its text and address are needed."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from app.kernel.transitions import Lifecycle

MOST_ATTEMPTS = 30
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
# A worker sends what it has claimed within this time, or gives it back; a dead worker's messages wait as long.
LEASE = timedelta(minutes=3)
TEXT_KEPT_FOR = timedelta(days=7)
ROW_KEPT_FOR = timedelta(days=90)
LONGEST_ADDRESS, LONGEST_TEXT = 300, 3900  # bytes; the columns hold them sealed
KEY = re.compile(r"[A-Za-z0-9._:/-]{1,64}", re.ASCII)


class MessageStatus(StrEnum):
    """QUEUED and SENDING will be tried; SENT was taken by the gateway, DELIVERED has a receipt, FAILED is given up."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


class Event(StrEnum):
    """What happens to a message; a worker CLAIMs it, and PUTs it BACK when it could not be sent this time."""

    CLAIM = "claim"
    PUT_BACK = "put_back"
    SEND = "send"
    GIVE_UP = "give_up"
    ARRIVE = "arrive"
    BOUNCE = "bounce"


class Channel(StrEnum):
    """What kind of address it goes to."""

    PHONE = "phone"
    EMAIL = "email"


class Kind(StrEnum):
    """Why it is sent."""

    CODE = "code"
    NOTICE = "notice"


_S, _E = MessageStatus, Event
# A receipt may come before the worker has noted that it sent the message, and after a receipt that says the opposite:
# whoever has once held the message in hand has it.
LIFECYCLE = Lifecycle[MessageStatus, Event](
    {
        (_S.QUEUED, _E.CLAIM): _S.SENDING,
        (_S.QUEUED, _E.GIVE_UP): _S.FAILED,
        (_S.QUEUED, _E.ARRIVE): _S.DELIVERED,
        (_S.SENDING, _E.CLAIM): _S.SENDING,
        (_S.SENDING, _E.PUT_BACK): _S.QUEUED,
        (_S.SENDING, _E.SEND): _S.SENT,
        (_S.SENDING, _E.GIVE_UP): _S.FAILED,
        (_S.SENDING, _E.ARRIVE): _S.DELIVERED,
        (_S.SENT, _E.ARRIVE): _S.DELIVERED,
        (_S.SENT, _E.BOUNCE): _S.FAILED,
        (_S.FAILED, _E.ARRIVE): _S.DELIVERED,
    }
)


def is_content_needed(status: MessageStatus, kind: Kind) -> bool:
    """Whether text and address must be there; of what was sent, only a notice is kept until its receipt."""
    return status in (MessageStatus.QUEUED, MessageStatus.SENDING) or (
        status is MessageStatus.SENT and kind is Kind.NOTICE
    )


def pause_after(attempts: int, key: str) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, each message a little off the others."""
    longest = min(FIRST_PAUSE * (1 << min(attempts - 1, 20)), LONGEST_PAUSE)
    digest = blake2b(f"{key}:{attempts}".encode(), digest_size=2).digest()
    return longest * (0.75 + int.from_bytes(digest) / 2**17)


def next_try(attempts: int, key: str, asked: timedelta, now: datetime, expires_at: datetime) -> datetime | None:
    """When to try again, not before the gateway asked for; None where that would be too often or too late."""
    if attempts >= MOST_ATTEMPTS or asked >= expires_at - now:
        return None
    due_at = now + max(pause_after(attempts, key), asked)
    return due_at if due_at < expires_at else None
