"""When notices of a breach are due, and what a line of the report tells."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# UU 27/2022 art. 46: three times 24 hours after it is known.
NOTICE_WITHIN = timedelta(hours=72)


class Touch(StrEnum):
    """What somebody did with a part of a person's record."""

    SEEN = "seen"
    ACTED = "acted"
    SIGNED_IN = "signed_in"


class Letter(StrEnum):
    """Whom a notice is written to."""

    PERSON = "person"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class Touched:
    """A line of the report; people are told by card number. `by` is empty where nobody was signed in."""

    card_number: str
    touch: Touch
    part: str
    at: datetime
    by: str
    phone: str = ""


def due(known_at: datetime) -> datetime:
    """Until when the person and the authority are told."""
    return known_at + NOTICE_WITHIN
