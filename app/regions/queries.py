"""Reading the tree."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased, undefer

from app.db.session import session
from app.kernel.actor import regency_of
from app.kernel.outcomes import Missing
from app.regions.models import RegencyProfile, Region
from app.regions.rules import Place, Regency, RegionLevel
from app.regions.rules.drawing import Outline


def _facts(row: RegencyProfile) -> Regency:
    return Regency(row.code, row.slug, row.name, row.number_prefix, row.time_zone, row.capital)


def regencies() -> list[Regency]:
    return [_facts(row) for row in session.scalars(select(RegencyProfile).order_by(RegencyProfile.name))]


def get_regency(slug: str) -> Regency:
    row = session.scalars(select(RegencyProfile).where(RegencyProfile.slug == slug)).first()
    if row is None:
        raise Missing
    return _facts(row)


def find_regency(code: str) -> Regency | None:
    row = session.get(RegencyProfile, code)
    return _facts(row) if row else None


def only_regency(scopes: Collection[str]) -> Regency | None:
    """The regency in which all the scopes lie, None where they are of several or of the whole installation."""
    codes = {regency_of(scope) for scope in scopes}
    return find_regency(codes.pop()) if len(codes) == 1 else None


def districts(regency_code: str) -> Sequence[Region]:
    """The kecamatan of a regency by code."""
    return session.scalars(select(Region).where(Region.parent_code == regency_code).order_by(Region.code)).all()


Code = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def within(code: Code, scopes: Collection[str]) -> ColumnElement[bool]:
    """SQL for `covers`: the region code lies in one of the scopes; the empty scope holds all, no scope none."""
    inside = (
        true() if not scope else (code == scope) | code.startswith(f"{scope}.", autoescape=True) for scope in scopes
    )
    return or_(false(), *inside)


def villages(*scopes: str) -> list[Place]:
    """The villages within the scopes (a regency, a district, a village itself), by district and name."""
    district = aliased(Region)
    rows = session.execute(
        select(Region.code, Region.name, Region.kind, district.code, district.name)
        .join(district, district.code == Region.parent_code)
        .where(Region.level == RegionLevel.VILLAGE, within(Region.code, scopes))
        .order_by(district.name, Region.name)
    )
    return [Place(*row) for row in rows]


def find_village(code: str) -> Place | None:
    """The village of this code, None where it is something else or nothing."""
    found = villages(code)
    return found[0] if len(found) == 1 and found[0].code == code else None


def with_boundaries(codes: Sequence[str]) -> Sequence[Region]:
    """The regions of these codes with their boundaries, by code."""
    return session.scalars(
        select(Region).where(Region.code.in_(codes)).options(undefer(Region.boundary)).order_by(Region.code)
    ).all()


def profiles() -> Sequence[RegencyProfile]:
    return session.scalars(select(RegencyProfile).order_by(RegencyProfile.code)).all()


def find_region(code: str) -> Region | None:
    return session.get(Region, code)


def outlines(within: str) -> list[Outline]:
    """The villages of a regency or a district that have a boundary, by code."""
    rows = session.execute(
        select(Region.code, Region.name, Region.boundary)
        .where(Region.level == RegionLevel.VILLAGE, Region.code.startswith(f"{within}.", autoescape=True))
        .order_by(Region.code)
    )
    return [Outline(*row) for row in rows if row.boundary]
