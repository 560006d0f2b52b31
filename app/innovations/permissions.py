"""Who keeps the registry of innovations, and who adds what an innovation has to show."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy


class Can(StrEnum):
    REGISTER = "register"
    PROVIDE = "provide"
    CURATE = "curate"


@dataclass(frozen=True)
class InnovationScope:
    """The regency whose innovation it is."""

    regency_code: str


def plans(actor: Actor, facts: InnovationScope) -> bool:
    """a planner of the regency"""
    return actor.holds(Role.PLANNER, facts.regency_code)


def works(actor: Actor, facts: InnovationScope) -> bool:
    """an agency officer of the regency"""
    return actor.holds(Role.OFFICER, facts.regency_code)


def installs(actor: Actor, facts: InnovationScope) -> bool:
    """an administrator, at the first set-up"""
    return actor.holds(Role.ADMINISTRATOR, facts.regency_code)


POLICY: Policy[Can, InnovationScope] = Policy(
    {Can.REGISTER: (plans, installs), Can.PROVIDE: (plans, works), Can.CURATE: (plans,)}
)
