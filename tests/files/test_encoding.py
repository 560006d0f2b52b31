"""Whatever is sent becomes a small clean photo of our own, or is refused with a reason; nothing else happens."""

import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.files.actions import encode, encoding
from app.files.rules import BUDGETS, Refusal, Size, look
from app.kernel.outcomes import Refused
from tests.files import pictures

MOST_SECONDS, MOST_MEGABYTES = 5, 400
MEASURE = """
import sys, time
from pathlib import Path
from app.files.actions import encode
from app.kernel.outcomes import Refused
longest = 0.0
for path in sorted(Path(sys.argv[1]).iterdir()):
    content, began = path.read_bytes(), time.process_time()
    try:
        encode(content)
    except Refused:
        pass
    longest = max(longest, time.process_time() - began)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(longest, int(peak.split()[1]) / 1024)
"""
LARGEST = {
    "the largest JPEG": lambda: pictures.encoded(pictures.scene(4096, 3072), quality=95, progressive=True),
    "the largest PNG": lambda: pictures.encoded(pictures.scene(4096, 3072).convert("RGBA"), "PNG", compress_level=1),
    "the largest WebP": lambda: pictures.encoded(pictures.scene(4096, 3072), "WEBP", lossless=True, method=0),
}
# Colours may differ by what JPEG does to them.
NEAR = 60
COLOURS = {
    "red": (255, 0, 0),
    "lime": (0, 255, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "white": (255, 255, 255),
}


def opened(contents: Mapping[Size, bytes], size: Size = Size.FULL) -> Image.Image:
    return Image.open(BytesIO(contents[size]))


def colour_at(picture: Image.Image, x: float, y: float) -> str:
    """The nearest of the colours at a place given as parts of the whole."""
    seen = picture.convert("RGB").getpixel((int(picture.width * x), int(picture.height * y)))
    assert isinstance(seen, tuple)
    distance = {name: sum(abs(a - b) for a, b in zip(seen, rgb, strict=True)) for name, rgb in COLOURS.items()}
    nearest = min(distance, key=lambda name: distance[name])
    assert distance[nearest] < NEAR, seen
    return nearest


@pytest.mark.parametrize("name", pictures.BAD)
def test_what_is_no_good_photo_is_refused_with_its_reason(name: str) -> None:
    make, reason = pictures.BAD[name]
    content = make()
    with pytest.raises(Refused) as refused:
        encode(content)
    assert refused.value.reason is Refusal(reason)


@pytest.mark.parametrize("name", pictures.HEAVY)
def test_notes_that_would_fill_the_memory_are_not_read(name: str) -> None:
    assert [colour_at(opened(encode(pictures.HEAVY[name]()).contents), 0.2, 0.2)] == ["red"]


def test_whatever_is_sent_takes_little_time_and_memory(tmp_path: Path) -> None:
    """Measured from outside, in a process of its own."""
    worst = {name: make for name, (make, _reason) in pictures.BAD.items()} | pictures.HEAVY | LARGEST
    for number, make in enumerate(worst.values()):
        (tmp_path / f"{number:02}").write_bytes(make())
    measured = subprocess.run([sys.executable, "-c", MEASURE, tmp_path], capture_output=True, text=True, check=True)
    seconds, megabytes = (float(figure) for figure in measured.stdout.split())
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES


def test_a_refusal_for_size_tells_how_large_it_is_and_may_be() -> None:
    with pytest.raises(Refused) as refused:
        encode(pictures.claiming(13_000, 13_000))
    assert refused.value.facts["megapixels"] == 162
    assert refused.value.facts["most_megapixels"] == 12


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (3, 900), (640, 480), (4032, 3024), (4096, 3072), (12_000, 1000)])
def test_every_size_keeps_within_its_budget(kind: str, size: tuple[int, int]) -> None:
    made = encode(pictures.encoded(pictures.scene(*size), kind))
    for which, budget in BUDGETS.items():
        picture = opened(made.contents, which)
        assert picture.format == "JPEG"
        assert len(made.contents[which]) <= budget.most_bytes
        assert max(picture.size) <= min(budget.edge, max(size))
    assert (made.width, made.height) == opened(made.contents).size


@pytest.mark.parametrize("shape", [(1600, 1200), (320, 320), (5000, 200)])
def test_what_cannot_be_made_small_by_quality_is_made_small_by_size(shape: tuple[int, int]) -> None:
    made = encode(pictures.encoded(pictures.noise(*shape), quality=60))
    assert all(len(made.contents[size]) <= budget.most_bytes for size, budget in BUDGETS.items())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int) -> None:
    made = encode(pictures.with_exif(orientation))
    for size in Size:
        picture = opened(made.contents, size)
        corners = [colour_at(picture, x, y) for x, y in ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8))]
        assert corners == list(pictures.QUADRANTS)
    assert (made.width, made.height) == (400, 300)


@pytest.mark.parametrize("make", [pictures.with_exif, pictures.png_with_notes])
def test_nothing_but_the_picture_is_kept(make: object) -> None:
    assert callable(make)
    sent = make()
    assert b"Maria" in sent
    for content in encode(sent).contents.values():
        assert not any(word in content for word in (b"Maria", b"Exif", b"adobe", b"Redmi", b"2026", b"ICC_PROFILE"))
        picture = Image.open(BytesIO(content))
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_what_hangs_behind_a_photo_is_left_out() -> None:
    polyglot = pictures.photo() + pictures.SCRIPT + b"PK\x03\x04"
    assert all(
        b"script" not in content and b"PK" not in content[-64:] for content in encode(polyglot).contents.values()
    )


def test_what_is_see_through_stands_on_white() -> None:
    picture = opened(encode(pictures.see_through()).contents)
    assert (colour_at(picture, 0.2, 0.5), colour_at(picture, 0.8, 0.5)) == ("white", "red")


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_one_is_kept(kind: str) -> None:
    picture = opened(encode(pictures.animated(kind)).contents)
    assert getattr(picture, "n_frames", 1) == 1
    assert colour_at(picture, 0.5, 0.5) == "red"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_way_to_write_colours_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = encode(pictures.encoded(Image.new(mode, (40, 30)), kind))
    assert opened(made.contents).mode == "RGB"


def test_grey_of_sixteen_bits_stays_grey() -> None:
    picture = opened(encode(pictures.encoded(Image.new("I;16", (40, 30), 30_000), "PNG")).contents)
    grey = picture.convert("L").getpixel((20, 15))
    assert grey == pytest.approx(117, abs=3)


def test_a_photo_of_many_pictures_shows_its_first_one() -> None:
    """As some phones write them: the photo, and behind it another one of the same moment."""
    frames = [Image.new("RGB", (80, 60), colour) for colour in ("red", "blue")]
    sent = pictures.encoded(frames[0], "MPO", save_all=True, append_images=frames[1:])
    assert colour_at(opened(encode(sent).contents), 0.5, 0.5) == "red"


def test_only_one_photo_is_made_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "PATIENCE_SECONDS", 0.05)
    outcomes: list[object] = []

    def send() -> None:
        try:
            outcomes.append(encode(pictures.photo()))
        except Refused as refused:
            outcomes.append(refused.reason)

    with encoding._turn():
        second = Thread(target=send)
        second.start()
        second.join()
    assert outcomes == [Refusal.BUSY]
    send()
    assert isinstance(outcomes[-1], encoding.Encoded)


GOOD = [
    pictures.encoded(pictures.scene(40, 30), "JPEG"),
    pictures.encoded(pictures.scene(40, 30), "JPEG", progressive=True),
    pictures.encoded(pictures.scene(40, 30), "PNG"),
    pictures.encoded(pictures.scene(40, 30), "WEBP", quality=50),
    pictures.encoded(pictures.scene(40, 30), "WEBP", lossless=True),
    pictures.with_exif(6),
    pictures.see_through(),
    pictures.animated("PNG"),
    pictures.animated("WEBP"),
]


def encodes_or_refuses(content: bytes) -> None:
    try:
        made = encode(content)
    except Refused:
        return
    assert all(len(made.contents[size]) <= budget.most_bytes for size, budget in BUDGETS.items())


QUIETLY = pytest.mark.filterwarnings("ignore:::PIL")  # what Pillow remarks on, it also reads


@QUIETLY
@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(GOOD))
def test_a_photo_damaged_anywhere_is_encoded_or_refused(data: st.DataObject, good: bytes) -> None:
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(damaged)))
    encodes_or_refuses(bytes(damaged[:end] if data.draw(st.booleans()) else damaged))


@QUIETLY
@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8X", b"GIF89a"]), st.binary())
@example(b"\xff\xd8\xff\xc0", b"\0\0\0\0\0\0\0\0")
@example(b"\xff\xd8", b"\xff" * 40)
@example(b"RIFF\0\0\0\0WEBPVP8X", b"\0" * 30)
def test_any_bytes_are_encoded_or_refused(head: bytes, rest: bytes) -> None:
    look(head + rest)
    encodes_or_refuses(head + rest)
