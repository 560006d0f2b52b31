"""Tables of plans, values, misi, pillars and agencies."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.plans.rules import PlanKind


class Plan(Base):
    """A regency's RPJMD or RAD; the counted innovations are the regency's own claim, with its source."""

    __tablename__ = "plans"
    __table_args__ = (
        UniqueConstraint("regency_code", "kind", "first_year"),
        CheckConstraint("last_year >= first_year", name="years"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    kind: Mapped[PlanKind] = mapped_column(code_column(PlanKind))
    title: Mapped[str] = mapped_column(String(200))
    first_year: Mapped[int]
    last_year: Mapped[int]
    vision: Mapped[str] = mapped_column(Text)
    vision_meaning: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    innovations_counted: Mapped[int | None]
    innovations_counted_note: Mapped[str] = mapped_column(Text)


class PlanValue(Base):
    """One of the values that the vision names, with its meaning."""

    __tablename__ = "plan_values"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    meaning: Mapped[str] = mapped_column(Text)


class Misi(Base):
    """A mission of the regency, word for word, with a short label of ours."""

    __tablename__ = "misi"
    __table_args__ = (UniqueConstraint("regency_code", "number"), CheckConstraint("number > 0", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    short: Mapped[str] = mapped_column(String(60))


class Pillar(Base):
    """A pillar of the regency's RAD; without a regency one of the four national priorities.

    `national` is the number of the national priority that is nearest to a regency's own pillar.
    """

    __tablename__ = "pillars"
    __table_args__ = (
        UniqueConstraint("regency_code", "number"),
        # NULLs are distinct in a UNIQUE: the national ones need their own.
        Index(
            "uq_pillars_national",
            "number",
            unique=True,
            sqlite_where=text("regency_code IS NULL"),
            postgresql_where=text("regency_code IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    regency_code: Mapped[str | None] = mapped_column(ForeignKey("regencies.code"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    national: Mapped[int | None]


class Agency(Base):
    """An OPD of the regency; `needs_check` where its present name was not confirmed by a source.

    From `ended_on` it is there no more; what it had stays with its name.
    """

    __tablename__ = "agencies"
    __table_args__ = (UniqueConstraint("regency_code", "short_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    name: Mapped[str] = mapped_column(String(160))
    short_name: Mapped[str] = mapped_column(String(60))
    needs_check: Mapped[bool]
    ended_on: Mapped[date | None]
