"""What each gateway must know, which one serves which channel, and how receipts come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.messages.rules import Channel
from app.messages.rules.answers import ReceiptSettings
from app.messages.rules.filling import Body


@dataclass(frozen=True)
class ConsoleSettings:
    """Shows messages in the terminal, and keeps the last ones in a file where a demonstration's visitor finds them."""

    kept_in: Path | None = None

    name = "console"


@dataclass(frozen=True)
class SmtpSettings:
    """A mail server; a phone's messages go to a bridge at `phone_address`."""

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    subject: str = "Mufakat"
    phone_address: str = ""
    timeout: int = 10

    name = "smtp"


@dataclass(frozen=True)
class HttpsSettings:
    """A provider's address, what is sent there, and how its answers are read."""

    url: str
    body: Body = field(repr=False)  # many providers want their password there
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    timeout: int = 5
    success: frozenset[int] = frozenset({200, 201, 202})
    # What trying again cannot cure. 401 and 403 are not among them: a key that has run out loses no message.
    permanent: frozenset[int] = frozenset({400, 404, 410, 413, 422})
    id_path: str = "id"

    name = "https"


GatewaySettings = ConsoleSettings | SmtpSettings | HttpsSettings


@dataclass(frozen=True)
class MessageSettings:
    """The gateways by channel, and how receipts come."""

    gateways: Mapping[Channel, GatewaySettings] = field(default_factory=lambda: {Channel.PHONE: ConsoleSettings()})
    receipts: ReceiptSettings | None = None
