"""Tables of cycles, phases and ceilings."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.cycles.rules import PhaseKind
from app.db.base import Base, code_column


class Cycle(Base):
    """The plan year N of a regency."""

    __tablename__ = "cycles"
    __table_args__ = (UniqueConstraint("regency_code", "plan_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    plan_year: Mapped[int]
    opened_at: Mapped[datetime]


class Phase(Base):
    """A dated phase; one of each kind a cycle."""

    __tablename__ = "phases"
    __table_args__ = (UniqueConstraint("cycle_id", "kind"), CheckConstraint("closes > opens", name="window"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    kind: Mapped[PhaseKind] = mapped_column(code_column(PhaseKind))
    opens: Mapped[datetime]
    closes: Mapped[datetime]


class Ceiling(Base):
    """The indicative ceiling (pagu) of a region for the plan year, in rupiah."""

    __tablename__ = "ceilings"
    __table_args__ = (UniqueConstraint("cycle_id", "region_code"), CheckConstraint("amount >= 0", name="amount"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    amount: Mapped[int] = mapped_column(BigInteger)
