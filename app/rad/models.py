"""Tables of actions, their indicators and targets, funds, and the innovations that hang under them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.backing.rules.acts import ActState
from app.backing.rules.resources import Fund
from app.db.base import Base, FixedPoint, code_column
from app.innovations.rules.gates import LegalForm
from app.innovations.rules.progress import Progress
from app.rad.rules.actions import ActionStatus, Direction, Measure


class RadAction(Base):
    """A line of the matrix; what has been adopted stays, and may be ended with a reason."""

    __tablename__ = "rad_actions"
    __table_args__ = (
        UniqueConstraint("regency_code", "code"),
        CheckConstraint("(status = 'ended') = (end_reason <> '')", name="ended"),
        CheckConstraint("(legal_form IS NULL) = (legal_title = '')", name="legal_basis"),
        CheckConstraint("(legal_form IS NULL) = (legal_status IS NULL)", name="legal_status_known"),
        Index("ix_rad_actions_matrix", "regency_code", "pillar_id", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    pillar_id: Mapped[int] = mapped_column(ForeignKey("pillars.id"))
    misi_id: Mapped[int | None] = mapped_column(ForeignKey("misi.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    code: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    program: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    risk: Mapped[str] = mapped_column(Text, default="")
    risk_answer: Mapped[str] = mapped_column(Text, default="")
    legal_form: Mapped[LegalForm | None] = mapped_column(code_column(LegalForm))
    legal_number: Mapped[str] = mapped_column(String(80), default="")
    legal_dated: Mapped[date | None]
    legal_title: Mapped[str] = mapped_column(String(200), default="")
    legal_status: Mapped[ActState | None] = mapped_column(code_column(ActState))
    status: Mapped[ActionStatus] = mapped_column(code_column(ActionStatus))
    status_since: Mapped[datetime]
    end_reason: Mapped[str] = mapped_column(Text, default="")
    progress: Mapped[Progress | None] = mapped_column(code_column(Progress))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class RadSupporter(Base):
    """An agency that supports an action which another one leads."""

    __tablename__ = "rad_supporters"

    action_id: Mapped[int] = mapped_column(ForeignKey("rad_actions.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True, index=True)


class RadIndicator(Base):
    """What is measured of an action, or of an innovation; the baseline is where it stood in its year."""

    __tablename__ = "rad_indicators"
    __table_args__ = (
        UniqueConstraint("action_id", "name"),
        UniqueConstraint("innovation_id", "name"),
        CheckConstraint("(action_id IS NULL) <> (innovation_id IS NULL)", name="one_thing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("rad_actions.id"))
    innovation_id: Mapped[int | None] = mapped_column(ForeignKey("innovations.id"))
    measure: Mapped[Measure] = mapped_column(code_column(Measure))
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(40))
    direction: Mapped[Direction] = mapped_column(code_column(Direction))
    baseline: Mapped[Decimal] = mapped_column(FixedPoint)
    baseline_year: Mapped[int]
    source: Mapped[str] = mapped_column(String(200), default="")


class RadTarget(Base):
    """What an indicator shall reach by the end of a year."""

    __tablename__ = "rad_targets"

    indicator_id: Mapped[int] = mapped_column(ForeignKey("rad_indicators.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[Decimal] = mapped_column(FixedPoint)


class RadFund(Base):
    """What a source pays for an action in a year, in rupiah: an indicative ceiling."""

    __tablename__ = "rad_funds"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("rad_actions.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[Fund] = mapped_column(code_column(Fund), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


class RadInnovation(Base):
    """An innovation that hangs under an action."""

    __tablename__ = "rad_innovations"

    action_id: Mapped[int] = mapped_column(ForeignKey("rad_actions.id"), primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), primary_key=True, index=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
