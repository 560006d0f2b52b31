"""Who runs contests and who may hand in a ballot at all."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy


class Can(StrEnum):
    RUN_CONTEST = "run_contest"
    CAST_BALLOT = "cast_ballot"


@dataclass(frozen=True)
class ContestScope:
    """The regency whose contest it is."""

    regency_code: str


def plans(actor: Actor, facts: ContestScope) -> bool:
    """a planner of the regency"""
    return actor.holds(Role.PLANNER, facts.regency_code)


def is_somebody(actor: Actor, facts: ContestScope) -> bool:
    """a signed-in person; whether the ballot is taken is a rule"""
    return actor.is_signed_in


POLICY: Policy[Can, ContestScope] = Policy({Can.RUN_CONTEST: (plans,), Can.CAST_BALLOT: (is_somebody,)})
