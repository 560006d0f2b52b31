"""Entering an innovation oneself: for an agency, for a village, or as a resident."""

from collections.abc import Collection
from dataclasses import dataclass, field

from app.innovations.rules.profile import Classification, Initiator
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import Origin

# So many ideas of one resident may wait for the planner at the same time.
MOST_WAITING = 5


@dataclass(frozen=True)
class Behalf:
    """For whom somebody enters an innovation; a resident and a village have a place, an agency has none."""

    origin: Origin
    agency_id: int | None = None
    village_code: str = ""


@dataclass(frozen=True)
class Entry:
    """What somebody tells of an innovation."""

    behalf: Behalf
    name: str
    expansion: str
    summary: str
    pillar_id: int | None = None
    misi_ids: Collection[int] = field(default_factory=frozenset)
    is_named: bool = False


CLASSIFIED = {
    Origin.AGENCY: Classification.AGENCY,
    Origin.VILLAGE: Classification.VILLAGE,
    Origin.RESIDENT: Classification.COMMUNITY,
}
STARTED = {Origin.AGENCY: Initiator.AGENCY, Origin.VILLAGE: Initiator.COMMUNITY, Origin.RESIDENT: Initiator.COMMUNITY}


def refuse_entry(entry: Entry, taken: Collection[str], waiting: int, known_pillars: Collection[int]) -> Refusal | None:
    """Why it cannot be entered; `taken` are names in small letters, `waiting` what the same person has entered."""
    if entry.name.casefold() in taken:
        return Refusal.NAME_TAKEN
    if entry.pillar_id is not None and entry.pillar_id not in known_pillars:
        return Refusal.UNKNOWN_PILLAR
    is_full = entry.behalf.origin is Origin.RESIDENT and waiting >= MOST_WAITING
    return Refusal.ENOUGH_WAITING if is_full else None
