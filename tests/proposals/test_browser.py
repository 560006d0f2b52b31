"""Writing a proposal in a browser: one question a page without any script, and with the phone's own position."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.db.transaction import transaction
from app.proposals.queries import find_by_number
from tests import builders as b
from tests.client import cookie_of
from tests.files.pictures import photo
from tests.pages import DESK, PHONE, Tab
from tests.proposals import world as w

TITLE = "Rabat beton jalan ke Dusun Fatubesi"


@pytest.fixture
def people(live_app: Flask) -> dict[str, int]:
    """Belu with its catalog, an author, a neighbour whose road is public, and a moderator."""
    with live_app.app_context(), transaction():
        w.make_world()
        neighbour = b.make_person(name="Yoseph Mau")
        b.make_published(neighbour, title="Rabat beton jalan Dusun Fatubesi", entry_id=w.entry("K001").id, unit="meter")
        return {"author": b.make_person(name="Maria Bere").id, "neighbour": neighbour.id}


@pytest.fixture
def as_(new_tab: Callable[..., Tab], live_app: Flask, live_url: str, people: dict[str, int]) -> Callable[..., Tab]:
    """Opens a tab in which one of the people is signed in."""

    def open_tab(who: str, **options: Any) -> Tab:
        tab = new_tab(**options)
        with live_app.app_context(), transaction():
            person = b.get_person(people[who])
            tab.context.add_cookies([cookie_of(live_app, person, live_url)])
        return tab

    return open_tab


def say_what(tab: Tab, shown: str = "") -> None:
    """From the first question to the description of the work."""
    tab.goto("/belu/usulan/baru")
    tab.picture(f"start{shown}")
    tab.follow("Mulai")
    tab.picture(f"masalah{shown}")
    tab.fill("Apa masalahnya?", "Jalan dusun becek setiap hujan, motor dan anak sekolah sering jatuh.").press("Lanjut")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_proposal_is_written_without_a_script_one_question_a_page(
    as_: Callable[..., Tab], live_app: Flask, tmp_path: Path, size: dict[str, int]
) -> None:
    tab = as_("author", java_script_enabled=False, viewport=size)
    say_what(tab)

    # A tap on the village's picture sets the pin and stays; the hamlet that was typed is kept.
    tab.fill("Dusun atau tempat (boleh kosong)", "Fatubesi")
    with tab.raw.expect_navigation():
        tab.raw.locator("input[type=image]").click(position={"x": 109, "y": 133})
    tab.check()
    assert "Titik sudah ada" in tab.words
    assert tab.raw.get_by_label("Dusun atau tempat (boleh kosong)").input_value() == "Fatubesi"
    tab.picture("tempat")
    tab.press("Lanjut")

    tab.picture("pekerjaan")
    tab.raw.get_by_label("Rabat beton jalan lingkungan/dusun").check()
    tab.press("Lanjut")
    tab.fill("Apa yang diusulkan?", "Cor jalan dari gereja sampai mata air.").fill("Berapa banyak?", "300")
    tab.press("Hitung kira-kira biayanya")
    assert "Rp105 juta sampai Rp210 juta untuk 300 meter." in tab.words
    tab.picture("kebutuhan")
    tab.press("Lanjut")
    tab.picture("manfaat")
    tab.fill("Berapa orang yang terbantu?", "180").press("Lanjut")

    # A file that is no photo is told of, and the good one beside it stays.
    good, bad = tmp_path / "jalan.jpg", tmp_path / "surat.jpg"
    good.write_bytes(photo())
    bad.write_text("bukan foto")
    tab.raw.locator("input[type=file]").set_input_files([good, bad])
    tab.press("Lanjut", status=422)
    assert "Berkas ini bukan foto" in tab.words
    tab.picture("foto")
    tab.press("Lanjut")

    assert tab.raw.get_by_label("Judul usulan").input_value() == "Rabat beton jalan lingkungan/dusun di Fatubesi"
    tab.picture("judul")
    tab.fill("Judul usulan", TITLE).press("Lanjut")
    tab.picture("mirip")
    assert "Rabat beton jalan Dusun Fatubesi" in tab.words
    tab.press("Usulan saya berbeda")

    # Every answer has a way back, and what was not sent is found again.
    tab.picture("periksa")
    tab.follow("Ubah Terbantu").fill("Berapa orang yang terbantu?", "190").press("Lanjut")
    assert "190 orang" in tab.press("Usulan saya berbeda").words
    tab.goto("/belu/usulan/baru").follow("Periksa dan kirim").press("Kirim usulan")
    number = tab.path.split("/")[3]
    assert number in tab.words
    tab.picture("terkirim")
    tab.follow("Lihat usulan saya")
    assert tab.raw.get_by_role("img", name="Foto 1 dari 1").count() == 1
    tab.picture("usulan")
    with live_app.app_context():
        proposal = find_by_number(b.BELU, number)
        assert proposal is not None
        assert (proposal.volume, proposal.unit, proposal.beneficiaries) == (300, "meter", 190)
        assert (proposal.estimate, proposal.hamlet) == (160_000_000, "Fatubesi")


def test_the_phones_position_is_asked_for_when_its_button_is_pressed(as_: Callable[..., Tab]) -> None:
    here = {"latitude": w.HOME.latitude, "longitude": w.HOME.longitude}
    tab = as_("author", geolocation=here, permissions=["geolocation"])
    say_what(tab)
    assert "Titik sudah ada" not in tab.words
    with tab.raw.expect_navigation():
        tab.raw.get_by_role("button", name="Pakai posisi saya sekarang").click()
    tab.check()
    assert "Titik sudah ada" in tab.words
    assert "9,0413° LS, 125,1651° BT" in tab.words
    tab.picture("posisi")
    tab.press("Hapus titik")
    assert "Titik sudah ada" not in tab.words


def test_a_position_outside_the_regency_or_none_is_told(as_: Callable[..., Tab]) -> None:
    at_sea = {"latitude": w.AT_SEA.latitude, "longitude": w.AT_SEA.longitude}
    tab = as_("author", geolocation=at_sea, permissions=["geolocation"])
    say_what(tab)
    tab.fill("Dusun atau tempat (boleh kosong)", "Fatubesi")
    with tab.raw.expect_navigation():
        tab.raw.get_by_role("button", name="Pakai posisi saya sekarang").click()
    assert "Titik itu di luar kabupaten" in tab.check().words
    assert tab.raw.get_by_label("Dusun atau tempat (boleh kosong)").input_value() == "Fatubesi"
    refused = as_("author")
    say_what(refused)
    refused.raw.get_by_role("button", name="Pakai posisi saya sekarang").click()
    refused.raw.get_by_text("Posisi tidak ditemukan").wait_for()
    refused.fill("Dusun atau tempat (boleh kosong)", "Fatubesi").press("Lanjut")
    assert refused.path.endswith("/pekerjaan")


def test_all_questions_at_once_without_a_script_keep_what_was_typed(as_: Callable[..., Tab], tmp_path: Path) -> None:
    tab = as_("author", java_script_enabled=False, viewport={"width": 320, "height": 640})
    tab.goto("/belu/usulan/baru").follow("Isi semuanya di satu halaman")
    tab.fill("Judul usulan", TITLE).fill("Apa masalahnya?", "Jalan dusun becek setiap hujan.")
    tab.fill("Apa yang diusulkan?", "Cor jalan dari gereja sampai mata air.").fill("Berapa banyak?", "300")
    tab.fill("Satuan", "meter").fill("Berapa orang yang terbantu?", "180")
    tab.raw.get_by_label("Misi 3").check()

    # After a tap the page stands at the map again, and nothing typed is lost.
    with tab.raw.expect_navigation():
        tab.raw.locator("input[type=image]").click(position={"x": 109, "y": 133})
    tab.check()
    assert tab.raw.url.endswith("#peta")
    assert "Titik sudah ada" in tab.words
    assert tab.raw.get_by_label("Judul usulan").input_value() == TITLE

    good, bad = tmp_path / "jalan.jpg", tmp_path / "surat.jpg"
    good.write_bytes(photo(size=(800, 600)))
    bad.write_text("bukan foto")
    tab.raw.locator("input[type=file]").set_input_files([good, bad])
    tab.press("Simpan dan periksa", status=422)
    assert "Berkas ini bukan foto" in tab.words
    assert tab.raw.get_by_label("Judul usulan").input_value() == TITLE
    assert tab.raw.get_by_label("Misi 3").is_checked()
    assert "Titik sudah ada" in tab.words
    tab.picture("sekaligus")
    tab.press("Simpan dan periksa").press("Usulan saya berbeda").press("Kirim usulan").follow("Lihat usulan saya")
    shape = tab.raw.get_by_role("img", name="Foto 1 dari 1").bounding_box()
    assert shape is not None
    assert round(shape["width"] / shape["height"], 1) == round(800 / 600, 1)  # narrower, in its own shape
