"""Forgetting what is kept no longer, a batch at a time."""

from datetime import datetime

from sqlalchemy import delete, update

from app.db.session import session
from app.limits.actions import sweep
from app.messages.models import Message
from app.privacy.actions.closing import delete_drafts
from app.privacy.queries.expired import IDS, batch
from app.privacy.rules.periods import Kept


def forget(kept: Kept, now: datetime) -> int:
    """Forget one batch of rows that are over; how many. Called until it says none."""
    if kept is Kept.TRIES:
        return sweep(now)
    ids, found = IDS[kept], session.scalars(batch(kept, now)).all()
    if kept is Kept.DRAFT:
        delete_drafts(found)
    elif kept is Kept.MESSAGE_TEXT:
        session.execute(update(Message).where(Message.id.in_(found)).values(text_sealed=None, address_sealed=None))
    else:
        session.execute(delete(ids.class_).where(ids.in_(found)))
    return len(found)
