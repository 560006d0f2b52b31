"""A morning at the facilitator's table, in the browser: enrolled by keyboard, a card, a proposal, a pile of paper."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from app.db.transaction import transaction
from app.facilitation.actions import print_batch
from app.kernel.actor import Role
from tests import builders as b
from tests.client import cookie_of
from tests.pages import DESK, PHONE, Tab


@pytest.fixture
def desk(live_app: Flask, live_url: str) -> tuple[dict[str, str], str, str]:
    """The cookie of a facilitator of Makir, a batch of paper, and the card of a verified resident."""
    with live_app.app_context(), transaction():
        b.make_world()
        facilitator = b.make_staff(Role.FACILITATOR, b.MAKIR)
        batch = print_batch(facilitator, b.MAKIR, 12, str(uuid4()), b.NOW)
        resident = b.make_person(name="Yosefina Luan", attested=True)
        cookie = cookie_of(live_app, b.person_of(facilitator), live_url)
        return cookie, batch.code, resident.card_number


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_morning_at_the_table(
    new_tab: Callable[..., Tab], desk: tuple[dict[str, str], str, str], viewport: dict[str, int]
) -> None:
    cookie, code, card_number = desk
    tab = new_tab(viewport=viewport)
    tab.raw.context.add_cookies([cookie])
    tab.goto("/damping/").follow("Daftarkan warga")

    # By keyboard: name, NIK, over the fields that the NIK answers, hamlet, what was seen, consent.
    keys = tab.raw.keyboard
    keys.type("Dominggus Mau")
    keys.press("Tab")
    keys.type("5304013112880001")
    for _field in range(5):  # why not, birth year, sex, village, hamlet
        keys.press("Tab")
    keys.type("Fatubesi")
    for _field in range(3):  # phone, language, seen
        keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    assert tab.raw.get_by_label("Melihat KTP").is_checked()
    tab.press("Daftarkan").picture("desk-enrolled")
    assert tab.heading == "Dominggus Mau"
    assert "Terverifikasi" in tab.words

    tab.raw.get_by_role("link", name="Cetak kartu").first.click()
    tab.press("Cetak kartu").picture("desk-card")
    assert "Tiga kata rahasia" in tab.words

    tab.follow("Tulis usulan").fill("Judul usulan", b.ANSWERS.title)
    tab.fill("Apa masalahnya?", b.ANSWERS.problem).fill("Apa yang diusulkan?", b.ANSWERS.work)
    tab.fill("Berapa banyak?", "1.200").fill("Satuan", "meter").fill("Berapa orang yang terbantu?", "240")
    tab.choose("Misi 3: Jalan, air, lingkungan").press("Simpan dan bacakan").picture("desk-read-back")
    tab.raw.locator("#is_read_back").check()
    tab.press("Kirim atas nama Dominggus Mau")
    assert tab.heading == "Usulan Dominggus Mau sudah terkirim"

    tab.goto(f"/damping/lembar/{code}/3")
    assert tab.raw.url.endswith("hal=1#lembar-3")
    tab.raw.fill("#s3-card", card_number)
    tab.raw.fill("#s3-title", "Jembatan bambu di Lahurus")
    tab.press("Simpan semua", 422).picture("desk-grid")
    assert tab.raw.input_value("#s3-title") == "Jembatan bambu di Lahurus"

    tab.goto("/damping/").picture("desk-today")
    assert "Mendaftarkan" in tab.words
    tab.goto("/damping/angka").picture("desk-counts")
