"""Every change to innovations: letting proposals in or sending them on, registering, providing, moving a stage."""

from app.innovations.actions.deciding import escalate, route
from app.innovations.actions.editing import add_supporting, describe
from app.innovations.actions.entering import enter, name_owner
from app.innovations.actions.importing import bring_in
from app.innovations.actions.moving import pass_gate, reject, resume, send_back, stop
from app.innovations.actions.providing import add_provision
from app.innovations.actions.standing import note_adopters, note_score, note_silo

__all__ = [
    "add_provision",
    "add_supporting",
    "bring_in",
    "describe",
    "enter",
    "escalate",
    "name_owner",
    "note_adopters",
    "note_score",
    "note_silo",
    "pass_gate",
    "reject",
    "resume",
    "route",
    "send_back",
    "stop",
]
