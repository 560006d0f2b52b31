"""Photos for the tests, good and bad, made on the spot."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

JPEG_COMMENT = b"rumah Maria Bere"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Maria Bere</dc:creator></x:xmpmeta>'
GPS = {1: "S", 2: (9.0, 6.0, 30.0), 3: "E", 4: (125.0, 5.0, 10.0)}
QUADRANTS = ("red", "lime", "blue", "yellow")  # from the upper left, clockwise


def scene(width: int = 400, height: int = 300) -> Image.Image:
    """Four colours, so that a turned picture can be told, with something to encode in them."""
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    middle, centre = width // 2, height // 2
    boxes = (
        (0, 0, middle, centre),
        (middle, 0, width, centre),
        (middle, centre, width, height),
        (0, centre, middle, height),
    )
    for box, colour in zip(boxes, QUADRANTS, strict=True):
        draw.rectangle(box, fill=colour)
    return picture


@cache
def noise(width: int, height: int, seed: int = 4) -> Image.Image:
    """What no coding can make small."""
    return Image.frombytes("RGB", (width, height), Random(seed).randbytes(width * height * 3))


def encoded(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    content = BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def photo(colour: str = "teal", size: tuple[int, int] = (64, 48)) -> bytes:
    """A small good photo; each colour makes another one."""
    return encoded(Image.new("RGB", size, colour))


def with_exif(orientation: int = 1) -> bytes:
    """As a phone writes it: how it was held, where, when and by which device; upright it is the scene."""
    turns: dict[int, Image.Transpose] = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = scene().transpose(turns[orientation]) if orientation in turns else scene()
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010F], notes[0x0110] = "Xiaomi", "Redmi 9A"
    notes[0x0132] = "2026:11:21 12:00:00"
    notes.get_ifd(0x8825).update(GPS)
    return encoded(held, exif=notes, xmp=XMP, comment=JPEG_COMMENT, icc_profile=b"\0" * 128 + b"profil Maria Bere")


def png_with_notes() -> bytes:
    notes = PngInfo()
    notes.add_text("Author", "Maria Bere")
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return encoded(scene(), "PNG", pnginfo=notes)


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unfolds to as many pixels as it says."""
    packer = zlib.compressobj(9)
    row = bytes(min(1 + width // 8, 100_000))
    rows = b"".join(packer.compress(row) for _ in range(min(height, 2000))) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_with(chunks: bytes) -> bytes:
    """The scene as PNG, with more behind its header."""
    content = encoded(scene(), "PNG")
    return content[:33] + chunks + content[33:]


def jpeg_with(segments: bytes) -> bytes:
    """The scene as JPEG, with more at its beginning."""
    content = encoded(scene())
    return content[:2] + segments + content[2:]


def jpeg_of_many_scans() -> bytes:
    """A progressive photo whose last scan comes again and again: each costs the time of a whole picture."""
    content = encoded(scene(4000, 3000), progressive=True)
    last = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + last * 300 + content[-2:]


def greedy_notes() -> bytes:
    """Notes of a camera that has thousands of lines, each of which says that it is all of them together."""
    lines, size = 40_000, 500_000
    head = b"MM\0*" + struct.pack(">IH", 8, lines)
    entries = b"".join(struct.pack(">HHII", 0x0112 + 1 + number, 7, size, 0) for number in range(lines))
    return (head + entries).ljust(size, b"\0")


def animated(kind: str) -> bytes:
    """Red first, blue after."""
    frames = [Image.new("RGB", (80, 60), colour) for colour in ("red", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def see_through() -> bytes:
    """Nothing on the left, red on the right."""
    picture = Image.new("RGBA", (80, 60), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (40, 0, 80, 60))
    return encoded(picture, "PNG")


SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)


def lying_jpeg() -> bytes:
    """Small by its first header, large by a second one."""
    content = encoded(scene())
    at = content.index(b"\xff\xc0")
    frame = content[at : at + 19]
    return content[:at] + frame + frame[:5] + struct.pack(">HH", 60_000, 60_000) + frame[9:] + content[at + 19 :]


# Good pictures with notes that would keep a decoder busy for minutes, or fill the memory.
HEAVY: dict[str, Callable[[], bytes]] = {
    "text that unfolds to a hundred megabytes": lambda: png_with(
        png_chunk(b"zTXt", b"note\0\0" + zlib.compress(bytes(100 * 2**20), 9))
    ),
    "a profile that unfolds to a hundred megabytes": lambda: png_with(
        png_chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(100 * 2**20), 9))
    ),
    "greedy notes in a PNG": lambda: png_with(png_chunk(b"eXIf", greedy_notes())),
    "greedy notes in a JPEG": lambda: jpeg_with(
        b"\xff\xe1" + struct.pack(">H", 60_008) + b"Exif\0\0" + greedy_notes()[:60_000]
    ),
    "greedy notes in a WebP": lambda: encoded(scene(), "WEBP", exif=greedy_notes()),
    "ten thousand comments": lambda: jpeg_with(b"\xff\xfe\0\2" * 10_000),
}

# What is sent, and how it is refused.
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "one byte": (lambda: b"\xff", "no_photo"),
    "sixteen megabytes": (lambda: photo() + bytes(16 * 2**20), "too_large"),
    "a bomb of 13,000 by 13,000": (lambda: claiming(13_000, 13_000), "too_many_pixels"),
    "a bomb that is one line": (lambda: claiming(2**31 - 1, 1), "too_many_pixels"),
    "a large photo": (lambda: encoded(Image.new("L", (4200, 3120))), "too_many_pixels"),
    "a large WebP": (lambda: encoded(Image.new("L", (4200, 3120)), "WEBP"), "too_many_pixels"),
    "a picture without height": (lambda: claiming(100, 0), "broken"),
    "GIF": (lambda: encoded(scene(), "GIF"), "no_photo"),
    "GIF and script": (lambda: b"GIF89a/*" + SCRIPT + b"*/=1;", "no_photo"),
    "SVG": (lambda: SVG, "no_photo"),
    "HTML called a photo": (lambda: b"<!doctype html>" + SCRIPT, "no_photo"),
    "TIFF": (lambda: encoded(scene(), "TIFF"), "no_photo"),
    "BMP": (lambda: encoded(scene(), "BMP"), "no_photo"),
    "AVIF": (lambda: encoded(scene(), "AVIF"), "no_photo"),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no_photo"),
    "PDF": (lambda: b"%PDF-1.7\n" + bytes(64), "no_photo"),
    "zip": (lambda: b"PK\x03\x04" + bytes(64), "no_photo"),
    "film": (lambda: b"\0\0\0\x18ftypmp42" + bytes(64), "no_photo"),
    "HEIC": (lambda: HEIC, "heic"),
    "half a JPEG": (lambda: encoded(noise(300, 200))[:4000], "broken"),
    "half a PNG": (lambda: encoded(noise(300, 200), "PNG")[:4000], "broken"),
    "half a WebP": (lambda: encoded(noise(300, 200), "WEBP")[:4000], "broken"),
    "only the beginning of a JPEG": (lambda: b"\xff\xd8\xff\xe0", "no_photo"),
    "only the header of a PNG": (lambda: encoded(scene(), "PNG")[:33], "broken"),
    "HTML that begins like a JPEG": (lambda: b"\xff\xd8\xff\xe0" + SCRIPT, "no_photo"),
    "HTML that begins like a PNG": (lambda: b"\x89PNG\r\n\x1a\n" + SCRIPT, "no_photo"),
    "a JPEG whose size lies": (lying_jpeg, "broken"),
    "a JPEG of very many scans": (jpeg_of_many_scans, "broken"),
    "a JPEG of very many comments": (lambda: jpeg_with(b"\xff\xfe\0\2" * 3_000_000), "no_photo"),
    "a PNG of very many pieces": (lambda: png_with(png_chunk(b"tEXt", b"") * 1_000_000), "broken"),
}
