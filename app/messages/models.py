"""The outbox."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.messages.rules import Channel, Kind, MessageStatus


class Message(Base):
    """A message to one address; address and text are encrypted, and emptied when they are no longer needed.

    `key` makes it one message however often it is written or sent: the gateway gets it as its idempotency key.
    A worker claims it until `claimed_until`; then another may try. `gateway_id` is what receipts name it by.
    """

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_due", "status", "due_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[Kind] = mapped_column(code_column(Kind))
    channel: Mapped[Channel] = mapped_column(code_column(Channel))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary(400))
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary(4000))
    status: Mapped[MessageStatus] = mapped_column(code_column(MessageStatus))
    written_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    claim: Mapped[str | None] = mapped_column(String(36))
    gateway: Mapped[str] = mapped_column(String(24), default="")
    gateway_id: Mapped[str | None] = mapped_column(String(120), index=True)
    last_error: Mapped[str] = mapped_column(String(200), default="")
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
