"""A photo without its notes, before a decoder sees it: a decoder reads notes whose every line may be the whole file.

What is left decodes to the same pixels. Of the notes one is wanted: how the camera was held.
"""

from collections.abc import Iterator
from typing import Literal

from app.files.rules.headers import PNG_START, Kind, jpeg_parts, png_parts, webp_parts

# Progressive photos have about ten scans; each one costs the time of a picture, and some bytes.
MOST_SCANS = 100
JPEG_NOTES = {bytes([number]) for number in (*range(0xE1, 0xF0), 0xFE)} - {
    b"\xee"
}  # Adobe's tells how colours are meant
PNG_PIXELS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
EXIF = b"Exif\0\0"
ORIENTATION = 0x0112
UPRIGHT = 1
MOST_NOTES = 200


def bare(content: bytes, kind: Kind) -> bytes | None:
    """The photo without notes, comments, profiles and further pictures; None for one that only wants our time."""
    if kind is Kind.JPEG:
        if content.count(b"\xff\xda") > MOST_SCANS:
            return None
        return content[:2] + b"".join(part.whole for part in jpeg_parts(content) if part.name not in JPEG_NOTES)
    if kind is Kind.PNG:
        return PNG_START + b"".join(part.whole for part in png_parts(content) if part.name in PNG_PIXELS)
    return content  # its decoder leaves the notes alone


def orientation(content: bytes, kind: Kind) -> int:
    """How the camera was held, 1 to 8; upright where it does not say, or says nonsense."""
    notes = next(_notes(content, kind), b"").removeprefix(EXIF)
    orders: dict[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}
    order = orders.get(notes[:4])
    if order is None:
        return UPRIGHT
    start = int.from_bytes(notes[4:8], order)
    count = min(int.from_bytes(notes[start : start + 2], order), MOST_NOTES)
    for at in range(start + 2, start + 2 + 12 * count, 12):
        if int.from_bytes(notes[at : at + 2], order) == ORIENTATION:
            return int.from_bytes(notes[at + 8 : at + 10], order)
    return UPRIGHT


def _notes(content: bytes, kind: Kind) -> Iterator[bytes]:
    if kind is Kind.JPEG:
        return (part.body for part in jpeg_parts(content) if part.name == b"\xe1" and part.body.startswith(EXIF))
    parts, name = (png_parts, b"eXIf") if kind is Kind.PNG else (webp_parts, b"EXIF")
    return (part.body for part in parts(content) if part.name == name)
