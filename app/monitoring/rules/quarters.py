"""Quarters of a year, and until when they are reported: ten days after they end, by the clocks of the regency."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS_TO_REPORT = 10
TEXT = re.compile(r"(20[0-9]{2})-([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter; `2026-3` in addresses."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def following(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def first_day_after(self) -> date:
        following = self.following
        return date(following.year, 3 * following.number - 2, 1)

    @property
    def last_day_to_report(self) -> date:
        return self.first_day_after + timedelta(days=DAYS_TO_REPORT - 1)

    def ends(self, zone: str) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.first_day_after, datetime.min.time(), ZoneInfo(zone))

    def deadline(self, zone: str) -> datetime:
        """The first instant that is too late."""
        return self.ends(zone) + timedelta(days=DAYS_TO_REPORT)


def parse_quarter(text: str) -> Quarter | None:
    found = TEXT.fullmatch(text)
    return Quarter(int(found[1]), int(found[2])) if found else None


def last_ended(now: datetime, zone: str) -> Quarter:
    """The quarter that is judged now."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return Quarter(today.year, (today.month + 2) // 3).previous
