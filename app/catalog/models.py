"""The catalog's table."""

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.catalog.rules import EntryKind
from app.db.base import Base, code_column


class CatalogEntry(Base):
    """Something that can be proposed in a regency for a plan year; prices are rupiah for one unit.

    `authorities` and `evidence` hold codes. An entry that a later file leaves out is retired, not removed.
    """

    __tablename__ = "catalog_entries"
    __table_args__ = (
        UniqueConstraint("regency_code", "plan_year", "code"),
        CheckConstraint("(price_low IS NULL) = (price_high IS NULL)", name="prices"),
        CheckConstraint("price_low IS NULL OR price_low BETWEEN 1 AND price_high", name="price_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    plan_year: Mapped[int]
    code: Mapped[str] = mapped_column(String(12))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    definition: Mapped[str] = mapped_column(String(300))
    unit: Mapped[str] = mapped_column(String(20))
    price_low: Mapped[int | None] = mapped_column(BigInteger)
    price_high: Mapped[int | None] = mapped_column(BigInteger)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    authorities: Mapped[list[str]] = mapped_column(JSON)
    misi_id: Mapped[int | None] = mapped_column(ForeignKey("misi.id"), index=True)
    pillar: Mapped[int | None]
    kind: Mapped[EntryKind] = mapped_column(code_column(EntryKind))
    evidence: Mapped[list[str]] = mapped_column(JSON)
    is_retired: Mapped[bool] = mapped_column(default=False)
