"""Reading counters."""

from datetime import datetime

from app.db.session import session
from app.limits.models import Tries
from app.limits.rules import Limit, window_start
from app.vault import blind_index


def counted(limit: Limit, key: str, now: datetime) -> int:
    """How often the key was used in the running window."""
    row = session.get(Tries, (limit.kind, blind_index(limit.kind, key), window_start(limit.window, now)))
    return row.count if row else 0


def is_remembered(kind: str, key: str, until: datetime) -> bool:
    """Whether the key was remembered until this very moment."""
    return session.get(Tries, (kind, blind_index(kind, key), until)) is not None
