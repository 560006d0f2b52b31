"""Tables of indicators by year, evidence with its review, and the part of the index that others measure."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, FixedPoint, code_column
from app.maturity.rules.evidence import State
from app.maturity.rules.indicators import FileKind

STANDS = text("ended_at IS NULL")
WAITS = text("ended_at IS NULL AND state = 'waiting'")


class Indicator(Base):
    """What the innovation index asks of every innovation in a year."""

    __tablename__ = "indicators"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("weight BETWEEN 1 AND 20", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    weight: Mapped[int]
    is_required: Mapped[bool]
    needs_document: Mapped[bool]
    file_kind: Mapped[FileKind] = mapped_column(code_column(FileKind))


class IndicatorBasis(Base):
    """The three levels of an indicator; code '' where it is measured in one way only."""

    __tablename__ = "indicator_bases"

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicators.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(1), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    level_1: Mapped[str] = mapped_column(String(200))
    level_2: Mapped[str] = mapped_column(String(200))
    level_3: Mapped[str] = mapped_column(String(200))


class Evidence(Base):
    """A claim of a level with its review; what it says is never edited, a newer one or nothing takes its place.

    Its file hangs on `evidence` with its own id, or on the earlier one it was taken over from. `reason` is the
    reviewer's; `ended_because` stays empty where a newer one has taken its place.
    """

    __tablename__ = "evidences"
    __table_args__ = (
        ForeignKeyConstraint(["indicator_id", "basis"], ["indicator_bases.indicator_id", "indicator_bases.code"]),
        CheckConstraint("level BETWEEN 1 AND 3", name="level"),
        CheckConstraint("accepted_level BETWEEN 1 AND level", name="accepted_level"),
        CheckConstraint("(state = 'accepted') = (accepted_level IS NOT NULL)", name="accepted"),
        CheckConstraint("(state = 'waiting') = (reviewed_at IS NULL)", name="reviewed"),
        CheckConstraint("state = 'waiting' OR accepted_level = level OR reason <> ''", name="reason"),
        CheckConstraint("reviewed_by_id <> added_by_id", name="not_own"),
        CheckConstraint("ended_because = '' OR ended_at IS NOT NULL", name="ended"),
        Index(
            "uq_evidences_current",
            "innovation_id",
            "indicator_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_evidences_history", "innovation_id", "indicator_id", "id"),
        Index("ix_evidences_waiting", "at", "id", sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    indicator_id: Mapped[int] = mapped_column(index=True)
    basis: Mapped[str] = mapped_column(String(1))
    level: Mapped[int]
    number: Mapped[str] = mapped_column(String(80))
    dated: Mapped[date | None]
    link: Mapped[str] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(Text)
    taken_from_id: Mapped[int | None] = mapped_column(ForeignKey("evidences.id"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    state: Mapped[State] = mapped_column(code_column(State))
    accepted_level: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reviewed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_because: Mapped[str] = mapped_column(Text, default="")

    @property
    def file_id(self) -> int:
        """The evidence on which its file hangs."""
        return self.taken_from_id or self.id


class GovernmentFigure(Base):
    """The part of the index that is not about innovations (SPD), as a planner took it over; the last one counts."""

    __tablename__ = "government_figures"
    __table_args__ = (
        CheckConstraint("figure BETWEEN 0 AND 630000", name="figure"),
        Index("ix_government_figures_year", "regency_code", "year", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    year: Mapped[int]
    figure: Mapped[Decimal] = mapped_column(FixedPoint)
    source: Mapped[str] = mapped_column(String(200))
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
