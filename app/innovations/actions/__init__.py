"""Every change to innovations: letting proposals in or sending them on, registering, providing, moving a stage."""

from app.innovations.actions.deciding import escalate, route
from app.innovations.actions.editing import add_supporting, describe
from app.innovations.actions.entering import enter, name_owner
from app.innovations.actions.importing import bring_in
from app.innovations.actions.moving import MOVED, Moved, hold, pass_gate, reject, resume, send_back, stop
from app.innovations.actions.providing import (
    CHANGED,
    add_provision,
    keeping_gates,
    open_for,
    set_lead,
    today_of,
    withdraw_provision,
)
from app.innovations.actions.standing import note_adopters, note_score, note_scores, note_silo

__all__ = [
    "CHANGED",
    "MOVED",
    "Moved",
    "add_provision",
    "add_supporting",
    "bring_in",
    "describe",
    "enter",
    "escalate",
    "hold",
    "keeping_gates",
    "name_owner",
    "note_adopters",
    "note_score",
    "note_scores",
    "note_silo",
    "open_for",
    "pass_gate",
    "reject",
    "resume",
    "route",
    "send_back",
    "set_lead",
    "stop",
    "today_of",
    "withdraw_provision",
]
