"""Sending what is due: claimed in one transaction, sent outside of any, noted in another.

A worker that dies in between leaves its claims behind; when they have lapsed they are tried again with the same key.
So nothing is lost, and a gateway that knows its keys delivers once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from logging import getLogger
from traceback import format_tb
from uuid import uuid4

from cryptography.exceptions import InvalidTag

from app.db.transaction import transaction
from app.messages import queries
from app.messages.actions.gateways import Gateways, Outgoing, Permanent, Sent, Temporary
from app.messages.actions.outbox import EXPIRED, give_up, move, place_of_address, place_of_text
from app.messages.models import Message
from app.messages.rules import LEASE, MOST_ATTEMPTS, Channel, Event, Kind, next_try
from app.messages.rules.answers import asked_pause
from app.vault import open_sealed

BATCH = 10
# Nothing is begun in the second half of a lease: the slowest gateway is done before another worker may try.
TIME_TO_BEGIN = LEASE / 2

Clock = Callable[[], datetime]
Outcome = Sent | Temporary | Permanent
log = getLogger(__name__)


@dataclass(frozen=True)
class Delivered:
    """What became of the messages of a pass."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(self.sent + other.sent, self.put_off + other.put_off, self.failed + other.failed)


@dataclass(frozen=True)
class Claimed:
    """A message that is this worker's for now; its text is still sealed."""

    id: int
    claim: str
    key: str
    channel: Channel
    kind: Kind
    written_at: datetime
    address_sealed: bytes | None
    text_sealed: bytes | None

    def open(self) -> Outgoing:
        try:
            to = open_sealed(self.address_sealed or b"\0", place_of_address(self.key))
            text = open_sealed(self.text_sealed or b"\0", place_of_text(self.key))
        except (InvalidTag, KeyError, ValueError):
            raise Permanent("unreadable") from None
        return Outgoing(self.key, self.channel, self.kind, self.written_at, to, text)


def deliver(gateways: Gateways, clock: Clock, should_stop: Callable[[], bool] = lambda: False) -> Delivered:
    """Send all that is due, one after the other, until nothing is or the worker is told to stop."""
    done = Delivered()
    while not should_stop() and queries.has_due(clock()):
        claimed, given_up = claim(gateways, clock())
        done += Delivered(failed=given_up)
        until = clock() + TIME_TO_BEGIN
        for message in claimed:
            if should_stop() or clock() >= until:
                _put_back(message, clock())
            else:
                done += _note(message, _send(message, gateways), clock())
    return done


def claim(gateways: Gateways, now: datetime) -> tuple[list[Claimed], int]:
    """Take a batch for this worker; what came too late or was tried too often is given up, and counted."""
    name, claimed = uuid4().hex, []
    with transaction():
        due = queries.lock_due(now, BATCH)
        for message in due:
            if message.expires_at <= now or message.attempts >= MOST_ATTEMPTS:
                give_up(message, EXPIRED if message.expires_at <= now else message.last_error or "lost")
            else:
                claimed.append(_claim(message, gateways, name, now))
    return claimed, len(due) - len(claimed)


def _claim(message: Message, gateways: Gateways, name: str, now: datetime) -> Claimed:
    move(message, Event.CLAIM)
    message.gateway = gateways[message.channel].name if message.channel in gateways else ""
    message.claim, message.claimed_until = name, now + LEASE
    message.attempts += 1
    return Claimed(
        id=message.id,
        claim=name,
        key=message.key,
        channel=message.channel,
        kind=message.kind,
        written_at=message.written_at,
        address_sealed=message.address_sealed,
        text_sealed=message.text_sealed,
    )


def _send(message: Claimed, gateways: Gateways) -> Outcome:
    """What the gateway says; a mistake of ours is one more reason to try later, and the log tells where it is."""
    try:
        if message.channel not in gateways:
            raise Permanent("no gateway")
        return gateways[message.channel].send(message.open())
    except (Temporary, Permanent) as failure:
        return failure
    except Exception as error:  # noqa: BLE001 (one message must not stop all others)
        log.error("message %s: %s\n%s", message.id, type(error).__name__, "".join(format_tb(error.__traceback__)))
        return Temporary(type(error).__name__)


def _note(claimed: Claimed, outcome: Outcome, now: datetime) -> Delivered:
    """Note what became of it, unless a receipt or another worker was faster."""
    with transaction():
        message = queries.lock_claimed(claimed.claim, claimed.id)
        if message is None:
            return Delivered()
        if isinstance(outcome, Sent):
            message.sent_at, message.gateway_id, message.last_error = now, outcome.gateway_id, ""
            move(message, Event.SEND)
            return Delivered(sent=1)
        return _note_failure(message, outcome, now)


def _note_failure(message: Message, failure: Temporary | Permanent, now: datetime) -> Delivered:
    log.warning("message %s, attempt %s: %s", message.id, message.attempts, failure.reason)
    asked = asked_pause(failure.retry_after, now) if isinstance(failure, Temporary) else timedelta()
    due_at = next_try(message.attempts, message.key, asked, now, message.expires_at)
    if isinstance(failure, Permanent) or due_at is None:
        give_up(message, failure.reason)
        return Delivered(failed=1)
    message.due_at, message.last_error = due_at, failure.reason
    move(message, Event.PUT_BACK)
    return Delivered(put_off=1)


def _put_back(claimed: Claimed, now: datetime) -> None:
    """Unsent, as if it had not been claimed: another worker takes it at once."""
    with transaction():
        if message := queries.lock_claimed(claimed.claim, claimed.id):
            message.attempts -= 1
            message.due_at = now
            move(message, Event.PUT_BACK)
