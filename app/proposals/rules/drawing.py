"""The village as a picture to tap on, which works without a script: a tap is told in pixels of the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from urllib.parse import quote

from app.proposals.rules.place import Outline, Position, position_of
from app.regions.rules.boundaries import rings_of

# In pixels; it must fit a phone as it is, or the browser would scale it and the taps with it.
DRAWN, MARGIN = 280, 8
PICTURE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'>"
    "<rect width='100%' height='100%' fill='#f3eee5'/><path d='{path}' fill='#fff' stroke='#5d4b33' stroke-width='2'/>"
    "<path d='M{bar}h-{km}' stroke='#1f1b17' stroke-width='3'/>{pin}</svg>"
)
PIN = "<path d='M{x} {y}l-9-15a11 11 0 1 1 18 0z' fill='#9a1c1c' stroke='#fff' stroke-width='2'/>"


@dataclass(frozen=True)
class Sketch:
    """A village drawn into a square of `DRAWN` pixels, north up, in its true proportions."""

    west: float
    north: float
    pixels_per_degree: float
    shrink: float
    height: int
    path: str

    def pixel(self, position: Position) -> tuple[int, int]:
        across = (position.longitude - self.west) * self.shrink * self.pixels_per_degree
        down = (self.north - position.latitude) * self.pixels_per_degree
        return MARGIN + round(across), MARGIN + round(down)

    def position(self, x: int, y: int) -> Position | None:
        """Where a tap on this pixel is; None beside the drawing."""
        if not (0 <= x <= DRAWN and 0 <= y <= self.height):
            return None
        across = (x - MARGIN) / (self.shrink * self.pixels_per_degree)
        return position_of(self.north - (y - MARGIN) / self.pixels_per_degree, self.west + across)

    @property
    def pixels_per_kilometre(self) -> int:
        return round(self.pixels_per_degree / 111.32)


def sketch(outline: Outline | None) -> Sketch | None:
    """None where the data has no outline of the village."""
    points = [point for ring in rings_of(outline or {}) or () for point in ring]
    if not points:
        return None
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    shrink = cos(radians((south + north) / 2))
    scale = (DRAWN - 2 * MARGIN) / (max((east - west) * shrink, north - south) or 1)
    bare = Sketch(west, north, scale, shrink, round((north - south) * scale) + 2 * MARGIN, "")
    rings = (
        _ring([bare.pixel(Position(point[1], point[0])) for point in ring]) for ring in rings_of(outline or {}) or ()
    )
    return Sketch(west, north, scale, shrink, bare.height, "".join(rings))


def _ring(pixels: Sequence[tuple[int, int]]) -> str:
    """An SVG path; what is smaller than a pixel is left out."""
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(pixels[:-1])]
    way = " ".join(f"{x} {y}" for x, y in moves if x or y)
    return f"M{pixels[0][0]} {pixels[0][1]}l{way}z" if way else ""


def picture(drawn: Sketch, pin: Position | None) -> str:
    """As an address that holds the picture itself: the pin is nobody else's business, no cache's and no log's."""
    x, y = drawn.pixel(pin) if pin else (0, 0)
    svg = PICTURE.format(
        width=DRAWN,
        height=drawn.height,
        path=drawn.path,
        bar=f"{DRAWN - MARGIN} {drawn.height - MARGIN}",
        km=drawn.pixels_per_kilometre,
        pin=PIN.format(x=x, y=y) if pin else "",
    )
    return "data:image/svg+xml," + quote(svg, safe=" ='/:.-")
