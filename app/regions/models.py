"""Tables of the administrative tree."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.regions.rules import RegionKind, RegionLevel


class Region(Base):
    """A node of the tree; `boundary` is GeoJSON geometry in WGS 84, villages only."""

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(String(13), primary_key=True)
    level: Mapped[RegionLevel] = mapped_column(code_column(RegionLevel))
    kind: Mapped[RegionKind] = mapped_column(code_column(RegionKind))
    name: Mapped[str] = mapped_column(String(80))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)
    latitude: Mapped[float]
    longitude: Mapped[float]
    boundary: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)


class RegencyProfile(Base):
    """What a regency needs beyond its node to be served: address, number prefix and zone."""

    __tablename__ = "regencies"

    code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    number_prefix: Mapped[str] = mapped_column(String(5), unique=True)
    time_zone: Mapped[str] = mapped_column(String(40))
    capital: Mapped[str] = mapped_column(String(60))
