"""Reading innovations."""

from app.innovations.queries.cards import LANE_SIZE, Card, counts_of, first_in_lanes, in_lane, ready
from app.innovations.queries.details import (
    Decided,
    Detail,
    Link,
    ProvisionRow,
    find_decided,
    get_detail,
    get_locked,
    held_by,
    held_in,
    history_of,
    misi_of_innovation,
    names_in,
    provisions_of,
    winners,
)

__all__ = [
    "LANE_SIZE",
    "Card",
    "Decided",
    "Detail",
    "Link",
    "ProvisionRow",
    "counts_of",
    "find_decided",
    "first_in_lanes",
    "get_detail",
    "get_locked",
    "held_by",
    "held_in",
    "history_of",
    "in_lane",
    "misi_of_innovation",
    "names_in",
    "provisions_of",
    "ready",
    "winners",
]
