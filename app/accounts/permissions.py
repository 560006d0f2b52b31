"""Who may attest whom, and who may grant what."""

from enum import StrEnum

from app.kernel.actor import Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    ENROL = "enrol"
    ATTEST = "attest"
    SEE_RESIDENTS = "see_residents"
    GRANT = "grant"


FACILITATOR = has_role(Role.FACILITATOR, "a facilitator of that village")
ADMINISTRATOR = has_role(Role.ADMINISTRATOR, "an administrator of that region")

POLICY: Policy[Can, Within] = Policy(
    {
        Can.ENROL: (FACILITATOR, ADMINISTRATOR),
        Can.ATTEST: (FACILITATOR,),
        Can.SEE_RESIDENTS: (FACILITATOR,),
        Can.GRANT: (ADMINISTRATOR,),
    }
)
