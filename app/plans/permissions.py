"""Who keeps a regency's plan."""

from enum import StrEnum

from app.kernel.actor import Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    KEEP_PLAN = "keep_plan"


PLANNER = has_role(Role.PLANNER, "a planner of the regency")
INSTALLER = has_role(Role.ADMINISTRATOR, "an administrator, at the first set-up")

POLICY: Policy[Can, Within] = Policy({Can.KEEP_PLAN: (PLANNER, INSTALLER)})
