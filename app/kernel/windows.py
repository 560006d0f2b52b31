"""Half-open stretches of time."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Window:
    """Open from `opens` up to, but not including, `closes`; both aware."""

    opens: datetime
    closes: datetime

    def is_before(self, now: datetime) -> bool:
        """The window has not opened yet."""
        return now < self.opens

    def is_open(self, now: datetime) -> bool:
        return self.opens <= now < self.closes

    def is_over(self, now: datetime) -> bool:
        return now >= self.closes
