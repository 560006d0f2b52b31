"""Boundaries of villages as GeoJSON: read, and checked so that they can be drawn."""

import json
import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from app.kernel.datafiles import Fault, Record, decode

Geometry = Mapping[str, Any]

# Whole degrees around Indonesia: a point outside is a slip, usually latitude and longitude the wrong way round.
LATITUDES = (-12, 7)
LONGITUDES = (94, 142)
FEATURE = re.compile(r'"type"\s*:\s*"Feature"')


class BoundaryFault(StrEnum):
    """What can be wrong with a file of boundaries."""

    NOT_JSON = "not_json"
    NOT_COLLECTION = "not_collection"
    VILLAGE_UNKNOWN = "village_unknown"
    VILLAGE_TWICE = "village_twice"
    NOT_POLYGON = "not_polygon"
    RING_OPEN = "ring_open"
    POINT_OUTSIDE = "point_outside"


def read_boundaries(
    file: str, content: bytes, villages: Collection[str] | None, faults: list[Fault]
) -> dict[str, dict[str, Any]]:
    """Geometry by village code; whether a code is one of `villages` is asked where they are known."""
    text = decode(file, content, faults)
    if text is None:
        return {}
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        faults.append(Fault(file, getattr(error, "lineno", 1), BoundaryFault.NOT_JSON, {}))
        return {}
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        faults.append(Fault(file, 1, BoundaryFault.NOT_COLLECTION, {}))
        return {}
    return _geometries(_records(file, text, features, faults), villages)


def _records(file: str, text: str, features: list[dict[str, Any]], faults: list[Fault]) -> list[Record]:
    """Each feature with its line; the first line for all where they cannot be told apart."""
    starts = [match.start() for match in FEATURE.finditer(text)]
    lines = (
        [text.count("\n", 0, start) + 1 for start in starts] if len(starts) == len(features) else [1] * len(features)
    )
    return [Record(file, line, feature, faults) for line, feature in zip(lines, features, strict=True)]


def _geometries(records: list[Record], villages: Collection[str] | None) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        properties = record.values.get("properties")
        code = properties.get("code") if isinstance(properties, dict) else None
        geometry = record.values.get("geometry")
        if not isinstance(code, str) or (villages is not None and code not in villages):
            record.refuse(BoundaryFault.VILLAGE_UNKNOWN, value=code)
        elif code in found:
            record.refuse(BoundaryFault.VILLAGE_TWICE, value=code)
        elif not isinstance(geometry, dict) or (rings := rings_of(geometry)) is None:
            record.refuse(BoundaryFault.NOT_POLYGON, value=code)
        elif fault := next(filter(None, map(_ring_fault, rings)), None):
            record.refuse(fault, value=code)
        else:
            found[code] = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
    return found


def rings_of(geometry: Geometry) -> list[Any] | None:
    """Every ring of a Polygon or MultiPolygon; None for another shape."""
    parts = geometry.get("coordinates")
    polygons = {"Polygon": [parts], "MultiPolygon": parts}.get(str(geometry.get("type")))
    if not isinstance(polygons, list) or not all(isinstance(polygon, list) and polygon for polygon in polygons):
        return None
    return [ring for polygon in polygons for ring in polygon] or None


def _ring_fault(ring: Any) -> BoundaryFault | None:
    if not isinstance(ring, list) or len(ring) < 4 or not all(map(_is_point, ring)) or ring[0] != ring[-1]:
        return BoundaryFault.RING_OPEN
    inside = all(_between(point[0], LONGITUDES) and _between(point[1], LATITUDES) for point in ring)
    return None if inside else BoundaryFault.POINT_OUTSIDE


def _is_point(point: Any) -> bool:
    return isinstance(point, list) and len(point) >= 2 and all(type(part) in (int, float) for part in point[:2])


def _between(value: float, limits: tuple[int, int]) -> bool:
    """False for NaN too, which JSON as Python reads it may hold."""
    return limits[0] <= value <= limits[1]
