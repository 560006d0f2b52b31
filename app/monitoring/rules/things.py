"""Things that are monitored: actions of the plan, and innovations."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.innovations.rules.stages import Stage

# An innovation is reported on as soon as it is tried out.
MEASURED = (Stage.TRIAL, Stage.EVALUATION, Stage.ADOPTED, Stage.INSTITUTIONALISED, Stage.REPLICATING)


class ThingKind(StrEnum):
    """The codes stand in addresses."""

    ACTION = "rad"
    INNOVATION = "inovasi"


@dataclass(frozen=True)
class Thing:
    """An action by its code, or an innovation by its number; it is open as long as it owes reports."""

    kind: ThingKind
    id: int
    regency_code: str
    key: str
    name: str
    pillar_id: int | None
    agency_id: int | None
    agency: str | None
    agency_ended_on: date | None
    is_open: bool
    since: datetime
