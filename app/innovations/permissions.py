"""Who keeps the registry of innovations, and who adds what an innovation has to show."""

from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    REGISTER = "register"
    PROVIDE = "provide"
    CURATE = "curate"


PLANNER = has_role(Role.PLANNER, "a planner of the regency")
INSTALLER = has_role(Role.ADMINISTRATOR, "an administrator, at the first set-up")


def is_officer(actor: Actor, facts: Within) -> bool:
    """an officer of its agency"""
    return actor.serves(facts.code, facts.agency_id)


POLICY: Policy[Can, Within] = Policy(
    {Can.REGISTER: (PLANNER, INSTALLER), Can.PROVIDE: (PLANNER, is_officer), Can.CURATE: (PLANNER,)}
)
