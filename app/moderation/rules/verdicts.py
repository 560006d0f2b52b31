"""Who has spoken on which level, whose turn it is, and why a verdict is not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.proposals.rules import REASON_LENGTH, Event, Holder, ReasonCode, Status


class Level(StrEnum):
    """The levels in order of turn."""

    VILLAGE = "village"
    PLANNING = "planning"
    DISTRICT = "district"
    AGENCY = "agency"
    REGENCY = "regency"


class Outcome(StrEnum):
    ACCEPT = "accept"
    ACCEPT_WITH_CHANGES = "accept_with_changes"
    DEFER = "defer"
    RETURN = "return"
    REJECT = "reject"
    REROUTE = "reroute"
