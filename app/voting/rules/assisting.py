"""Votes on a facilitator's device, and telling whose vote was replaced: what stands out, and what is told when."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.voting.rules.contest import TURNOUT_FROM

# More on one day are no longer a few neighbours in a row: the planner looks at it.
MOST_A_DAY = 30
# Replacements of a day are told in this hour of it, all at once, so that nothing tells when each of them was.
TELL_AT_HOUR = 17


def told_shares(counts: Mapping[int, int]) -> tuple[dict[int, int], int]:
    """Helper to votes for those with ten or more, and the votes of all others together."""
    told = {helper: count for helper, count in counts.items() if count >= TURNOUT_FROM}
    return told, sum(counts.values()) - sum(told.values())


def days_to_tell(clock: datetime) -> list[date]:
    """Of which days replacements may be told at this time on the clocks of the regency; each is told once."""
    today = clock.date()
    before = today - timedelta(days=1)
    return [before, today] if clock.hour == TELL_AT_HOUR else [before]
