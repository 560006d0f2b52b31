"""Drawing boundaries as SVG paths: equirectangular, north up, with the true proportions of the middle latitude."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, radians
from typing import Any

from app.regions.rules.boundaries import rings_of

# Whole units are fine enough: one of them is a thousandth of the drawing's width.
WIDTH = 1000
# About how much room a letter and a line take in the labels of the template.
LETTER, LINE = 15, 30
SHADES = ((0, "0"), (1, ".2"), (3, ".45"), (6, ".7"), (10**9, "1"))


@dataclass(frozen=True)
class Outline:
    """A region with its boundary as GeoJSON geometry."""

    code: str
    name: str
    boundary: Mapping[str, Any]


@dataclass(frozen=True)
class Shape:
    """A region as an SVG path."""

    code: str
    name: str
    path: str


@dataclass(frozen=True)
class Label:
    """A name and where its middle stands."""

    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Projection:
    """Degrees to units of the drawing, whose upper left corner is at (west, north)."""

    west: float
    north: float
    x_scale: float
    y_scale: float

    def at(self, longitude: float, latitude: float) -> tuple[int, int]:
        return round((longitude - self.west) * self.x_scale), round((self.north - latitude) * self.y_scale)


@dataclass(frozen=True)
class Drawing:
    """Shapes and labels in a box of `width` by `height` units."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]


def shade(count: int) -> str:
    """How dark a region with so many is drawn, as an opacity."""
    return next(opacity for most, opacity in SHADES if count <= most)


def draw(outlines: Sequence[Outline], places: Iterable[tuple[str, float, float]] = ()) -> Drawing | None:
    """All outlines in one box; `places` are (name, latitude, longitude) to be labelled. None without outlines."""
    points = [point for outline in outlines for ring in rings_of(outline.boundary) or () for point in ring]
    if not points:
        return None
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    shrink = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * shrink or 1)
    to = Projection(west, north, scale * shrink, scale)
    return Drawing(
        WIDTH,
        to.at(west, south)[1],
        tuple(Shape(one.code, one.name, _path(one.boundary, to)) for one in outlines),
        _spread([Label(name, *to.at(longitude, latitude)) for name, latitude, longitude in places]),
    )


def _spread(labels: Iterable[Label]) -> tuple[Label, ...]:
    """From north to south, each label moved down until it covers none of those above."""
    placed: list[Label] = []
    for label in sorted(labels, key=lambda one: (one.y, one.x)):
        while any(_touch(label, other) for other in placed):
            label = replace(label, y=label.y + 2)  # noqa: PLW2901 (the label itself moves)
        placed.append(label)
    return tuple(placed)


def _touch(one: Label, other: Label) -> bool:
    near = LETTER * (len(one.name) + len(other.name)) / 2
    return abs(one.x - other.x) < near and abs(one.y - other.y) < LINE


def _path(boundary: Mapping[str, Any], to: Projection) -> str:
    return "".join(_ring([to.at(point[0], point[1]) for point in ring]) for ring in rings_of(boundary) or ())


def _ring(points: Sequence[tuple[int, int]]) -> str:
    """M, then the way from point to point; what does not move is left out, and z goes back to the start."""
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points[:-1])]
    way = "".join(f"{_spaced(x)}{_spaced(y)}" for x, y in moves if x or y).lstrip()
    return f"M{points[0][0]} {points[0][1]}l{way}z" if way else ""


def _spaced(number: int) -> str:
    """A sign separates as well as a blank."""
    return str(number) if number < 0 else f" {number}"
