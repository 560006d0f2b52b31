"""Which photos are taken, in what sizes they are kept, and what their files are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.files.rules.headers import Header, Kind, is_heic, look
from app.limits.rules import Limit

MEGABYTE = 2**20
MOST_BYTES = 15 * MEGABYTE
# What phones sell as twelve megapixels is up to 4096 by 3072.
MEGAPIXEL = 2**20
MOST_PIXELS = 12 * MEGAPIXEL
MOST_PHOTOS = 5
# The largest request of a form with photos: all of them, and what is typed beside them.
MOST_SENT = MOST_PHOTOS * MOST_BYTES + MEGABYTE
# What one person may send, good or bad.
UPLOADS = Limit("photo", 100, timedelta(hours=1))
# What one person may have lying in unfinished forms; beyond it the oldest go.
MOST_DRAFTS = 50
DRAFTS_LAST = timedelta(days=30)
# An object without a row is younger than this only while its form is being answered.
ORPHANS_LAST = timedelta(days=1)


class Refusal(StrEnum):
    """Why a photo is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    HEIC = "heic"
    NO_PHOTO = "no_photo"
    BROKEN = "broken"
    TOO_MANY = "too_many"
    BUSY = "busy"
    NOT_STORED = "not_stored"


def refuse_upload(content: bytes) -> Refusal | None:
    """Why this cannot become a photo, judged by its first bytes alone: no decoder has touched it yet."""
    if not content:
        return Refusal.EMPTY
    if len(content) > MOST_BYTES:
        return Refusal.TOO_LARGE
    header = look(content)
    if header is None:
        return Refusal.HEIC if is_heic(content) else Refusal.NO_PHOTO
    if header.width * header.height > MOST_PIXELS:
        return Refusal.TOO_MANY_PIXELS
    return None if header.width and header.height else Refusal.BROKEN


class Size(StrEnum):
    """In lists, on pages, and opened by itself."""

    THUMB = "kecil"
    MEDIUM = "sedang"
    FULL = "penuh"


@dataclass(frozen=True)
class Budget:
    """The longer edge in pixels, and how many bytes it may cost."""

    edge: int
    most_bytes: int


BUDGETS = {
    Size.THUMB: Budget(320, 12_000),
    Size.MEDIUM: Budget(640, 40_000),
    Size.FULL: Budget(1600, 300_000),  # beyond it WhatsApp shows no preview
}
LARGEST_EDGE = BUDGETS[Size.FULL].edge
QUALITIES = (75, 65, 55, 45, 35)


def edges(budget: Budget) -> Iterator[int]:
    """Ever smaller: whatever the picture shows, one of them is within the budget."""
    edge = budget.edge
    while True:
        yield edge
        edge = max(1, edge * 3 // 4)


def fitted(width: int, height: int, edge: int) -> tuple[int, int]:
    """Width and height with the longer one at most `edge`; small ones stay as they are."""
    longer = max(width, height, edge)
    return max(1, round(width * edge / longer)), max(1, round(height * edge / longer))


KEY = re.compile(r"[0-9a-f]{32}")
NAME = re.compile(rf"({KEY.pattern})-({'|'.join(Size)})\.jpg")


def object_name(key: str, size: Size) -> str:
    """What a picture's file is called; nothing of it comes from people."""
    return f"{key}-{size}.jpg"


def parse_name(name: str) -> tuple[str, Size] | None:
    """Key and size; None for what no file of ours is called."""
    found = NAME.fullmatch(name)
    return (found[1], Size(found[2])) if found else None


@dataclass(frozen=True)
class Photo:
    """A photo that is kept; width and height are those of its full size, `digest` is of what was sent."""

    key: str
    width: int
    height: int
    digest: str

    def name(self, size: str) -> str:
        """What the file of this size is called: kecil, sedang or penuh."""
        return object_name(self.key, Size(size))

    def shape(self, size: str, edge: int | None = None) -> tuple[int, int]:
        """Width and height at which this size is shown, so that the page does not jump when it comes."""
        most = BUDGETS[Size(size)].edge
        return fitted(self.width, self.height, min(most, edge or most))


__all__ = [
    "BUDGETS",
    "DRAFTS_LAST",
    "KEY",
    "LARGEST_EDGE",
    "MEGABYTE",
    "MEGAPIXEL",
    "MOST_BYTES",
    "MOST_DRAFTS",
    "MOST_PHOTOS",
    "MOST_PIXELS",
    "MOST_SENT",
    "ORPHANS_LAST",
    "QUALITIES",
    "UPLOADS",
    "Budget",
    "Header",
    "Kind",
    "Photo",
    "Refusal",
    "Size",
    "edges",
    "fitted",
    "look",
    "object_name",
    "parse_name",
    "refuse_upload",
]
