"""Reading what providers say: ids and states somewhere in a JSON document, and when to come again."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from app.messages.rules import Event

LONGEST_ID = 120
LONGEST_WAIT = timedelta(days=7)


def parse_json(body: bytes) -> Any:
    """The document, or None where there is none that can be read."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def find_all(document: Any, path: str) -> list[Any]:
    """What lies at a path like `messages.0.id`; `*` stands for every item of a list, the empty path for the whole."""
    found = [document]
    for step in path.split(".") if path else ():
        found = [child for node in found for child in _children(node, step)]
    return found


def _children(node: Any, step: str) -> list[Any]:
    if isinstance(node, dict):
        return [node[step]] if step in node else []
    if isinstance(node, list):
        if step == "*":
            return node
        if step.isascii() and step.isdigit() and int(step) < len(node):
            return [node[int(step)]]
    return []


def find_name(document: Any, path: str) -> str | None:
    """The text or number at a path as text, cut to what a column holds; None where there is no such thing."""
    found = find_all(document, path) if path else []
    if not found or isinstance(found[0], bool) or not isinstance(found[0], str | int):
        return None
    text = str(found[0]).replace("\0", "").encode(errors="replace").decode()
    return text[:LONGEST_ID] or None


def asked_pause(retry_after: str, now: datetime) -> timedelta:
    """How long a Retry-After header asks to wait, in seconds or as a date; nothing where it cannot be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return timedelta()
    return min(max(at.replace(tzinfo=at.tzinfo or UTC) - now, timedelta()), LONGEST_WAIT)


@dataclass(frozen=True)
class ReceiptSettings:
    """How a provider tells what became of a message, and how it proves to be the provider."""

    hmac_key: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    signature_header: str = "X-Signature"
    list_path: str = ""
    id_path: str = "id"
    key_path: str = ""
    status_path: str = "status"
    delivered: frozenset[str] = frozenset({"delivered", "read"})
    failed: frozenset[str] = frozenset({"failed", "undelivered", "rejected", "expired"})

    def is_genuine(self, body: bytes, signature: str, authorization: str) -> bool:
        """Whether the body carries the HMAC-SHA-256 in hex, or where none is agreed on, the bearer token."""
        if self.hmac_key:
            expected = hmac.digest(self.hmac_key.encode(), body, "sha256").hex()
            given = signature.strip().lower().removeprefix("sha256=")
        else:
            expected, given = f"Bearer {self.token}", authorization
        return hmac.compare_digest(expected.encode(), given.encode())

    def read(self, document: Any) -> Iterator["Receipt"]:
        """The receipts in a document that say something final about a message that they name."""
        for part in find_all(document, self.list_path):
            event = self._event(find_name(part, self.status_path))
            gateway_id, key = find_name(part, self.id_path), find_name(part, self.key_path)
            if event and (gateway_id or key):
                yield Receipt(event, gateway_id, key)

    def _event(self, status: str | None) -> Event | None:
        folded = (status or "").casefold()
        return Event.ARRIVE if folded in self.delivered else Event.BOUNCE if folded in self.failed else None


@dataclass(frozen=True)
class Receipt:
    """What became of a message, named by the provider's id or by our key."""

    event: Event
    gateway_id: str | None
    key: str | None
