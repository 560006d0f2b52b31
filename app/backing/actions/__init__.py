"""Every change to what an innovation stands on: commitments, legal acts, partners, tasks, the silo flag, warnings."""

from app.backing.actions.acts import add_act, attach_file, enact, harmonise, revoke, withdraw_act
from app.backing.actions.judging import judge_all, judge_changed
from app.backing.actions.partners import add_partner, add_task, close_task, end_partner
from app.backing.actions.resources import add_commitment, change_consent, step, withdraw_commitment
from app.backing.actions.warning import warn

__all__ = [
    "add_act",
    "add_commitment",
    "add_partner",
    "add_task",
    "attach_file",
    "change_consent",
    "close_task",
    "enact",
    "end_partner",
    "harmonise",
    "judge_all",
    "judge_changed",
    "revoke",
    "step",
    "warn",
    "withdraw_act",
    "withdraw_commitment",
]
