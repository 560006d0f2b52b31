"""Who reports that a village has taken an innovation up, and who confirms it."""

from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    REPORT = "report"
    DECIDE = "decide"


FACILITATOR = has_role(Role.FACILITATOR, "a facilitator of the village")
PLANNER = has_role(Role.PLANNER, "a planner of the regency")


def serves_lead(actor: Actor, facts: Within) -> bool:
    """an officer of the lead agency"""
    return facts.agency_id is not None and actor.serves(facts.code, facts.agency_id)


POLICY: Policy[Can, Within] = Policy({Can.REPORT: (FACILITATOR, PLANNER), Can.DECIDE: (PLANNER, serves_lead)})
