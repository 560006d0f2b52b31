"""When a village can adopt an innovation, and who confirms it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.innovations.rules.stages import Stage
from app.kernel.actor import regency_of
from app.kernel.transitions import Lifecycle

REASON_LENGTH = (10, 1000)
# What can be taken over is in use.
ADOPTABLE = (Stage.ADOPTED, Stage.INSTITUTIONALISED, Stage.REPLICATING)


class State(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    ENDED = "ended"


class Event(StrEnum):
    CONFIRM = "confirm"
    REFUSE = "refuse"
    END = "end"


REPLICATIONS: Lifecycle[State, Event] = Lifecycle(
    {
        (State.ASKED, Event.CONFIRM): State.CONFIRMED,
        (State.ASKED, Event.REFUSE): State.REFUSED,
        (State.CONFIRMED, Event.END): State.ENDED,
    }
)
# These keep the village's place; what was refused or has ended may be tried again.
STANDING = (State.ASKED, State.CONFIRMED)


class Refusal(StrEnum):
    NOT_IN_USE = "not_in_use"
    FOREIGN_VILLAGE = "foreign_village"
    OWN_VILLAGE = "own_village"
    ADOPTED_TWICE = "adopted_twice"
    IN_FUTURE = "adopted_in_future"
    PROOF_MISSING = "proof_missing"
    FIELD_MISSING = "adoption_field_missing"
    OWN_REPORT = "own_report"
    REASON_MISSING = "adoption_reason_missing"


@dataclass(frozen=True)
class AdoptionText:
    """What is typed of an adoption: who runs it in the village, since when, and how it goes."""

    village_code: str
    adopter: str
    adopted_on: date
    note: str = ""


@dataclass(frozen=True)
class AdoptionFacts:
    """The innovation, and the villages that have it; `origin_code` is the village that it comes from, if one."""

    regency_code: str
    stage: Stage
    origin_code: str | None
    taken: Collection[str]


def refuse_adoption(facts: AdoptionFacts, text: AdoptionText, *, has_proof: bool, today: date) -> Refusal | None:
    """Why the village cannot be entered as adopting the innovation."""
    if regency_of(text.village_code) != facts.regency_code:
        return Refusal.FOREIGN_VILLAGE
    if facts.stage not in ADOPTABLE:
        return Refusal.NOT_IN_USE
    if text.village_code == facts.origin_code:
        return Refusal.OWN_VILLAGE
    if text.village_code in facts.taken:
        return Refusal.ADOPTED_TWICE
    if not text.adopter.strip():
        return Refusal.FIELD_MISSING
    if text.adopted_on > today:
        return Refusal.IN_FUTURE
    return None if has_proof else Refusal.PROOF_MISSING


def refuse_decision(event: Event, asked_by_id: int | None, actor_id: int | None, reason: str) -> Refusal | None:
    """Why the actor cannot decide so on the report."""
    if event is not Event.END and actor_id is not None and actor_id == asked_by_id:
        return Refusal.OWN_REPORT
    needs_reason = event is not Event.CONFIRM and len(reason.strip()) < REASON_LENGTH[0]
    return Refusal.REASON_MISSING if needs_reason else None
