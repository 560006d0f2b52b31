"""Photos from a phone: made small before they travel where the browser can, and taken in any case."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from flask import Flask
from PIL import Image

from app.accounts import queries as accounts
from app.db.transaction import transaction
from app.files.actions import DiskStorage
from app.files.queries import photos_of
from app.files.rules import Photo, Size
from app.web.assets import SOURCE
from tests import builders as b
from tests.files import letters, pictures
from tests.pages import Tab

MOST_SCRIPT = 1500


@pytest.fixture
def kept(live_app: Flask, kept_on_disk: DiskStorage) -> DiskStorage:
    with live_app.app_context(), transaction():
        b.make_world()
        b.make_person()
    letters.OPEN.add(letters.NUMBER)
    letters.RECEIVED.clear()
    return kept_on_disk


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    """A photo of twelve megapixels, taken with the phone on its side, with a place."""
    notes = Image.Exif()
    notes[0x0112] = 6
    notes.get_ifd(0x8825).update(pictures.GPS)
    held = pictures.scene(3024, 4032).transpose(Image.Transpose.ROTATE_90)
    grain = pictures.noise(504, 378).resize(held.size)
    content = pictures.encoded(Image.blend(held, grain, 0.15), quality=92, exif=notes)
    path = tmp_path / "IMG_20261121.jpg"
    path.write_bytes(content)
    return path


def signed_in(tab: Tab, live_app: Flask) -> Tab:
    with live_app.app_context():
        phone = "".join(accounts.get_person(1).card_number)
    tab.goto("/masuk")
    tab.raw.locator("main form input:visible").nth(0).fill(phone)
    tab.raw.locator("main form input[type=password]").fill(b.PASSWORD)
    tab.raw.locator("main form button").last.click()
    tab.raw.wait_for_load_state()
    return tab


def letter(live_app: Flask) -> list[Photo]:
    with live_app.app_context():
        return list(photos_of("letter", [letters.NUMBER])[letters.NUMBER])


def test_a_photo_is_made_small_before_it_travels(page: Tab, live_app: Flask, kept: DiskStorage, camera: Path) -> None:
    signed_in(page, live_app).goto("/surat")
    page.raw.set_input_files("[name=photos]", camera)
    page.fill("Isi", "Jalan rusak").press("Kirim", 200)
    assert letters.RECEIVED[0] < 600_000 < camera.stat().st_size
    photo = letter(live_app)[0]
    assert (photo.width, photo.height) == (1200, 1600)
    shown = Image.open(BytesIO(kept.get(photo.name(Size.FULL)) or b"")).convert("RGB")
    assert shown.getpixel((100, 100))[0] > 180  # type: ignore[index] (red stands at the upper left)
    page.picture("photos-attached")


def test_without_a_script_the_photo_travels_as_it_is(
    new_tab: Callable[..., Tab], live_app: Flask, kept: DiskStorage, camera: Path
) -> None:
    page = signed_in(new_tab(java_script_enabled=False), live_app).goto("/surat")
    page.raw.set_input_files("[name=photos]", camera)
    page.fill("Isi", "Jalan rusak").press("Kirim", 200)
    assert letters.RECEIVED[0] > camera.stat().st_size
    assert (letter(live_app)[0].width, letter(live_app)[0].height) == (1200, 1600)


def test_what_the_browser_cannot_read_is_told_by_the_server_and_the_rest_is_kept(
    page: Tab, live_app: Flask, kept: DiskStorage, camera: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "rusak.jpg"
    bad.write_bytes(b"no photo at all")
    signed_in(page, live_app).goto("/surat")
    page.raw.set_input_files("[name=photos]", [camera, bad])
    page.fill("Isi", "Jalan rusak").press("Kirim", 422)
    assert "Foto “rusak.jpg” tidak disimpan." in page.words
    assert page.raw.locator("img[alt='Foto 1']").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.picture("photos-kept")
    page.press("Kirim", 200)
    assert len(letter(live_app)) == 1


def test_the_script_is_small() -> None:
    assert len(brotli.compress((SOURCE / "photos.js").read_bytes(), quality=5)) <= MOST_SCRIPT
