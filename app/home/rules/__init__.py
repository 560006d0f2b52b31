"""What the first page of a regency says at a moment of its year, and proposal numbers as people type them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.cycles.rules import Activity, CycleFacts, PhaseFacts, PhaseKind
from app.kernel.actor import covers

# Three letters, two digits of the year, the sequence; people leave out dashes and leading zeros.
TYPED_NUMBER = re.compile(r"([A-Z]{3,5})[\s.-]*([0-9]{2})[\s.-]*([0-9]{1,6})")


class Occasion(StrEnum):
    """What is going on in a regency, as its first page tells it."""

    NO_MISI = "no_misi"
    NO_CYCLE = "no_cycle"
    PROPOSING = "proposing"
    VOTING = "voting"
    REVIEWING = "reviewing"
    RESULTS = "results"
    DELIVERING = "delivering"
    BETWEEN = "between"


OCCASIONS = {
    PhaseKind.GATHERING: Occasion.PROPOSING,
    PhaseKind.REVIEW: Occasion.REVIEWING,
    PhaseKind.VOTING: Occasion.REVIEWING,  # no contest takes ballots yet
    PhaseKind.RESULTS: Occasion.RESULTS,
    PhaseKind.DELIVERY: Occasion.DELIVERING,
}


@dataclass(frozen=True)
class Step:
    """A phase of the year; `state` is done, now or next."""

    phase: PhaseFacts
    state: str


def shown_cycle(cycles: Sequence[CycleFacts], now: datetime) -> CycleFacts | None:
    """The cycle that people live in now: one with an open phase, else the latest plan year."""
    running = [cycle for cycle in cycles if cycle.current(now)]
    return max(running or cycles, key=lambda cycle: cycle.plan_year, default=None)


class Ballot(StrEnum):
    """Whether a vote is on, and whether the visitor belongs to its region."""

    OWN = "own"
    ELSEWHERE = "elsewhere"
    NONE = "none"


def ballot_for(village_code: str, regency_code: str, regions: Sequence[str]) -> Ballot:
    """The ballot for a visitor from a village ('' where unknown), of the open contests' region codes."""
    if any(covers(region, village_code or regency_code) for region in regions):
        return Ballot.OWN
    return Ballot.ELSEWHERE if regions else Ballot.NONE


def occasion(cycle: CycleFacts | None, ballot: Ballot, *, has_misi: bool, now: datetime) -> Occasion:
    """One's own vote comes first, then writing; a vote elsewhere is the occasion only when nothing is written."""
    if ballot is Ballot.OWN:
        return Occasion.VOTING
    if not has_misi:
        return Occasion.NO_MISI
    if cycle and cycle.opens(Activity.PROPOSE, now):
        return Occasion.PROPOSING
    if ballot is Ballot.ELSEWHERE:
        return Occasion.VOTING
    if cycle is None:
        return Occasion.NO_CYCLE
    current = cycle.current(now)
    return OCCASIONS[current.kind] if current else Occasion.BETWEEN


def steps(cycle: CycleFacts, now: datetime) -> tuple[Step, ...]:
    """The phases of the year in order of opening."""
    return tuple(
        Step(phase, "done" if phase.window.is_over(now) else "now" if phase.window.is_open(now) else "next")
        for phase in cycle.phases
    )


def normal_number(typed: str) -> str | None:
    """BLU-28-00042 of `blu 28 42`; None where it is no proposal number."""
    found = TYPED_NUMBER.fullmatch(typed.strip().upper())
    return f"{found[1]}-{found[2]}-{int(found[3]):05d}" if found else None
