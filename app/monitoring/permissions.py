"""Who reports, who verifies, and who checks. Indicators and evaluations are brought by those who provide for an
innovation (innovations.permissions).
"""

from enum import StrEnum

from app.innovations.permissions import PLANNER, is_officer
from app.kernel.actor import Actor
from app.kernel.policy import Policy, Within
from app.monitoring.rules.checks import CheckFacts, may_check


class Can(StrEnum):
    REPORT = "report_quarter"
    VERIFY = "verify_report"


class CanCheck(StrEnum):
    CHECK = "check_innovation"


def is_concerned(actor: Actor, facts: CheckFacts) -> bool:
    """whoever asked for it or supports it, or a confirmed resident of a village that has it"""
    return actor.is_signed_in and may_check(facts)


POLICY: Policy[Can, Within] = Policy(
    {
        # A planner for agencies that have no officer; the action asks that.
        Can.REPORT: (is_officer, PLANNER),
        Can.VERIFY: (PLANNER,),
    }
)
"""What a report of a quarter needs, and what is refused."""
CHECKS: Policy[CanCheck, CheckFacts] = Policy({CanCheck.CHECK: (is_concerned,)})
