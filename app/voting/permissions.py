"""Who runs contests and who may hand in a ballot at all."""

from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    RUN_CONTEST = "run_contest"
    CAST_BALLOT = "cast_ballot"


def is_somebody(actor: Actor, facts: Within) -> bool:
    """a signed-in person; whether the ballot is taken is a rule"""
    return actor.is_signed_in


POLICY: Policy[Can, Within] = Policy(
    {Can.RUN_CONTEST: (has_role(Role.PLANNER, "a planner of the regency"),), Can.CAST_BALLOT: (is_somebody,)}
)
