"""Tables of cycles, phases and ceilings."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
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


class CeilingFormula(Base):
    """How a cycle's ceilings were shared out between the kecamatan: the sum, and what weighs how many percent."""

    __tablename__ = "ceiling_formulas"
    __table_args__ = (
        CheckConstraint("total >= 0", name="total"),
        CheckConstraint("equal_percent >= 0 AND people_percent >= 0 AND poor_percent >= 0", name="parts"),
        CheckConstraint("equal_percent + people_percent + poor_percent = 100", name="whole"),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), primary_key=True)
    total: Mapped[int] = mapped_column(BigInteger)
    equal_percent: Mapped[int]
    people_percent: Mapped[int]
    poor_percent: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    set_at: Mapped[datetime]


class CeilingFigures(Base):
    """What the formula asks of a kecamatan: its people and its poor households, as the source has them."""

    __tablename__ = "ceiling_figures"
    __table_args__ = (CheckConstraint("people >= 0 AND poor >= 0", name="figures"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("ceiling_formulas.cycle_id"), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)
    people: Mapped[int]
    poor: Mapped[int]
