"""Every change to innovations: letting proposals in or sending them on, registering, providing, moving a stage."""

from app.innovations.actions.deciding import escalate, route
from app.innovations.actions.moving import pass_gate, reject, resume, send_back, stop
from app.innovations.actions.providing import add_provision
from app.innovations.actions.registering import register
from app.innovations.actions.standing import note_adopters, note_score, note_silo

__all__ = [
    "add_provision",
    "escalate",
    "note_adopters",
    "note_score",
    "note_silo",
    "pass_gate",
    "register",
    "reject",
    "resume",
    "route",
    "send_back",
    "stop",
]
