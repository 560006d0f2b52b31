"""The ballot in the browser: without a script at 320 px, by keyboard alone, and as a screen reader hears it."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.db.transaction import transaction
from tests import builders as b
from tests.pages import DESK, Tab

NARROW = {"width": 320, "height": 640}
TITLES = [f"{what} dusun {place}" for what in ("Sumur bor", "Rabat jalan", "Lampu surya") for place in "ABCDE"]
LEAST_TARGET = 44


@pytest.fixture
def voter(live_app: Flask) -> str:
    """The card of a verified resident of Makir; the ballot of their kecamatan has fifteen options of two villages."""
    with live_app.app_context(), transaction():
        b.make_world()
        authors = [b.make_person(village) for village in (b.MAKIR, b.KEWAR)]
        options = [b.make_published(authors[at % 2], title=title) for at, title in enumerate(TITLES)]
        b.make_contest(*options, max_choices=3, ceiling=900_000_000)
        return b.make_person(name="Maria Bere", attested=True).card_number


def open_ballot(tab: Tab, card: str) -> Tab:
    tab.goto("/masuk").fill("Nomor HP atau nomor kartu", card).fill("Kata sandi", b.PASSWORD).press("Masuk")
    return tab.goto("/belu/pilih").follow("Pemilihan usulan Kecamatan Lamaknen")


def tick(tab: Tab, *places: int) -> None:
    for place in places:
        tab.raw.locator("[name=choices]").nth(place).check()


def test_a_ballot_is_cast_and_replaced_without_a_script_on_the_narrowest_phone(
    new_tab: Callable[..., Tab], voter: str
) -> None:
    tab = open_ballot(new_tab(viewport=NARROW, java_script_enabled=False), voter)
    assert tab.heading == "Pilih sampai 3 usulan"
    small = tab.raw.locator(".pick .opt").first.bounding_box()
    assert small
    assert small["height"] >= LEAST_TARGET
    tick(tab, 0, 1, 2, 3)
    tab.press("Periksa pilihan", 422)
    assert "pilih paling banyak 3" in tab.words
    assert tab.raw.locator("[name=choices]:checked").count() == 4
    tab.raw.locator("[name=choices]:checked").first.uncheck()
    tab.press("Periksa pilihan").picture("ballot-confirm")
    assert tab.raw.locator(".pick").count() == 3
    tab.press("Ganti pilihan")
    assert tab.raw.locator("[name=choices]:checked").count() == 3
    tab.press("Periksa pilihan").press("Masukkan ke kotak suara").picture("ballot-done")
    assert tab.heading == "Suara Anda sudah masuk kotak"
    tab.press("Simpan bukti").picture("ballot-receipt")
    assert "Jangan berikan kepada siapa pun" in tab.words
    tab.goto("/belu/pilih").follow("Pemilihan usulan Kecamatan Lamaknen").picture("ballot-again")
    assert "yang dihitung hanya yang terakhir" in tab.words
    assert tab.raw.locator("[name=choices]:checked").count() == 0
    tick(tab, 4)
    tab.press("Periksa pilihan").press("Masukkan ke kotak suara")
    assert tab.heading == "Suara Anda sudah masuk kotak"


def test_a_long_ballot_is_narrowed_to_a_village_and_keeps_what_is_ticked(
    new_tab: Callable[..., Tab], voter: str
) -> None:
    tab = open_ballot(new_tab(viewport=NARROW, java_script_enabled=False), voter)
    cards, of_makir = tab.raw.locator(".pick"), tab.raw.locator(".pick.d2")
    assert cards.count() == 15
    of_makir.first.locator("[name=choices]").check()
    tab.raw.get_by_role("radio", name="Kewar").check(force=True)
    shown = [card for card in cards.all() if card.is_visible()]
    assert len(shown) == 7 + 1
    assert of_makir.first.is_visible()
    tab.press("Periksa pilihan")
    assert tab.raw.locator(".pick").count() == 1


def test_a_ballot_is_cast_by_keyboard_alone_and_says_what_it_counts(new_tab: Callable[..., Tab], voter: str) -> None:
    tab = open_ballot(new_tab(viewport=DESK), voter)
    keys, says = tab.raw.keyboard, tab.raw.get_by_role("status")
    assert says.inner_text() == "Boleh sampai 3."
    tab.raw.get_by_role("radio", name="Semua").focus()
    ticked = 0
    while ticked < 4:
        keys.press("Tab")
        if tab.raw.evaluate("document.activeElement.name") == "choices":
            keys.press("Space")
            ticked += 1
            outline = "getComputedStyle(document.activeElement.closest('label')).outlineStyle"
            assert tab.raw.evaluate(outline) == "solid"
            said = ["Masih boleh 2 lagi.", "Masih boleh 1 lagi.", "Sudah penuh.", "Terlalu banyak, kurangi 1."]
            assert says.inner_text() == said[ticked - 1]
    keys.press("Space")
    assert says.inner_text() == "Sudah penuh."
    with tab.raw.expect_navigation():
        keys.press("Enter")
    assert tab.check().heading == "Sudah benar pilihan Anda?"
    while tab.raw.evaluate("document.activeElement.innerText").strip() != "Masukkan ke kotak suara":
        keys.press("Tab")
    with tab.raw.expect_navigation():
        keys.press("Enter")
    assert tab.check().heading == "Suara Anda sudah masuk kotak"


def test_every_box_is_named_by_number_title_village_and_cost(page: Tab, voter: str) -> None:
    open_ballot(page, voter)
    group = page.raw.get_by_role("group", name="Usulan di surat suara")
    boxes = group.get_by_role("checkbox")
    assert boxes.count() == 15
    names = boxes.evaluate_all("all => all.map(one => one.labels[0].innerText.replace(/\\s+/g, ' '))")
    for name in names:
        assert re.fullmatch(r"P\d\d (Sumur bor|Rabat jalan|Lampu surya) dusun [A-E] (Makir|Kewar) Rp148 juta", name)
    assert page.raw.locator(".pick .face[aria-hidden=true], .pick img[alt='']").count() == 15
