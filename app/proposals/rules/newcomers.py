"""How much somebody may send whom nobody has known for long."""

from datetime import datetime, timedelta

from app.limits.rules import Limit

NEW_FOR = timedelta(days=7)
# Proposals a day from an account of a few days; who is met by a facilitator is not counted.
NEWCOMERS = Limit("newcomer_proposals", 5, timedelta(days=1))


def is_newcomer(registered_at: datetime, now: datetime) -> bool:
    return now - registered_at < NEW_FOR
