"""Who brings regions in."""

from enum import StrEnum

from app.kernel.actor import Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    KEEP_REGIONS = "keep_regions"


POLICY: Policy[Can, Within] = Policy(
    {Can.KEEP_REGIONS: (has_role(Role.ADMINISTRATOR, "an administrator of the installation"),)}
)
