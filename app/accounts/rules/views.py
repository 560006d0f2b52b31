"""Which part of a person's record somebody of the staff has seen."""

from datetime import timedelta
from enum import StrEnum


class Seen(StrEnum):
    """Parts of a record; finer than this nobody can tell what a page showed."""

    RECORD = "record"
    CARD = "card"
    GRANTS = "grants"
    FOUND = "found"


# Seen again by the same person within this time, it is the same view.
SAME_VIEW = timedelta(minutes=10)
