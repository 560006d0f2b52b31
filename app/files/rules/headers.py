"""What the first bytes of a file say it is, read by ourselves, before any decoder is let near it."""

from dataclasses import dataclass
from enum import StrEnum


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


# The codings of JPEG in which an image begins (SOF0 to SOF15); three numbers between them mean something else.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Markers without a length.
BARE = frozenset({0x01, *range(0xD0, 0xD8)})
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def look(content: bytes) -> Header | None:
    """What the file claims to be; None where it is none of the formats or its header breaks off."""
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR" and len(content) >= 24:
        return Header(Kind.PNG, _big(content[16:20]), _big(content[20:24]))
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP" and len(content) >= 30:
        return _webp(content)
    return None


def is_heic(content: bytes) -> bool:
    """Whether it is a photo as iPhones keep it, which few others can read."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def _jpeg(content: bytes) -> Header | None:
    """From segment to segment, up to the one that tells the size."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in FRAMES:
            return Header(Kind.JPEG, _big(content[at + 7 : at + 9]), _big(content[at + 5 : at + 7]))
        if marker == 0xFF:
            at += 1
        else:
            at += 2 if marker in BARE else 2 + _big(content[at + 2 : at + 4])
    return None


def _webp(content: bytes) -> Header | None:
    chunk = content[12:16]
    if chunk == b"VP8X":
        return Header(Kind.WEBP, _little(content[24:27]) + 1, _little(content[27:30]) + 1)
    if chunk == b"VP8L" and content[20] == 0x2F:
        bits = _little(content[21:25])
        return Header(Kind.WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if chunk == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        return Header(Kind.WEBP, _little(content[26:28]) & 0x3FFF, _little(content[28:30]) & 0x3FFF)
    return None


def _big(part: bytes) -> int:
    return int.from_bytes(part, "big")


def _little(part: bytes) -> int:
    return int.from_bytes(part, "little")
