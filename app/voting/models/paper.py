"""Tables of paper ballots: mixed in a box at the village, numbered after mixing, and typed twice."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class PaperStack(Base):
    """The counted paper ballots of one polling place; `attendance` are the signatures on its list."""

    __tablename__ = "paper_stacks"
    __table_args__ = (
        UniqueConstraint("contest_id", "station"),
        CheckConstraint("attendance >= 1 AND size >= 0", name="counts"),
        CheckConstraint("second_typist_id IS NULL OR second_typist_id <> first_typist_id", name="two_people"),
        Index("ix_paper_stacks_village", "contest_id", "village_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    station: Mapped[str] = mapped_column(String(40))
    attendance: Mapped[int]
    size: Mapped[int]
    sheet_sha256: Mapped[str | None] = mapped_column(String(64))
    first_typist_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    second_typist_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    finished_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(500), default="")


class PaperBallot(Base):
    """A paper as the two typists read it; [] is an invalid paper, NULL not typed yet.

    `agreed` is what both read, or what a third person decided where they differed, for a reason.
    """

    __tablename__ = "paper_ballots"
    __table_args__ = (CheckConstraint("number >= 1", name="number"),)

    stack_id: Mapped[int] = mapped_column(ForeignKey("paper_stacks.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    second: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    agreed: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str] = mapped_column(String(500), default="")
