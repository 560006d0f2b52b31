"""How long one stays signed in, and in what words a browser is told from another."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# The row is brought up to date at most this often.
SEEN_EVERY = timedelta(minutes=1)
# How long a typed password counts for acts that ask for it again.
CONFIRMED_FOR = timedelta(minutes=10)
# Under which name the cookie keeps, for one look at the form, the number of a card that was scanned.
SIGN_IN_NAME = "sign_in_name"
# How many sessions a page lists.
MOST_SHOWN = 50


class Way(StrEnum):
    """How one has signed in."""

    PASSWORD = "password"  # noqa: S105
    CODE = "code"
    PASSKEY = "passkey"


@dataclass(frozen=True)
class Span:
    """How long a session lasts: unused, and as a whole; without a limit unused it lasts as a whole."""

    whole: timedelta
    idle: timedelta | None = None


SHARED = Span(timedelta(hours=2), timedelta(minutes=15))
OWN = Span(timedelta(days=30))
STAFF = Span(timedelta(hours=12), timedelta(minutes=30))
LONGEST = OWN.whole


@dataclass(frozen=True)
class SessionFacts:
    """A session, and whether the person holds a role now."""

    begun_at: datetime
    seen_at: datetime
    is_shared: bool
    is_staff: bool


def span_of(is_shared: bool, is_staff: bool) -> Span:
    """Staff have the span of staff on whatever device: their desks show other people's data."""
    if is_staff:
        return STAFF
    return SHARED if is_shared else OWN


def is_alive(facts: SessionFacts, now: datetime) -> bool:
    span = span_of(facts.is_shared, facts.is_staff)
    is_idle = span.idle is not None and now - facts.seen_at >= span.idle
    return not is_idle and now - facts.begun_at < span.whole


def is_seen_anew(seen_at: datetime, now: datetime) -> bool:
    """Whether it is worth writing down that the session is still in use."""
    return now - seen_at >= SEEN_EVERY


def is_confirmed(confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether the password was typed a short while ago."""
    return confirmed_at is not None and now - confirmed_at < CONFIRMED_FOR


@dataclass(frozen=True)
class Device:
    """The family of a browser and its system, nothing finer; empty where it is not told."""

    browser: str = ""
    system: str = ""


# The first mark found in the User-Agent decides: most browsers also name the ones they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("KAIOS", "KaiOS"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> Device:
    return Device(*(next((name for mark, name in marks if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS)))


def digest_of(token: str) -> str:
    """What is kept of the random id that the browser holds."""
    return hashlib.sha256(token.encode()).hexdigest()
