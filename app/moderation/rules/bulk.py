"""The same answer for many, and taking all of it back once."""

from collections.abc import Collection
from datetime import datetime, timedelta

from app.moderation.rules.refusals import Refusal

MOST = 50
UNDO_FOR = timedelta(hours=1)


def refuse_batch(chosen: Collection[str]) -> Refusal | None:
    if not chosen:
        return Refusal.NOTHING_CHOSEN
    return Refusal.TOO_MANY if len(chosen) > MOST else None


def refuse_undo(at: datetime, undone_at: datetime | None, now: datetime) -> Refusal | None:
    if undone_at is not None:
        return Refusal.UNDONE_ALREADY
    return Refusal.TOO_LATE_TO_UNDO if now >= at + UNDO_FOR else None
