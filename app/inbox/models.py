"""Tables of news, whom and what it concerns, and how far each person has read."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.discussion.rules.follows import Topic
from app.inbox.rules import NewsKind


class News(Base):
    """One thing that has happened; the same row for everybody whom it concerns, and never a copy of any text.

    A step says what by its timeline entry, an answer or a statement by its comment; talk is one row a day.
    """

    __tablename__ = "news"
    __table_args__ = (
        UniqueConstraint("proposal_id", "day"),
        CheckConstraint("(kind = 'step') = (entry_id IS NOT NULL)", name="step"),
        CheckConstraint("(kind IN ('answer', 'statement')) = (comment_id IS NOT NULL)", name="comment"),
        CheckConstraint("(kind = 'talk') = (day IS NOT NULL)", name="talk"),
        Index("ix_news_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NewsKind] = mapped_column(code_column(NewsKind))
    at: Mapped[datetime]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("proposal_timeline.id"), unique=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), unique=True)
    day: Mapped[date | None]
    count: Mapped[int] = mapped_column(default=1)


class NewsTopic(Base):
    """Whoever follows this hears of the news."""

    __tablename__ = "news_topics"

    kind: Mapped[Topic] = mapped_column(code_column(Topic), primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), primary_key=True)
    news_id: Mapped[int] = mapped_column(ForeignKey("news.id"), primary_key=True, index=True)


class NewsFor(Base):
    """Whom the news concerns whether they follow or not: the author of the proposal, or of the comment answered."""

    __tablename__ = "news_for"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    news_id: Mapped[int] = mapped_column(ForeignKey("news.id"), primary_key=True, index=True)


class InboxMark(Base):
    """How far a person has read, and until when the digest has told them."""

    __tablename__ = "inbox_marks"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    read_to: Mapped[int] = mapped_column(default=0)
    told_until: Mapped[datetime | None]
    told_on: Mapped[date | None]
