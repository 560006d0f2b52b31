"""What a limit is: so many times in a window of time that starts at round moments."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Refusal(StrEnum):
    """Why limits say no."""

    TOO_OFTEN = "too_often"


@dataclass(frozen=True)
class Limit:
    """At most `most` times in a window; `kind` names what is counted."""

    kind: str
    most: int
    window: timedelta


def window_start(window: timedelta, now: datetime) -> datetime:
    """The beginning of the window in which tries are counted together."""
    return now - timedelta(seconds=now.timestamp() % window.total_seconds())


def minutes_left(limit: Limit, now: datetime) -> int:
    """Whole minutes until the next window, one at least."""
    left = window_start(limit.window, now) + limit.window - now
    return max(1, -(-int(left.total_seconds()) // 60))
