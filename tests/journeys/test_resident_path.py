"""A resident's idea through the browser, without any script: written, answered in public, supported."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.queries import get_person
from app.db.transaction import transaction
from app.kernel.actor import Role
from tests import builders as b
from tests.journeys.ways_in import confirm_oneself, give_factors, open_desk, sign_in
from tests.pages import DESK, Tab

TITLE = "Jembatan gantung di Sungai Talau"
WHY = "Tulis di dusun mana jembatannya, lalu kirim lagi."


@pytest.fixture
def cards(live_app: Flask) -> dict[str, str]:
    """Belu with its cycle open, and the card numbers of staff and of a resident of another district."""
    with live_app.app_context(), transaction():
        b.make_world()
        people = {
            "moderator": b.make_staff(Role.MODERATOR, b.LAMAKNEN).person_id,
            "moderator of the regency": b.make_staff(Role.MODERATOR, b.BELU).person_id,
            "facilitator": b.make_staff(Role.FACILITATOR, b.MAKIR).person_id,
            "resident of Tohe": b.make_person(b.TOHE, name="Theresia Hoar").id,
        }
        cards = {who: get_person(person_id or 0).card_number for who, person_id in people.items()}
        give_factors([card for who, card in cards.items() if who.startswith("moderator")])
        return cards


@pytest.fixture
def as_(live_app: Flask, new_tab: Callable[..., Tab], cards: dict[str, str]) -> Callable[[str], Tab]:
    """Opens the tab of one of the cards, signed in; moderators sit at a desk, everybody else holds a phone."""

    def open_tab(who: str) -> Tab:
        at_desk = {"viewport": DESK} if who.startswith("moderator") else {}
        tab = sign_in(new_tab(java_script_enabled=False, **at_desk).goto("/masuk"), cards[who])
        return open_desk(tab, live_app, "/meja/") if at_desk else tab

    return open_tab


def register(tab: Tab) -> str:
    """Rosa of Makir opens an account; her card number."""
    tab.goto("/daftar?r=belu").fill("Nama Anda", "Rosa Bere").fill("Nomor HP", "0812 3456 7890")
    tab.fill("Kata sandi", b.PASSWORD).select("Desa atau kelurahan tempat tinggal", "Makir")
    tab.choose("Saya setuju data ini dipakai untuk musyawarah perencanaan, seperti di halaman privasi.").press("Daftar")
    return next(word for word in tab.words.replace(".", " ").split() if len(word) == 8 and word.isdigit())


def propose(tab: Tab, app: Flask) -> str:
    """Write a proposal, say who one is to be allowed to send it, and send it; its number."""
    tab.goto("/belu/usulan/baru?sekaligus=1").fill("Judul usulan", TITLE)
    tab.fill("Apa masalahnya?", "Anak sekolah menyeberang sungai setiap hari, juga saat banjir.")
    tab.fill("Apa yang diusulkan?", "Bangun jembatan gantung untuk pejalan kaki.")
    tab.fill("Berapa banyak?", "1").fill("Satuan", "unit").fill("Berapa orang yang terbantu?", "310")
    tab.choose("Misi 3: Jalan, air, lingkungan").press("Simpan dan periksa")
    assert "Draf ini tersimpan." in tab.words
    draft = tab.path
    confirm_oneself(tab, app, "5304 0157 0588 9001")
    tab.goto(draft).press("Kirim usulan")
    return tab.path.split("/")[3]


def test_an_idea_is_answered_in_public_supported_and_its_author_met(
    live_app: Flask, as_: Callable[[str], Tab], new_tab: Callable[..., Tab], cards: dict[str, str]
) -> None:
    rosa = new_tab(java_script_enabled=False)
    card = register(rosa)
    number = propose(rosa, live_app)
    page = f"/belu/usulan/{number}"

    # Nobody else knows of it until a moderator has answered.
    anyone = new_tab(java_script_enabled=False).goto(page, status=404)
    assert "Usulan ini belum terbit." in rosa.goto(page).words

    # The moderator finds it on the desk and sends it back, starting from a ready text.
    moderator = as_("moderator").goto("/meja/").follow(TITLE)
    moderator.follow("Kembalikan untuk diperbaiki").raw.get_by_text("Mulai dari teks siap pakai").click()
    moderator.follow("Tempatnya salah atau tidak jelas").fill("Alasan untuk umum", WHY)
    moderator.press("Kembalikan untuk diperbaiki")
    assert f"Usulan {number} dikembalikan kepada pengusulnya." in moderator.words
    assert "Semua usulan sudah dijawab" in moderator.words

    # Rosa reads the reason, mends the proposal and sends it again under the same number.
    rosa.goto(page).follow("Perbaiki usulan")
    assert WHY in rosa.words
    rosa.fill("Dusun atau tempat (boleh kosong)", "Fatubesi").press("Kirim perbaikan")
    assert number in rosa.words

    # Two moderators have it open; the second is told what the first has done.
    late = as_("moderator of the regency").goto(f"/meja/{number}").follow("Tolak")
    moderator.goto(f"/meja/{number}").press("Terbitkan").follow("Lihat usulan")
    assert moderator.path == page
    late.select("Jenis alasan", "Sama dengan usulan lain").fill("Alasan untuk umum", WHY).press("Tolak", status=409)
    assert "Jawaban Anda tidak disimpan" in late.words
    assert "Moderator menerbitkan usulan" in late.words

    # A resident of another district signs in to support it, comes back to it, and changes her mind twice.
    anyone.goto(page).follow("Masuk untuk mendukung")
    resident = sign_in(anyone, cards["resident of Tohe"])
    assert resident.path == page
    assert "Dukungan Anda tercatat." in resident.press("Dukung").words
    resident.press("Tarik dukungan")
    assert "Belum ada yang mendukung" in resident.words
    resident.press("Dukung")
    assert "1 warga mendukung" in rosa.goto(page).words

    # The facilitator meets Rosa, and a neighbour who has no phone and no NIK at hand.
    facilitator = as_("facilitator").goto("/damping/").fill("Nama atau nomor kartu", card).press("Cari")
    facilitator.goto(f"/damping/warga/{card}")
    assert "Nama Anda Rosa Bere. Anda tinggal di Makir, Kecamatan Lamaknen. Betul?" in facilitator.words
    meet(facilitator)
    assert "Rosa Bere sudah terverifikasi." in facilitator.words
    assert "Terverifikasi, suara Anda dihitung" in rosa.goto("/akun").words
    facilitator.goto("/damping/").follow("Daftarkan warga").fill("Nama warga", "Dominggus Mau")
    facilitator.select("Kalau NIK tidak ada (boleh kosong)", "KTP dan KK tidak dibawa, NIK tidak dihafal.")
    facilitator.choose("Laki-laki").choose("Dikenal langsung dan dikuatkan perangkat desa")
    facilitator.fill("Tahun lahir (boleh kosong)", "1961")
    facilitator.raw.get_by_label("Warga setuju datanya disimpan").check()
    facilitator.press("Daftarkan")
    assert "Dominggus Mau sudah terdaftar" in facilitator.words
    assert "Warga ini sudah diverifikasi." in facilitator.words


def test_a_word_without_an_end_breaks_and_no_page_grows_wider_than_the_screen(
    live_app: Flask, as_: Callable[[str], Tab], new_tab: Callable[..., Tab]
) -> None:
    rosa = new_tab(java_script_enabled=False)
    register(rosa)
    confirm_oneself(rosa, live_app, "5304 0157 0588 9001")
    rosa.goto("/belu/usulan/baru?sekaligus=1").fill("Judul usulan", "Air " + "w" * 110).fill("Satuan", "w" * 20)
    rosa.fill("Apa masalahnya?", "w" * 500).fill("Apa yang diusulkan?", "w" * 500)
    rosa.fill("Dusun atau tempat (boleh kosong)", "w" * 60).fill("Berapa banyak?", "1")
    rosa.fill("Berapa orang yang terbantu?", "310").choose("Misi 3: Jalan, air, lingkungan")
    number = rosa.press("Simpan dan periksa").press("Kirim usulan").path.split("/")[3]
    moderator = as_("moderator")
    moderator.raw.set_viewport_size({"width": 360, "height": 740})
    seen = [(rosa, "/akun"), (rosa, f"/belu/usulan/{number}"), (moderator, "/meja/"), (moderator, f"/meja/{number}")]
    for tab, path in seen:
        assert is_within_screen(tab.goto(path)), path
    moderator.press("Terbitkan")
    for path in (f"/belu/usulan/{number}", "/belu/usulan", "/belu/", f"/belu/desa/{b.MAKIR}"):
        assert is_within_screen(rosa.goto(path)), path


def is_within_screen(tab: Tab) -> bool:
    return bool(tab.raw.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def meet(tab: Tab) -> None:
    tab.choose("Melihat KTP").choose("Warga membenarkan nama dan tempat tinggalnya").press("Sudah bertemu: verifikasi")
