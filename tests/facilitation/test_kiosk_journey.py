"""A facilitator's phone in a resident's hands and back again, in the browser."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask
from playwright.sync_api import Error

from app.accounts.queries import get_person
from app.db.transaction import transaction
from app.kernel.actor import Role
from tests import builders as b
from tests.pages import DESK, PHONE, Tab

PIN = "402917"


@pytest.fixture
def cards(live_app: Flask) -> dict[str, str]:
    """An open contest in Lamaknen, a facilitator of Makir, and a verified resident with a card."""
    with live_app.app_context(), transaction():
        b.make_world()
        b.make_contest()
        helper = b.make_staff(Role.FACILITATOR, b.MAKIR, village=b.MAKIR)
        resident = b.make_person(name="Yosefina Luan", attested=True)
        return {"helper": get_person(helper.person_id or 0).card_number, "resident": resident.card_number}


def go_back(tab: Tab) -> None:
    """Where a form was sent, the browser has forgotten the answer, and asks before it sends the form again."""
    with suppress(Error):  # its own page says so
        tab.raw.go_back()
    tab.unchecked = None


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_phone_shows_one_ballot_then_the_desk_again_and_the_way_back_shows_nothing(
    new_tab: Callable[..., Tab], cards: dict[str, str], viewport: dict[str, int]
) -> None:
    tab = new_tab(viewport=viewport)
    tab.goto("/masuk").fill("Nomor HP atau nomor kartu", cards["helper"]).fill("Kata sandi", b.PASSWORD).press("Masuk")
    tab.goto(f"/damping/warga/{cards['resident']}").follow("Pinjamkan HP untuk memilih").picture("kiosk-lend")
    tab.fill("Warga menulis tiga kata di kartunya", b.PASSWORD)
    tab.fill("PIN untuk mengambil HP kembali", PIN).fill("PIN sekali lagi", PIN).press("Serahkan HP")
    tab.picture("kiosk")

    # The resident: nothing of the facilitator, neither here nor by the way back.
    assert tab.heading == "Halo, Yosefina Luan"
    go_back(tab)
    assert tab.path == "/pinjam"
    tab.goto("/damping/")
    assert tab.path == "/pinjam"
    tab.follow("Buka surat suara").picture("kiosk-ballot")
    tab.raw.locator("input[name=choices]").first.check()
    tab.press("Periksa pilihan").picture("kiosk-confirm")
    assert "Anda memilih sebagai Yosefina Luan" in tab.words
    tab.press("Masukkan ke kotak suara").picture("kiosk-done")
    assert tab.heading == "Suara Anda sudah masuk kotak"
    tab.press("Simpan bukti").picture("kiosk-slip")
    assert tab.heading == "Simpan kode ini"
    tab.follow("Sudah saya simpan").follow("Selesai").follow("Kembalikan HP").picture("kiosk-back")

    # The facilitator: the desk, and nothing of the resident by the way back.
    tab.fill("PIN pendamping", PIN).press("Ambil HP kembali")
    assert tab.path == "/damping/"
    for _step in range(6):
        go_back(tab)
        shown = tab.raw.locator("body").inner_text()
        assert "Anda memilih sebagai" not in shown
        assert "Halo, Yosefina" not in shown
        assert tab.raw.locator("input[name=choices]:checked").count() == 0
