"""Who runs a regency's cycle."""

from enum import StrEnum

from app.kernel.actor import Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    RUN_CYCLE = "run_cycle"


POLICY: Policy[Can, Within] = Policy({Can.RUN_CYCLE: (has_role(Role.PLANNER, "a planner of the regency"),)})
