"""Reading the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from app.db.session import session
from app.messages.models import Message
from app.messages.rules import Kind, MessageStatus

WAITING = (MessageStatus.QUEUED, MessageStatus.SENDING)
FINISHED = (MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.FAILED)
MOST_SWEPT = 1000


def get_by_key(key: str) -> Message:
    return session.scalars(select(Message).where(Message.key == key)).one()


def has_due(now: datetime) -> bool:
    """Whether there is anything to claim; this look takes no lock."""
    return bool(session.scalar(select(exists().where(_is_due(now)))))


def lock_due(now: datetime, most: int) -> Sequence[Message]:
    """Messages to send, codes first, that no other worker is claiming at this moment."""
    codes_first = case((Message.kind == Kind.CODE, 0), else_=1)
    due = select(Message).where(_is_due(now)).order_by(codes_first, Message.due_at, Message.id).limit(most)
    return session.scalars(due.with_for_update(skip_locked=True)).all()


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Queued and due, or claimed by a worker that has not come back in time."""
    return or_(
        and_(Message.status == MessageStatus.QUEUED, Message.due_at <= now),
        and_(Message.status == MessageStatus.SENDING, Message.claimed_until <= now),
    )


def lock_claimed(claim: str, number: int) -> Message | None:
    """The message as long as it is still this claim's."""
    return session.scalars(
        select(Message)
        .where(Message.id == number, Message.claim == claim, Message.status == MessageStatus.SENDING)
        .with_for_update()
    ).one_or_none()


def lock_by_name(gateway: str, gateway_id: str | None, key: str | None) -> Message | None:
    """The message that a receipt names, by our key or by the id that its gateway gave it; the newest of several."""
    named = Message.key == key if key else Message.gateway_id == gateway_id
    newest = select(Message).where(Message.gateway == gateway, named).order_by(Message.id.desc()).limit(1)
    return session.scalars(newest.with_for_update()).first()


def lock_expired(now: datetime) -> Sequence[Message]:
    """What nobody is sending and nobody waits for any more."""
    late = select(Message).where(Message.status.in_(WAITING), Message.expires_at <= now)
    free = or_(Message.claimed_until.is_(None), Message.claimed_until <= now)
    return _locked_batch(late.where(free).order_by(Message.id))


def lock_filled(sent_before: datetime) -> Sequence[Message]:
    """What was sent before, and still has its text or its address."""
    filled = or_(Message.text_sealed.is_not(None), Message.address_sealed.is_not(None))
    old = select(Message).where(Message.status.in_(FINISHED), Message.sent_at <= sent_before, filled)
    return _locked_batch(old.order_by(Message.id))


def _locked_batch(messages: Select[Message]) -> Sequence[Message]:
    return session.scalars(messages.limit(MOST_SWEPT).with_for_update(skip_locked=True)).all()


@dataclass(frozen=True)
class Counted:
    """How many messages have a status, and when the oldest was written."""

    status: MessageStatus
    count: int
    oldest: datetime


def counted() -> Sequence[Counted]:
    rows = session.execute(
        select(Message.status, func.count(), func.min(Message.written_at))
        .group_by(Message.status)
        .order_by(Message.status)
    )
    return [Counted(*row) for row in rows]
