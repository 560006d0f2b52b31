"""Who reports on a work."""

from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    REPORT = "report"


def is_officer(actor: Actor, facts: Within) -> bool:
    """an officer of the agency it was routed to"""
    return facts.agency_id is not None and actor.serves(facts.code, facts.agency_id)


POLICY: Policy[Can, Within] = Policy({Can.REPORT: (has_role(Role.PLANNER, "a planner of the regency"), is_officer)})
