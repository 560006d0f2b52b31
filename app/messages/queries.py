"""Reading the outbox."""

from sqlalchemy import select

from app.db.session import session
from app.messages.models import Message


def get_by_key(key: str) -> Message:
    return session.scalars(select(Message).where(Message.key == key)).one()
