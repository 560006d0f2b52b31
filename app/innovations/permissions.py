"""Who keeps the registry of innovations, and who adds what an innovation has to show."""

from enum import StrEnum

from app.kernel.actor import Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    REGISTER = "register"
    PROVIDE = "provide"
    CURATE = "curate"


PLANNER = has_role(Role.PLANNER, "a planner of the regency")
OFFICER = has_role(Role.OFFICER, "an agency officer of the regency")
INSTALLER = has_role(Role.ADMINISTRATOR, "an administrator, at the first set-up")

POLICY: Policy[Can, Within] = Policy(
    {Can.REGISTER: (PLANNER, INSTALLER), Can.PROVIDE: (PLANNER, OFFICER), Can.CURATE: (PLANNER,)}
)
