"""Counting: in the transaction of the act, or in one of its own where a refusal must not undo the count."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.audit.actions import record
from app.db.session import session
from app.db.upserts import count_up
from app.kernel.actor import ANYONE, Actor
from app.kernel.outcomes import Refused
from app.limits.models import Tries
from app.limits.queries import counted
from app.limits.rules import Limit, Refusal, minutes_left, window_start
from app.vault import blind_index

KEPT_FOR = timedelta(days=30)


def count(limit: Limit, key: str, now: datetime, actor: Actor = ANYONE, *, by: int = 1) -> int:
    """Count one more and tell where the counter stands; the log gets one entry when it passes the limit.

    A try that turned out right is given back with -1.
    """
    reached = count_up(
        Tries.count,
        by,
        kind=limit.kind,
        key_digest=blind_index(limit.kind, key),
        since=window_start(limit.window, now),
    )
    if by > 0 and reached == limit.most + 1:  # once: nobody fills the log by trying on
        record(actor, "too_often", f"limit:{limit.kind}", now)
    return reached


def refuse_over(limit: Limit, key: str, now: datetime) -> None:
    """Refuse where more than the limit has been counted."""
    if counted(limit, key, now) > limit.most:
        raise Refused(Refusal.TOO_OFTEN, minutes=minutes_left(limit, now))


def take(limit: Limit, key: str, now: datetime, actor: Actor = ANYONE) -> None:
    """Count one more, and refuse it where that is too many; refused in the same transaction it is not counted."""
    if count(limit, key, now, actor) > limit.most:
        raise Refused(Refusal.TOO_OFTEN, minutes=minutes_left(limit, now))


def remember(kind: str, key: str, until: datetime) -> None:
    """Know a key again until then and some weeks longer, without keeping it."""
    count_up(Tries.count, kind=kind, key_digest=blind_index(kind, key), since=until)


def sweep(now: datetime) -> int:
    """Forget old counters; how many."""
    return len(session.execute(delete(Tries).where(Tries.since < now - KEPT_FOR).returning(Tries.kind)).all())
