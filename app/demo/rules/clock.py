"""Moments of the story, counted in days from today in the regency's zone, at hours when people are awake."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.kernel.windows import Window


@dataclass(frozen=True)
class Clock:
    """`today` is midnight in the regency; every act lies on a day before it, so that nothing has yet to happen."""

    today: datetime
    chance: Random

    def day(self, day: int) -> datetime:
        return self.today + timedelta(days=day)

    def date(self, day: int) -> date:
        return self.day(day).date()

    def hour(self, day: int, hour: int, minute: int = 0) -> datetime:
        return self.day(day) + timedelta(hours=hour, minutes=minute)

    def office(self, day: int) -> datetime:
        """A moment from eight to four."""
        return self._within(day, 8, 16)

    def waking(self, day: int) -> datetime:
        """A moment from six in the morning to nine in the evening."""
        return self._within(day, 6, 21)

    def _within(self, day: int, first: int, last: int) -> datetime:
        return self.day(day) + timedelta(seconds=self.chance.randrange(first * 3600, last * 3600))

    def between(self, first: int, last: int) -> int:
        """A day from first to last, both included."""
        return self.chance.randint(first, last)

    def window(self, opens: int, closes: int) -> Window:
        """From eight in the morning of the first day to eight in the evening of the last."""
        return Window(self.hour(opens, 8), self.hour(closes, 20))
