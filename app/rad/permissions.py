"""Who keeps the regional action plan."""

from enum import StrEnum

from app.kernel.actor import Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    KEEP_PLAN = "keep_plan"


POLICY: Policy[Can, Within] = Policy({Can.KEEP_PLAN: (has_role(Role.PLANNER, "a planner of the regency"),)})
