"""How an entry is sealed."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True)
class EntryFacts:
    """What the seal covers."""

    id: int
    at: datetime
    actor_id: int | None
    act: str
    subject: str
    facts: Mapping[str, object]


def seal(entry: EntryFacts, previous: str, key: bytes) -> str:
    """HMAC-SHA-256 over the canonical JSON of the entry and the seal before it, as 64 hex digits."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    body = [previous, entry.id, at, entry.actor_id, entry.act, entry.subject, entry.facts]
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
