"""Who runs contests and who may hand in a ballot at all."""

from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    RUN_CONTEST = "run_contest"
    CAST_BALLOT = "cast_ballot"
    TAKE_PAPER = "take_paper"
    TYPE_PAPER = "type_paper"
    OBJECT = "object"


def is_somebody(actor: Actor, facts: Within) -> bool:
    """a signed-in person; whether the ballot or the objection is taken is a rule"""
    return actor.is_signed_in


PLANNER = has_role(Role.PLANNER, "a planner of the regency")
FACILITATOR = has_role(Role.FACILITATOR, "a facilitator of that village")

POLICY: Policy[Can, Within] = Policy(
    {
        Can.RUN_CONTEST: (PLANNER,),
        Can.CAST_BALLOT: (is_somebody,),
        Can.OBJECT: (is_somebody,),
        Can.TAKE_PAPER: (FACILITATOR,),
        Can.TYPE_PAPER: (FACILITATOR, PLANNER),
    }
)
