"""Acting the script out, and keeping the passwords of its accounts and the shares of its keys."""

from app.demo.actions.accounts import draw_passwords, equip, fits, keep, keep_data, kept, renew
from app.demo.actions.deeds import perform
from app.demo.actions.evidence import bring, judge_evidence
from app.demo.actions.monitoring import check, evaluate, judge_all, report, review, set_indicator
from app.demo.actions.planning import adopt
from app.demo.actions.playing import Play
from app.demo.actions.works import check_work, lead

__all__ = [
    "Play",
    "adopt",
    "bring",
    "check",
    "check_work",
    "draw_passwords",
    "equip",
    "evaluate",
    "fits",
    "judge_all",
    "judge_evidence",
    "keep",
    "keep_data",
    "kept",
    "lead",
    "perform",
    "renew",
    "report",
    "review",
    "set_indicator",
]
