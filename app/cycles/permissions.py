"""Who runs a regency's cycle."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy


class Can(StrEnum):
    RUN_CYCLE = "run_cycle"


@dataclass(frozen=True)
class CycleScope:
    """The regency whose cycle it is."""

    regency_code: str


def plans(actor: Actor, facts: CycleScope) -> bool:
    """a planner of the regency"""
    return actor.holds(Role.PLANNER, facts.regency_code)


POLICY: Policy[Can, CycleScope] = Policy({Can.RUN_CYCLE: (plans,)})
