"""Every change to the inbox: writing news as it happens, marking it as read, telling by message, forgetting."""

from app.inbox.actions.reading import mark_read, sweep
from app.inbox.actions.telling import Digested, configure, send_digests
from app.inbox.actions.writing import hear_comment, hear_step

__all__ = ["Digested", "configure", "hear_comment", "hear_step", "mark_read", "send_digests", "sweep"]
