"""The first pages as visitors meet them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import brotli
import pytest
from flask import Flask
from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.cycles import actions as cycles
from app.cycles.queries import cycles_of
from app.cycles.rules import PhaseKind
from app.home.queries import figures
from app.innovations.models import Innovation, InnovationMisi
from app.innovations.rules.stages import Origin, Stage
from app.kernel.actor import CONSOLE, Actor, Grant, Role
from app.plans.actions import import_plans
from app.plans.models import Misi
from app.regions.actions import import_regions
from app.regions.models import RegencyProfile
from tests import builders as b
from tests.client import Visitor
from tests.pages import DESK, PHONE, Tab
from tests.plans.test_actions import SHIPPED as PLANS
from tests.regions.test_actions import SHIPPED as REGIONS

Queries = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def real(session: Session) -> None:
    """The shipped regions and plans, and Belu in the middle of gathering."""
    import_regions(CONSOLE, REGIONS, b.NOW)
    import_plans(CONSOLE, PLANS, b.NOW)
    cycle = b.make_cycle(kinds=(PhaseKind.GATHERING,))
    planner = Actor(grants=(Grant(Role.PLANNER, b.BELU),))
    cycles.set_ceilings(planner, cycle, {b.LAMAKNEN: 2_400_000_000, b.RAIHAT: 1_600_000_000}, b.NOW)


def make_innovation(session: Session, regency: str, name: str, misi: Misi | None = None) -> Innovation:
    """An innovation as an imported file would give it."""
    made = Innovation(
        number=f"INV-{name}", regency_code=regency, name=name, expansion="", summary="", stage=Stage.ADOPTED,
        stage_since=b.NOW, origin=Origin.REGISTERED, initiator="Masyarakat", source="Sumber", registered_at=b.NOW,
    )  # fmt: skip
    session.add(made)
    session.flush()
    if misi:
        session.add(InnovationMisi(innovation_id=made.id, misi_id=misi.id))
    return made


def main(html: str) -> str:
    """The words of the main part."""
    inside = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


@pytest.mark.usefixtures("real")
def test_a_visitor_chooses_the_regency(client: Visitor) -> None:
    page = main(client.get("/").text)
    assert "Kabupaten Belu 12 kecamatan, 81 desa dan kelurahan Tahap pengusulan · 10 hari lagi" in page
    assert "Kabupaten Belitung Timur 7 kecamatan, 39 desa dan kelurahan Tidak ada tahap yang dibuka" in page


def test_with_one_regency_there_is_nothing_to_choose(client: Visitor, session: Session) -> None:
    b.make_regions()
    session.execute(delete(RegencyProfile).where(RegencyProfile.code == b.BELTIM))
    assert client.get("/").location == "/belu/"


def test_before_any_import_the_page_says_what_to_do(client: Visitor) -> None:
    assert "flask regions import" in client.get("/").text


@pytest.mark.usefixtures("real")
def test_the_home_tells_phase_steps_figures_and_the_newest(client: Visitor) -> None:
    b.make_published(title="Pipa air ke Dusun Fatubesi")
    b.make_proposal(b.make_person(b.TOHE), title="Usulan yang masih diperiksa")
    page = client.get("/belu/").text
    assert "Apa yang paling dibutuhkan desa Anda?" in page
    assert 'href="/belu/usulan/baru"' in page
    words = main(page)
    assert "Tahap pengusulan · 10 hari lagi" in words
    assert "Warga mengusulkan , sekarang sampai Selasa, 1 Desember 2026, 12.00 WITA" in words
    assert "desa dan kelurahan sudah mengusulkan 2 dari 81" in words
    assert "pagu: batas biaya tahun 2028 Rp4 miliar" in words
    assert "usulan sudah dijawab 1 dari 2" in words
    assert "Pipa air ke Dusun Fatubesi" in words
    assert "Usulan yang masih diperiksa" not in words


@pytest.mark.usefixtures("real")
def test_the_home_leads_to_the_service_the_ranking_and_the_catalog(client: Visitor) -> None:
    page = client.get("/belu/").text
    for address in ("/belu/layanan", "/belu/peringkat", "/belu/kamus"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_an_open_contest_is_the_main_action_of_those_who_vote_in_it(client: Visitor, session: Session) -> None:
    b.make_world()
    contest = b.make_contest()
    page = client.get("/belu/").text
    assert "Apa yang paling dibutuhkan desa Anda?" in page
    assert f'href="/belu/pilih/{contest.id}"' in page
    page = client.sign_in(b.make_person(b.MAKIR)).get("/belu/").text
    assert "Mana yang dikerjakan lebih dulu?" in page
    assert "Pilih sekarang" in page
    assert f'href="/belu/pilih/{contest.id}"' in page


@pytest.mark.parametrize(
    ("kind", "headline"),
    [
        (PhaseKind.REVIEW, "Usulan warga sedang diperiksa"),
        (PhaseKind.RESULTS, "Inilah pilihan warga"),
        (PhaseKind.DELIVERY, "Dari usulan menjadi pekerjaan"),
    ],
)
def test_every_phase_has_its_headline(client: Visitor, session: Session, kind: PhaseKind, headline: str) -> None:
    b.make_regions()
    b.make_misi()
    b.make_cycle(kinds=(kind,))
    assert headline in client.get("/belu/").text


def test_between_the_phases_the_home_says_so(
    client: Visitor, app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    b.make_world()
    monkeypatch.setitem(app.config, "CLOCK", lambda: b.NOW + timedelta(days=30))
    assert "Setiap usulan dijawab di muka umum" in main(client.get("/belu/").text)


def test_a_regency_without_a_cycle_says_so(client: Visitor, session: Session) -> None:
    b.make_regions()
    b.make_misi()
    assert "Tahun perencanaan belum dibuka" in client.get("/belu/").text


@pytest.mark.usefixtures("real")
def test_a_regency_without_misi_says_that_proposals_wait(client: Visitor) -> None:
    home = client.get("/belitung-timur/").text
    assert "Usulan dibuka setelah misi kabupaten dimasukkan" in home
    assert 'href="/belitung-timur/inovasi"' in home
    misi = main(client.get("/belitung-timur/misi").text)
    assert "Misi Kabupaten Belitung Timur belum dimasukkan" in misi
    assert "188 inovasi yang berkembang secara organik" in misi
    assert "Ketahanan Pangan 0 inovasi · prioritas nasional: Pangan" in misi


@pytest.mark.usefixtures("real")
def test_vision_values_and_misi_stand_word_for_word(client: Visitor, session: Session) -> None:
    b.make_published(title="Pipa air ke Dusun Fatubesi")
    make_innovation(session, b.BELU, "AIR BERSIH", session.query(Misi).filter_by(regency_code=b.BELU, number=3).one())
    page = main(client.get("/belu/misi").text)
    assert "Belu yang Berkualitas, Mandiri, Harmonis, Demokratis dan Berbudaya" in page
    assert "Memiliki sumber daya manusia, pelayanan publik, infrastruktur" in page
    assert "Mewujudkan pembangunan infrastruktur dan lingkungan berbasis tata ruang 1 usulan · 1 inovasi" in page
    assert "2025 sampai 2029" in page
    one = main(client.get("/belu/misi/3").text)
    assert "Pipa air ke Dusun Fatubesi" in one
    assert "AIR BERSIH" in one
    assert "Pipa air" not in main(client.get("/belu/misi/2").text)
    assert client.get("/belu/misi/6").status_code == 404


@pytest.mark.usefixtures("real")
def test_nothing_of_one_regency_shows_under_the_other(client: Visitor, session: Session) -> None:
    b.make_published(title="Pipa air ke Dusun Fatubesi")
    make_innovation(session, b.BELU, "TENUN BELU")
    for path in ("/belitung-timur/", "/belitung-timur/misi", "/belitung-timur/peta"):
        page = client.get(path).text
        for word in ("Belu<", "Kabupaten Belu", "BLU-", "Fatubesi", "Lamaknen", "Berkualitas", "TENUN", "/belu/"):
            assert word not in page, (path, word)
    for path in ("/belu/", "/belu/misi", "/belu/peta", f"/belu/desa/{b.MAKIR}"):
        page = client.get(path).text
        for word in ("Belitung", "Manggar", "Ketahanan Pangan", "188 inovasi"):
            assert word not in page, (path, word)
    assert client.get(f"/belitung-timur/desa/{b.MAKIR}").status_code == 404
    assert client.get("/belitung-timur/misi/1").status_code == 404
    assert client.get("/belu/desa/19.06.01.2001").status_code == 404


@pytest.mark.usefixtures("real")
def test_a_village_shows_its_place_and_its_proposals(client: Visitor) -> None:
    b.make_published(title="Pipa air ke Dusun Fatubesi")
    b.make_published(b.make_person(b.KEWAR), title="Jalan tani di Kewar")
    page = client.get(f"/belu/desa/{b.MAKIR}").text
    assert "Desa Makir" in page
    assert page.count("<path") == 9
    assert page.count('fill-opacity="1"') == 1
    assert "Pipa air ke Dusun Fatubesi" in page
    assert "Jalan tani" not in page
    assert "Kelurahan Fatubenao" in client.get("/belu/desa/53.04.12.1010").text
    assert client.get("/belu/desa/53.04.01").status_code == 404


@pytest.mark.usefixtures("real")
def test_the_map_and_its_list_lead_to_the_same_villages(client: Visitor) -> None:
    b.make_published()
    page = client.get("/belu/peta").text
    drawn, _figure, listed = page.partition("</figure>")
    in_map, in_list = (set(re.findall(r'href="desa/([\d.]+)"', part)) for part in (drawn, listed))
    assert in_map == in_list
    assert len(in_map) == 81
    assert "Makir 1 usulan" in main(page)


def test_a_village_without_a_boundary_has_a_page(client: Visitor, session: Session) -> None:
    b.make_world()
    page = client.get(f"/belu/desa/{b.MAKIR}").text
    assert "<path" not in page
    assert "Belum ada usulan dari Desa Makir" in page


@pytest.mark.parametrize("typed", ["BLU-28-00001", "blu 28 1"])
def test_a_public_proposal_is_found_by_its_number(client: Visitor, session: Session, typed: str) -> None:
    b.make_world()
    b.make_published()
    assert client.get("/lacak", query_string={"nomor": typed}).location == "/belu/usulan/BLU-28-00001"


def test_of_a_proposal_in_review_only_the_state_is_told(client: Visitor, session: Session) -> None:
    b.make_world()
    author = b.make_person()
    b.make_proposal(author, title="Judul yang belum terbit")
    page = main(client.get("/lacak?nomor=BLU-28-00001").text)
    assert "BLU-28-00001: Terkirim, sedang diperiksa" in page
    assert "Batas jawaban: 28 November 2026" in page
    assert "Judul" not in page
    assert client.sign_in(author).get("/lacak?nomor=BLU-28-00001").location == "/belu/usulan/BLU-28-00001"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("BLU-28-09999", "Tidak ada usulan bernomor BLU-28-09999"),
        ("ZZZ-28-00001", "Tidak ada usulan bernomor ZZZ-28-00001"),
        ("empat puluh dua", "Ini bukan nomor usulan"),
        ("", "wajib diisi"),
    ],
)
def test_an_unknown_number_is_told_and_kept(client: Visitor, session: Session, typed: str, message: str) -> None:
    b.make_world()
    answer = client.get("/lacak", query_string={"nomor": typed})
    assert answer.status_code == 422
    assert message in answer.text
    assert f'value="{typed}"' in answer.text


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/bantuan", "Menang dalam pemilihan"),
        ("/privasi", "Undang-Undang Nomor 27 Tahun 2022"),
        ("/aksesibilitas", "WCAG 2.2"),
        ("/lacak", "Sampai di mana usulan Anda?"),
        ("/_ui", "Ada yang perlu diperbaiki"),
    ],
)
def test_the_pages_of_the_installation_stand_without_any_regency(client: Visitor, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert words in answer.text


def test_the_component_page_is_for_developers(client: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", type("Production", (), {"shows_components": False})())
    assert client.get("/_ui").status_code == 404


def test_machines_learn_that_the_site_is_alive_and_ready(client: Visitor, session: Session) -> None:
    assert client.get("/health/live").json == {"status": "ok"}
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json) == (200, {"status": "ok", "database": True, "migrations": True})
    assert ready.headers["Cache-Control"] == "no-store"
    session.execute(text("UPDATE alembic_version SET version_num = 'yesterday'"))
    behind = client.get("/health/ready")
    assert (behind.status_code, behind.json) == (
        503,
        {"status": "not ready", "database": True, "migrations": False},
    )
    assert "Disallow: /meja/" in client.get("/robots.txt").text


def test_a_live_site_needs_no_database(client: Visitor, queries: Queries) -> None:
    with queries() as sent:
        client.get("/health/live")
    assert sent == []


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("path", "kilobytes"),
    [
        ("/", 4),
        ("/belu/", 4),
        ("/belitung-timur/", 4),
        ("/belu/misi", 4),
        ("/belitung-timur/misi", 4),
        ("/belu/misi/3", 4),
        (f"/belu/desa/{b.MAKIR}", 4),
        ("/belu/peta", 12),
        ("/belitung-timur/peta", 12),
        ("/lacak", 4),
        ("/bantuan", 4),
        ("/privasi", 4),
        ("/aksesibilitas", 4),
    ],
)
def test_pages_are_light_and_ask_the_database_little(
    client: Visitor, session: Session, queries: Queries, path: str, kilobytes: int
) -> None:
    author = b.make_person()
    for number in range(6):
        b.make_published(author, title=f"Pipa air ke dusun nomor {number}")
    client.sign_in(session.get_one(Person, author.id))
    with queries() as sent:
        answer = client.get(path)
    assert len(sent) <= 8, sent
    assert len(brotli.compress(answer.data, quality=5)) <= kilobytes * 1024


def test_a_visitor_looks_around_on_phone_and_desk_without_scripts(live_app: Flask, new_tab: Callable[..., Tab]) -> None:
    for command in ("regions", "plans"):
        assert live_app.test_cli_runner().invoke(args=[command, "import"]).exit_code == 0
    for viewport in (PHONE, DESK):
        tab = new_tab(viewport=viewport, java_script_enabled=False)
        tab.goto("/").picture("choose")
        tab.follow("Buka Kabupaten Belitung Timur").picture("home-without-misi")
        tab.goto("/").follow("Buka Kabupaten Belu").follow("Peta desa").picture("map")
        tab.locator("summary", has_text="Lamaknen Selatan").click()
        tab.follow("Loonuna").picture("village")
        assert (tab.path, tab.heading) == ("/belu/desa/53.04.18.2002", "Desa Loonuna")
        tab.follow("Misi").picture("misi")
        tab.goto("/lacak").fill("Nomor usulan", "blu 28 7").press("Periksa", 422).picture("track")
        assert tab.get_by_label("Nomor usulan").input_value() == "blu 28 7"
        for path in ("/bantuan", "/privasi", "/aksesibilitas"):
            tab.goto(path).picture(path[1:])


@pytest.mark.usefixtures("real")
def test_the_sum_of_ceilings_is_a_whole_number_on_every_engine() -> None:
    cycle = cycles_of(b.BELU)[0]
    total = figures(b.BELU, cycle.id).ceilings
    assert (total, type(total)) == (4_000_000_000, int)
