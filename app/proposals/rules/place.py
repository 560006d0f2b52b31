"""Where a proposal is: positions, the regency's outlines, and what others may see.

Latitude and longitude are degrees in WGS 84; outlines are GeoJSON geometry, which names the longitude first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

from app.regions.rules.boundaries import rings_of

EARTH_METRES = 6_371_000
# Decimals: what is kept (11 m), what everybody sees (110 m), and of somebody's home (1 km).
KEPT, SHOWN, SHOWN_AT_HOME = 4, 3, 2
# Two proposals of the same work as near as this are most likely the same.
NEAR_METRES = 100
Outline = Mapping[str, Any]


@dataclass(frozen=True)
class Position:
    """A point on the ground."""

    latitude: float
    longitude: float


def position_of(latitude: float | None, longitude: float | None) -> Position | None:
    """As it is kept; half a position is none, and neither is what lies on no globe."""
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return Position(round(latitude, KEPT), round(longitude, KEPT))


def shown(position: Position | None, *, is_at_home: bool) -> Position | None:
    """What everybody may see: of somebody's home about a kilometre."""
    if position is None:
        return None
    decimals = SHOWN_AT_HOME if is_at_home else SHOWN
    return Position(round(position.latitude, decimals), round(position.longitude, decimals))


def metres(one: Position, other: Position) -> float:
    """The distance along the ground (haversine)."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    parallels = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(sin(north / 2) ** 2 + parallels * sin(east / 2) ** 2)))


def is_near(one: Position | None, other: Position | None) -> bool:
    return one is not None and other is not None and metres(one, other) < NEAR_METRES


def is_inside(position: Position, outlines: Iterable[Outline]) -> bool:
    """Whether the position lies within one of the outlines; a ring within a ring is a hole."""
    return any(_is_within(position, rings_of(outline) or ()) for outline in outlines)


def _is_within(position: Position, rings: Sequence[Any]) -> bool:
    return sum(_crossings(position, ring) for ring in rings) % 2 == 1


def _crossings(position: Position, ring: Sequence[Sequence[float]]) -> int:
    """How often a line from the position to the east crosses the ring."""
    x, y = position.longitude, position.latitude
    return sum(
        (south[1] > y) != (north[1] > y)
        and x < (north[0] - south[0]) * (y - south[1]) / (north[1] - south[1]) + south[0]
        for south, north in pairwise(ring)
    )
