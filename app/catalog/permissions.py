"""Who keeps the catalog."""

from enum import StrEnum

from app.kernel.actor import Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    KEEP_CATALOG = "keep_catalog"


PLANNER = has_role(Role.PLANNER, "a planner of the regency")
INSTALLER = has_role(Role.ADMINISTRATOR, "an administrator of the regency")

POLICY: Policy[Can, Within] = Policy({Can.KEEP_CATALOG: (PLANNER, INSTALLER)})
