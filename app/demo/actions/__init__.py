"""Acting the script out, and keeping the passwords of its accounts and the shares of its keys."""

from app.demo.actions.accounts import draw_passwords, equip, fits, keep, keep_data, kept, renew
from app.demo.actions.deeds import perform
from app.demo.actions.evidence import bring, judge_evidence
from app.demo.actions.planning import adopt
from app.demo.actions.playing import Play

__all__ = [
    "Play",
    "adopt",
    "bring",
    "draw_passwords",
    "equip",
    "fits",
    "judge_evidence",
    "keep",
    "keep_data",
    "kept",
    "perform",
    "renew",
]
