"""What one may ask the board for, and in which order it answers."""

from dataclasses import dataclass, fields
from enum import StrEnum

from app.innovations.rules.gates import SiloRisk
from app.innovations.rules.profile import Light
from app.innovations.rules.stages import ENDED, LANES, Lane, Stage


class Order(StrEnum):
    """The codes stand in addresses."""

    LATEST = "terbaru"
    WAITING = "terlama"
    SCORE = "kematangan"
    RISK = "risiko"


# Beside the reasons of the silo flag: any of them, or an agency that is there no more.
ANY_RISK, AGENCY_GONE = "ada", "dinas-bubar"


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed down to; `risk` is one reason of the silo flag, any, or a dissolved agency."""

    text: str = ""
    pillar: int | None = None
    misi: int | None = None
    agency_id: int | None = None
    district: str = ""
    risk: str = ""
    light: Light | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything beside the pillar, which has chips of its own, is asked for."""
        return any(getattr(self, one.name) not in (None, "") for one in fields(self) if one.name != "pillar")


def risks_of(reasons: str, stage: Stage) -> tuple[SiloRisk, ...]:
    """The reasons as a row keeps them, in the order of their kinds; of what has ended nobody asks any more."""
    kept = reasons.split(",") if stage not in ENDED else ()
    return tuple(risk for risk in SiloRisk if risk in kept)


def stages_of(typed: str) -> tuple[Stage, ...]:
    """The stages of a lane, or the one that is named; none where it is neither."""
    if typed in set(Lane):
        return LANES[Lane(typed)]
    return (Stage(typed),) if typed in set(Stage) else ()
