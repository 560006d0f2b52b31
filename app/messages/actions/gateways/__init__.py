"""Gateways: the one small interface behind which messages leave the house."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.messages.rules import Channel, Kind


@dataclass(frozen=True)
class Outgoing:
    """A message on its way; what is personal does not show in a traceback or a log."""

    key: str
    channel: Channel
    kind: Kind
    written_at: datetime
    to: str = field(repr=False)
    text: str = field(repr=False)

    @property
    def digits(self) -> str:
        """The address without its plus."""
        return self.to.removeprefix("+")


@dataclass(frozen=True)
class Sent:
    """The gateway has taken the message, and names it so in receipts, if it gives any."""

    gateway_id: str | None = None


class Temporary(Exception):
    """Not now; it may go another time. The reason goes to the log and must not hold what the provider says."""

    def __init__(self, reason: str, retry_after: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class Permanent(Exception):
    """Never: this message to this address will not go, however often it is tried."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Gateway(Protocol):
    """Sends a message: Sent, or raises Temporary or Permanent. The same key again should not arrive again."""

    name: str

    def send(self, outgoing: Outgoing) -> Sent: ...


Gateways = Mapping[Channel, Gateway]
