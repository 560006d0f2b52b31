"""Tables of standings, quarterly reports with their figures and earlier versions, citizen checks and evaluations."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, FixedPoint, code_column
from app.innovations.rules.progress import Progress
from app.monitoring.rules.checks import Answer
from app.monitoring.rules.evaluations import Occasion, Recommendation
from app.monitoring.rules.reports import ReportStatus

ONE_THING = "(action_id IS NULL) <> (innovation_id IS NULL)"


class Standing(Base):
    """Where a thing stands in the quarter that was judged last; written anew every night and by every report.

    It owes reports of the quarters that end after `since`, as long as it is open.
    """

    __tablename__ = "monitoring_standings"
    __table_args__ = (
        CheckConstraint(ONE_THING, name="one_thing"),
        Index("ix_monitoring_standings_place", "regency_code", "is_open", "pillar_id", "agency_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("rad_actions.id"), unique=True)
    innovation_id: Mapped[int | None] = mapped_column(ForeignKey("innovations.id"), unique=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    pillar_id: Mapped[int | None] = mapped_column(ForeignKey("pillars.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    since: Mapped[datetime]
    is_open: Mapped[bool]
    year: Mapped[int]
    quarter: Mapped[int]
    light: Mapped[Progress] = mapped_column(code_column(Progress))
    achievement: Mapped[Decimal | None] = mapped_column(FixedPoint)
    alerts: Mapped[str] = mapped_column(String(80), default="")
    changed_at: Mapped[datetime]


class Report(Base):
    """What the agency says of a quarter: percent of the work, rupiah of the year's money, and what stood in the way.

    Photos hang on `report`. A correction takes the place of what was said; that stays as an earlier version.
    """

    __tablename__ = "monitoring_reports"
    __table_args__ = (
        UniqueConstraint("action_id", "year", "quarter"),
        UniqueConstraint("innovation_id", "year", "quarter"),
        CheckConstraint(ONE_THING, name="one_thing"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("physical BETWEEN 0 AND 1000000", name="physical"),
        CheckConstraint("spent >= 0", name="spent"),
        CheckConstraint("(status = 'sent') = (reviewed_at IS NULL)", name="reviewed"),
        CheckConstraint("status <> 'returned' OR comment <> ''", name="reason"),
        Index("ix_monitoring_reports_quarter", "regency_code", "year", "quarter"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("rad_actions.id"))
    innovation_id: Mapped[int | None] = mapped_column(ForeignKey("innovations.id"))
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    quarter: Mapped[int]
    version: Mapped[int]
    status: Mapped[ReportStatus] = mapped_column(code_column(ReportStatus))
    physical: Mapped[Decimal] = mapped_column(FixedPoint)
    spent: Mapped[int] = mapped_column(BigInteger)
    obstacles: Mapped[str] = mapped_column(Text)
    follow_up: Mapped[str] = mapped_column(Text)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sent_at: Mapped[datetime]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reviewed_at: Mapped[datetime | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    achievement: Mapped[Decimal | None] = mapped_column(FixedPoint)
    light: Mapped[Progress] = mapped_column(code_column(Progress))


class Figure(Base):
    """Where an indicator stood at the end of the quarter."""

    __tablename__ = "monitoring_figures"

    report_id: Mapped[int] = mapped_column(ForeignKey("monitoring_reports.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("rad_indicators.id"), primary_key=True, index=True)
    value: Mapped[Decimal] = mapped_column(FixedPoint)


class EarlierVersion(Base):
    """What a report said before it was corrected; `figures` as JSON, by indicator."""

    __tablename__ = "monitoring_earlier_versions"

    report_id: Mapped[int] = mapped_column(ForeignKey("monitoring_reports.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    physical: Mapped[Decimal] = mapped_column(FixedPoint)
    spent: Mapped[int] = mapped_column(BigInteger)
    obstacles: Mapped[str] = mapped_column(Text)
    follow_up: Mapped[str] = mapped_column(Text)
    figures: Mapped[str] = mapped_column(Text)
    comment: Mapped[str] = mapped_column(Text)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sent_at: Mapped[datetime]


class CitizenCheck(Base):
    """What a person of a village concerned saw of an innovation; photos hang on `citizen_check`.

    A facilitator has looked at it in office: that is counted by itself.
    """

    __tablename__ = "citizen_checks"
    __table_args__ = (UniqueConstraint("innovation_id", "year", "quarter", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    year: Mapped[int]
    quarter: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    is_attested: Mapped[bool]
    answer: Mapped[Answer] = mapped_column(code_column(Answer))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Evaluation(Base):
    """What was asked of an innovation, how, what was found, and what should follow; a PDF hangs on `evaluation`."""

    __tablename__ = "monitoring_evaluations"

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    occasion: Mapped[Occasion] = mapped_column(code_column(Occasion))
    dated: Mapped[date]
    question: Mapped[str] = mapped_column(Text)
    method: Mapped[str] = mapped_column(Text)
    finding: Mapped[str] = mapped_column(Text)
    recommendation: Mapped[Recommendation] = mapped_column(code_column(Recommendation))
    form_key: Mapped[str] = mapped_column(String(36), unique=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
