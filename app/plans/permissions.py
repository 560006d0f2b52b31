"""Who keeps a regency's plan."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy


class Can(StrEnum):
    KEEP_PLAN = "keep_plan"


@dataclass(frozen=True)
class PlanScope:
    """The regency whose plan it is."""

    regency_code: str


def plans(actor: Actor, facts: PlanScope) -> bool:
    """a planner of the regency"""
    return actor.holds(Role.PLANNER, facts.regency_code)


def installs(actor: Actor, facts: PlanScope) -> bool:
    """an administrator, at the first set-up"""
    return actor.holds(Role.ADMINISTRATOR, facts.regency_code)


POLICY: Policy[Can, PlanScope] = Policy({Can.KEEP_PLAN: (plans, installs)})
