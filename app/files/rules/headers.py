"""What the first bytes of a file say it is, read by ourselves, before any decoder is let near it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice


class Kind(StrEnum):
    """The formats that are taken, as Pillow calls them."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"


@dataclass(frozen=True)
class Header:
    """Format and size in pixels, as the file claims them."""

    kind: Kind
    width: int
    height: int


@dataclass(frozen=True)
class Part:
    """A piece of a file: what it is, the whole of it, and what it holds."""

    name: bytes
    whole: bytes
    body: bytes


# No camera writes as many; who does, wants to keep us busy.
MOST_PARTS = 20_000
PNG_START = b"\x89PNG\r\n\x1a\n"
SCAN = b"\xda"
# The codings of JPEG in which an image begins (SOF0 to SOF15); three numbers between them mean something else.
FRAMES = {bytes([number]) for number in range(0xC0, 0xD0)} - {b"\xc4", b"\xc8", b"\xcc"}
# Markers without a length.
BARE = {b"\x01", *(bytes([number]) for number in range(0xD0, 0xD8))}
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def look(content: bytes) -> Header | None:
    """What the file claims to be; None where it is none of the formats or its header breaks off."""
    if content.startswith(b"\xff\xd8\xff"):
        frame = next((part.body for part in jpeg_parts(content) if part.name in FRAMES), b"")
        return Header(Kind.JPEG, _big(frame[3:5]), _big(frame[1:3])) if len(frame) >= 5 else None
    if content.startswith(PNG_START) and content[12:16] == b"IHDR" and len(content) >= 24:
        return Header(Kind.PNG, _big(content[16:20]), _big(content[20:24]))
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP" and len(content) >= 30:
        return _webp(content)
    return None


def is_heic(content: bytes) -> bool:
    """Whether it is a photo as iPhones keep it, which few others can read."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def jpeg_parts(content: bytes) -> Iterator[Part]:
    """The segments of a JPEG up to the first scan, which is last and holds the rest of the file."""
    at = 2
    for _ in range(MOST_PARTS):
        name = content[at + 1 : at + 2]
        if content[at : at + 1] != b"\xff" or not name:
            return
        length = _big(content[at + 2 : at + 4])
        end = len(content) if name == SCAN else at + 2 + length
        if name == b"\xff":  # padding
            end = at + 1
        elif name in BARE:
            end = at + 2
        else:
            yield Part(name, content[at:end], content[at + 4 : end])
        at = end


def png_parts(content: bytes) -> Iterator[Part]:
    """The chunks of a PNG, each with its checksum."""
    at = len(PNG_START)
    for _ in range(MOST_PARTS):
        end = at + 12 + _big(content[at : at + 4])
        if at >= len(content):
            return
        yield Part(content[at + 4 : at + 8], content[at:end], content[at + 8 : end - 4])
        at = end


def webp_parts(content: bytes) -> Iterator[Part]:
    """The chunks of a WebP."""
    at = 12
    for _ in range(MOST_PARTS):
        end = at + 8 + _little(content[at + 4 : at + 8])
        if at >= len(content):
            return
        yield Part(content[at : at + 4], content[at:end], content[at + 8 : end])
        at = end + end % 2


def _webp(content: bytes) -> Header | None:
    first = next(islice(webp_parts(content), 1), Part(b"", b"", b""))
    name, body = first.name, first.body
    if name == b"VP8X":
        return Header(Kind.WEBP, _little(body[4:7]) + 1, _little(body[7:10]) + 1)
    if name == b"VP8L" and body[:1] == b"\x2f":
        bits = _little(body[1:5])
        return Header(Kind.WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return Header(Kind.WEBP, _little(body[6:8]) & 0x3FFF, _little(body[8:10]) & 0x3FFF)
    return None


def _big(part: bytes) -> int:
    return int.from_bytes(part, "big")


def _little(part: bytes) -> int:
    return int.from_bytes(part, "little")
