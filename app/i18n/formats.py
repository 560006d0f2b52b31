"""Numbers, rupiah and dates as text, without Babel's cost per value: names are taken from Babel once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask, g

from app.i18n.catalogues import _, _n, language

ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
DEFAULT_ZONE = "Asia/Jakarta"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Names:
    """Month and day names of a language; Monday is day 0."""

    months: dict[int, str]
    days: dict[int, str]
    group: str
    clock: str


@cache
def _names(code: str) -> Names:
    locale = Locale.parse("en_GB" if code == "en" else code)
    months, days = locale.months["format"]["wide"], locale.days["format"]["wide"]
    return Names(dict(months), dict(days), "," if code == "en" else ".", ":" if code == "en" else ".")


def number(value: int) -> str:
    """1.234 in Indonesian, 1,234 in English."""
    return f"{value:,}".replace(",", _names(language()).group)


def figure(value: Decimal) -> str:
    """1.234,5 in Indonesian, 1,234.5 in English; no zeros at the end."""
    whole, _dot, places = f"{abs(value):f}".partition(".")
    comma = "." if language() == "en" else ","
    text = number(int(whole)) + (comma + places if (places := places.rstrip("0")) else "")
    return f"-{text}" if value < 0 else text


def rupiah(value: int) -> str:
    """Rp1.250.000 in both languages: it is how the sum stands in every document."""
    text = f"{abs(value):,}".replace(",", ".")
    return f"-Rp{text}" if value < 0 else f"Rp{text}"


def rupiah_short(value: int) -> str:
    """Rp24,5 miliar; for figures that are read at a glance."""
    for size, unit in ((10**9, _("miliar")), (10**6, _("juta"))):
        if value >= size:
            whole, tenth = divmod(value * 10 // size, 10)
            comma = "." if language() == "en" else ","
            return f"Rp{number(whole)}{comma}{tenth} {unit}" if tenth else f"Rp{number(whole)} {unit}"
    return rupiah(value)


def _zone_here() -> ZoneInfo:
    regency = g.get("regency")
    return ZoneInfo(regency.time_zone if regency is not None else DEFAULT_ZONE)


def _here(moment: datetime) -> tuple[datetime, str]:
    zone = _zone_here()
    return moment.astimezone(zone), ZONE_NAMES.get(zone.key, zone.key)


def day(moment: datetime | date) -> str:
    """21 November 2026, in the regency's zone."""
    at = _here(moment)[0] if isinstance(moment, datetime) else moment
    return f"{at.day} {_names(language()).months[at.month]} {at.year}"


def weekday(moment: datetime) -> str:
    """Sabtu, 21 November 2026, in the regency's zone."""
    return f"{_names(language()).days[_here(moment)[0].weekday()]}, {day(moment)}"


def moment(at: datetime) -> str:
    """Sabtu, 21 November 2026, 20.00 WITA."""
    here, zone = _here(at)
    return f"{weekday(at)}, {here:%H}{_names(language()).clock}{here:%M} {zone}"


def clock_time(at: datetime) -> datetime:
    """What the clocks in the regency show at an instant, as a datetime without a zone."""
    return _here(at)[0].replace(tzinfo=None)


def instant(shown: datetime) -> datetime:
    """The instant at which the clocks in the regency show this."""
    return shown.replace(tzinfo=_zone_here()).astimezone(UTC)


def iso(at: datetime) -> str:
    """For <time datetime>."""
    return at.astimezone(UTC).isoformat(timespec="minutes")


def remaining(until: datetime, now: datetime) -> str:
    """What is left, in the largest whole unit: 12 hari lagi, 3 jam lagi."""
    left = until - now
    if left >= DAY:
        return str(_n("%(num)s hari lagi", "%(num)s hari lagi", left // DAY))
    hours = left // timedelta(hours=1)
    if hours >= 1:
        return str(_n("%(num)s jam lagi", "%(num)s jam lagi", hours))
    return str(_("kurang dari 1 jam lagi"))


def elapsed_days(since: datetime, now: datetime) -> str:
    """How long something waits: hari ini, 14 hari."""
    days = (now - since) // DAY
    return str(_n("%(num)s hari", "%(num)s hari", days) if days >= 1 else _("hari ini"))


def register_formats(app: Flask) -> None:
    """Make the formats filters of every template."""
    for fmt in (number, figure, rupiah, rupiah_short, day, weekday, moment, iso, remaining, elapsed_days):
        app.jinja_env.filters[fmt.__name__] = fmt
