"""Tables of supports, comments and follows, and of the counts that pages show."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.discussion.rules.comments import CommentStatus, HideCode, Stance, Voice
from app.discussion.rules.follows import Topic


class Support(Base):
    """A resident backs a proposal; the key keeps it to once each. `cycle_id` is the year in which they did."""

    __tablename__ = "supports"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True, index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    at: Mapped[datetime]


class SupportCount(Base):
    """How many support a proposal since a year; all years of a proposal make its `support_count`."""

    __tablename__ = "support_counts"
    __table_args__ = (CheckConstraint("count >= 0", name="count"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), primary_key=True)
    count: Mapped[int]


class Comment(Base):
    """What somebody says of a proposal, or answers to such a comment; there is no third level.

    Deleted by its author, the text is gone and the row stays as a tombstone; hidden by a moderator, the reason stays.
    `voice`, agency and village are what the author was when writing. `waits` marks a question without an answer of
    the author or of an office, `replies` counts the answers whatever became of them.
    """

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        CheckConstraint("(parent_id IS NULL) = (stance IS NOT NULL)", name="stance_on_top"),
        CheckConstraint("stance = 'question' OR NOT waits", name="waits"),
        CheckConstraint("(voice = 'officer') OR agency_id IS NULL", name="agency"),
        CheckConstraint("status <> 'deleted' OR text = ''", name="deleted_is_empty"),
        CheckConstraint("status <> 'hidden' OR (hide_code IS NOT NULL AND hide_reason <> '')", name="hidden_why"),
        CheckConstraint("replies >= 0", name="replies"),
        Index("ix_comments_page", "proposal_id", "parent_id", "id"),
        Index("ix_comments_waiting", "proposal_id", "parent_id", "waits", "id"),
        Index("ix_comments_answers", "parent_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    form_key: Mapped[str] = mapped_column(String(36))
    voice: Mapped[Voice] = mapped_column(code_column(Voice))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    stance: Mapped[Stance | None] = mapped_column(code_column(Stance))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[CommentStatus] = mapped_column(code_column(CommentStatus))
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    hide_code: Mapped[HideCode | None] = mapped_column(code_column(HideCode))
    hide_reason: Mapped[str] = mapped_column(Text, default="")
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    hidden_at: Mapped[datetime | None]
    replies: Mapped[int] = mapped_column(default=0)
    waits: Mapped[bool] = mapped_column(default=False)


class CommentCount(Base):
    """How many comments and answers of a proposal are shown."""

    __tablename__ = "comment_counts"
    __table_args__ = (CheckConstraint("count >= 0", name="count"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    count: Mapped[int]


class Follow(Base):
    """Somebody wants to hear of a proposal, a village or a misi, from a moment on."""

    __tablename__ = "follows"
    __table_args__ = (Index("ix_follows_topic", "kind", "ref"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[Topic] = mapped_column(code_column(Topic), primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime]
