"""Every change to innovations: letting proposals in or sending them on, registering, providing, moving a stage."""

from app.innovations.actions.deciding import escalate, route
from app.innovations.actions.moving import pass_gate, reject, resume, send_back, stop
from app.innovations.actions.providing import add_provision
from app.innovations.actions.registering import register

__all__ = ["add_provision", "escalate", "pass_gate", "register", "reject", "resume", "route", "send_back", "stop"]
