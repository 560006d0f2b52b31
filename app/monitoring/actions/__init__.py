"""Every change to what is monitored: indicators, reports, verifying, evaluations, checks, reminders and judging."""

from app.monitoring.actions.checking import check
from app.monitoring.actions.judging import judge, judge_next
from app.monitoring.actions.measuring import EvaluationText, add_evaluation, attach_file, set_indicator
from app.monitoring.actions.reminding import remind
from app.monitoring.actions.reporting import facts_of, report, require_reporter, review, serves

__all__ = [
    "EvaluationText",
    "add_evaluation",
    "attach_file",
    "check",
    "facts_of",
    "judge",
    "judge_next",
    "remind",
    "report",
    "require_reporter",
    "review",
    "serves",
    "set_indicator",
]
