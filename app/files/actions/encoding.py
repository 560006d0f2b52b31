"""Making a picture of our own out of what was sent: upright, small, and without anything but what it shows.

A large photo takes a good part of a second: do it before a transaction.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from PIL import Image

from app.files.rules import (
    BUDGETS,
    LARGEST_EDGE,
    MEGABYTE,
    MEGAPIXEL,
    MOST_BYTES,
    MOST_PIXELS,
    QUALITIES,
    Budget,
    Header,
    Refusal,
    Size,
    edges,
    fitted,
    look,
    refuse_upload,
)
from app.files.rules.bare import bare, orientation
from app.kernel.outcomes import Refused

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
PATIENCE_SECONDS = 4
_one_at_a_time = BoundedSemaphore(1)


@dataclass(frozen=True)
class Encoded:
    """A photo in its three sizes; width and height are those of the full one."""

    width: int
    height: int
    contents: Mapping[Size, bytes]


def encode(content: bytes) -> Encoded:
    """Decode a photo and encode it anew in three sizes; Refused for whatever is no photo that we take."""
    header = look(content)
    if refusal := refuse_upload(content):
        raise Refused(refusal, **_facts(content, header))
    assert header is not None  # not refused
    with _turn():
        picture = _decode(content, header)
        contents = {size: _within(picture, budget) for size, budget in BUDGETS.items()}
    return Encoded(*_size_of(contents[Size.FULL]), contents)


def _facts(content: bytes, header: Header | None) -> dict[str, int]:
    """How much it is, and how much may be: in megabytes and megapixels, rounded against the sender."""
    pixels = header.width * header.height if header else 0
    return {
        "megabytes": -(-len(content) // MEGABYTE),
        "most_megabytes": MOST_BYTES // MEGABYTE,
        "megapixels": -(-pixels // MEGAPIXEL),
        "most_megapixels": MOST_PIXELS // MEGAPIXEL,
    }


@contextmanager
def _turn() -> Iterator[None]:
    """One photo at a time, whoever else is waiting: each may need fifty megabytes."""
    if not _one_at_a_time.acquire(timeout=PATIENCE_SECONDS):
        raise Refused(Refusal.BUSY)
    try:
        yield
    finally:
        _one_at_a_time.release()


def _decode(content: bytes, header: Header) -> Image.Image:
    """The first picture of the file as people see it, no larger than is kept."""
    pixels = bare(content, header.kind)
    if pixels is None:
        raise Refused(Refusal.BROKEN)
    try:
        with Image.open(BytesIO(pixels), formats=[header.kind]) as sent:
            if sent.size != (header.width, header.height):
                raise Refused(Refusal.BROKEN)
            sent.draft(None, fitted(*sent.size, LARGEST_EDGE))  # a JPEG comes out at a half or a quarter already
            picture = _on_paper(_small(sent))
    except Exception as error:  # whatever a decoder stumbles over, it is the file's fault
        raise Refused(Refusal.BROKEN) from error
    turn = TURNS.get(orientation(content, header.kind))
    return picture if turn is None else picture.transpose(turn)


def _small(sent: Image.Image) -> Image.Image:
    """No larger than is kept; a copy of all the pixels is only made where their colours cannot be mixed as they are."""
    if sent.mode.startswith("I;16"):  # greys of sixteen bits, which Pillow would cut off at white
        sent = sent.point(lambda level: level / 256).convert("L")
    mode = "RGBA" if sent.has_transparency_data else "RGB"
    mixable = sent if sent.mode == mode else sent.convert(mode)
    return mixable.resize(fitted(*sent.size, LARGEST_EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _on_paper(seen: Image.Image) -> Image.Image:
    """Its pixels alone, on white: a new image has no notes, profiles or comments."""
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen if seen.mode == "RGBA" else None)
    return paper


def _within(picture: Image.Image, budget: Budget) -> bytes:
    """As large and as good as the budget allows, but no larger than the picture is."""
    return next(content for content in _tries(picture, budget) if len(content) <= budget.most_bytes)


def _tries(picture: Image.Image, budget: Budget) -> Iterator[bytes]:
    for edge in edges(budget):
        small = picture.resize(fitted(*picture.size, edge), Image.Resampling.LANCZOS, reducing_gap=2.0)
        for quality in QUALITIES:
            yield _jpeg(small, quality)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    content = BytesIO()
    picture.save(content, "JPEG", quality=quality, optimize=True, progressive=True)
    return content.getvalue()


def _size_of(content: bytes) -> tuple[int, int]:
    header = look(content)
    assert header is not None  # our own
    return header.width, header.height
