"""The sealed box of a contest: who may hold its key, when the log grows, and when the box is closed and opened."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.voting.rules.contest import TURNOUT_FROM

WITNESSES = 3
NAME_LENGTH = (3, 120)
FINGERPRINT = re.compile("[0-9a-f]{64}")
# A batch of the log tells when its envelopes came: it takes an hour at least, and enough envelopes to hide in.
BATCH_EVERY, QUIET_BATCH_AFTER = timedelta(hours=1), timedelta(days=1)


class BoxRefusal(StrEnum):
    """Why a contest's keys are not taken, or its box cannot be opened, closed or counted."""

    NOT_A_KEY = "not_a_key"
    NOT_A_FINGERPRINT = "not_a_fingerprint"
    SAME_INSTITUTION = "same_institution"
    SAME_SHARE = "same_share"
    KEYS_MISSING = "keys_missing"
    PAPER_UNFINISHED = "paper_unfinished"
    BOX_UNEQUAL = "box_unequal"
    NO_SUCH_WITNESS = "no_such_witness"
    NOT_THE_BALLOTS = "not_the_ballots"
    BALLOTS_UNEQUAL = "ballots_unequal"


@dataclass(frozen=True)
class WitnessFacts:
    """Who holds a share of the key; of the share only its fingerprint is known."""

    name: str
    institution: str
    share_sha256: str


@dataclass(frozen=True)
class BoxKeys:
    """What a planner enters of a key that was made offline: its public half (hex), and who holds the rest."""

    box_key: str
    witnesses: Sequence[WitnessFacts]


def refuse_keys(keys: BoxKeys, *, is_key: bool) -> tuple[BoxRefusal, int | None] | None:
    """The reason against these keys, with the number of the witness that it concerns."""
    if not is_key:
        return BoxRefusal.NOT_A_KEY, None
    institutions: set[str] = set()
    shares: set[str] = set()
    for number, witness in enumerate(keys.witnesses, 1):
        institution = " ".join(witness.institution.lower().split())
        if not FINGERPRINT.fullmatch(witness.share_sha256):
            return BoxRefusal.NOT_A_FINGERPRINT, number
        if institution in institutions:
            return BoxRefusal.SAME_INSTITUTION, number
        if witness.share_sha256 in shares:
            return BoxRefusal.SAME_SHARE, number
        institutions.add(institution)
        shares.add(witness.share_sha256)
    return None


def is_batch_due(last: datetime, logged: int, waiting: int, now: datetime) -> bool:
    """Whether what waits goes into the log: ten an hour at least, or fewer after a quiet day; no turnout under ten."""
    if waiting == 0 or now < last + BATCH_EVERY:
        return False
    is_quiet = now >= last + QUIET_BATCH_AFTER and logged + waiting >= TURNOUT_FROM
    return waiting >= TURNOUT_FROM or is_quiet
