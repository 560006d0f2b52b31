"""The tables of photos and documents; their bytes are objects of the storage."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class StoredFile(Base):
    """A photo in three sizes: a draft of a form, or attached to something of a room above.

    `source_digest` is of what was sent: sent again, it is the same photo. `bytes` are those of all sizes.
    """

    __tablename__ = "stored_files"
    __table_args__ = (
        CheckConstraint("(attached_to IS NULL) = (attached_id IS NULL)", name="attached_to_something"),
        CheckConstraint("(form_key IS NULL) = (attached_to IS NOT NULL)", name="draft_or_attached"),
        CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name="shows_something"),
        UniqueConstraint("owner_id", "form_key", "source_digest"),
        UniqueConstraint("attached_to", "attached_id", "source_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    form_key: Mapped[str | None] = mapped_column(String(36))
    attached_to: Mapped[str | None] = mapped_column(String(24))
    attached_id: Mapped[int | None]
    width: Mapped[int]
    height: Mapped[int]
    bytes: Mapped[int]
    source_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class StoredDocument(Base):
    """A PDF that hangs on something of a room above, one on each; everybody may read it."""

    __tablename__ = "stored_documents"
    __table_args__ = (
        CheckConstraint("bytes > 0", name="shows_something"),
        UniqueConstraint("attached_to", "attached_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    attached_to: Mapped[str] = mapped_column(String(24))
    attached_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(100))
    bytes: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
