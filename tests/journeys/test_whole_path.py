"""The whole path through the browser: from a resident's idea to the innovation pipeline."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import FilePayload

from app.accounts.queries import get_person
from app.db.session import session
from app.db.transaction import transaction
from app.kernel.actor import Role
from app.plans.models import Agency, Pillar
from app.voting.queries import get_contest
from tests import builders as b
from tests.journeys.ways_in import confirm_oneself, give_factors, open_desk, sign_in
from tests.pages import Tab

WATER = "Pipa air bersih dari mata air Weluli"
QUEUE = "Nomor antre posyandu lewat pesan singkat"
DANCE = "Perlengkapan tari Likurai untuk sanggar desa"
DESKS = {"moderator": "/meja/", "planner": "/pipa/belu/"}
RIGHT = "Ya, dan dapat dibuktikan dengan catatan kader posyandu."


class Clock:
    """The clock of a test: stands still until it is moved."""

    def __init__(self) -> None:
        self.at = b.NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(live_app: Flask) -> Clock:
    live_app.config["CLOCK"] = clock = Clock()
    return clock


@pytest.fixture
def staff(live_app: Flask) -> dict[str, str]:
    """Belu with its cycle, an agency, and the card numbers of its staff."""
    with live_app.app_context(), transaction():
        b.make_world()
        session.add(Agency(regency_code=b.BELU, name="Dinas Pekerjaan Umum", short_name="PUPR", needs_check=False))
        session.add(Pillar(regency_code=None, number=1, name="Kesehatan"))
        roles = {"moderator": (Role.MODERATOR, b.LAMAKNEN), "facilitator": (Role.FACILITATOR, b.MAKIR)}
        roles |= {"planner": (Role.PLANNER, b.BELU)}
        cards = {name: _card(b.make_staff(role, scope).person_id) for name, (role, scope) in roles.items()}
        give_factors(list(cards.values()))
        return cards


def _card(person_id: int | None) -> str:
    return get_person(person_id or 0).card_number


@pytest.fixture
def as_(live_app: Flask, new_tab: Callable[..., Tab], staff: dict[str, str], clock: Clock) -> Callable[[str], Tab]:
    """The tab of a person, signed in: `as_("moderator")`, or by card number."""
    tabs: dict[str, Tab] = {}
    signed_in: dict[str, datetime] = {}

    def tab(who: str) -> Tab:
        tabs[who] = tabs.get(who) or new_tab()
        if signed_in.get(who) != clock.at:  # sessions do not outlast the jumps of the clock
            signed_in[who] = clock.at
            sign_in(tabs[who].goto("/masuk"), staff.get(who, who))
            if who in DESKS:
                open_desk(tabs[who], live_app, DESKS[who])
        return tabs[who]

    return tab


def register(tab: Tab, name: str, phone: str) -> str:
    """A resident of Makir registers; their card number."""
    tab.goto("/daftar?r=belu").fill("Nama Anda", name).fill("Nomor HP", phone).fill("Kata sandi", b.PASSWORD)
    tab.select("Desa atau kelurahan tempat tinggal", "Makir")
    tab.choose("Saya setuju data ini dipakai untuk musyawarah perencanaan, seperti di halaman privasi.")
    tab.press("Daftar")
    return next(word for word in tab.words.replace(".", " ").split() if len(word) == 8 and word.isdigit())


def propose(tab: Tab, title: str, estimate: str, *misi: str) -> str:
    """Write, check and send a proposal; its number."""
    tab.goto("/belu/usulan").follow("Tulis usulan").follow("Isi semuanya di satu halaman")
    tab.fill("Judul usulan", title).fill("Apa masalahnya?", "Ibu dan anak menunggu lama setiap bulan di desa kami.")
    tab.fill("Apa yang diusulkan?", "Kader memberi nomor antre, warga datang menurut giliran.")
    tab.fill("Berapa banyak?", "1").fill("Satuan", "paket").fill("Berapa orang yang terbantu?", "240")
    tab.fill("Kira-kira biaya (rupiah) (boleh kosong)", estimate)
    for label in misi:
        tab.choose(label)
    tab.press("Simpan dan periksa")
    assert title in tab.words
    tab.press("Kirim usulan")
    assert tab.heading == "Usulan Anda sudah kami terima"
    return tab.path.split("/")[3]


def answer_five_questions(planner: Tab, number: str, *, all_yes: bool) -> None:
    planner.goto(f"/pipa/belu/usulan/{number}/putuskan")
    for place, group in enumerate(planner.raw.locator("main fieldset").all()):
        group.get_by_label("Ya" if all_yes or place else "Tidak", exact=True).check()
    for sentence in planner.raw.get_by_label("Mengapa? Satu kalimat untuk umum").all():
        sentence.fill(RIGHT)
    if all_yes:
        planner.fill("Nama inovasi", "ANTRE SEHAT").select("Pilar (boleh kosong)", "Kesehatan")
    else:
        planner.select("Diteruskan kepada (boleh kosong)", "Dinas Pekerjaan Umum")
        planner.fill("Alasan dan langkah berikutnya", "Pekerjaan biasa, masuk rencana kerja dinas tahun depan.")
    planner.press("Simpan keputusan")


def enter_keys(planner: Tab) -> None:
    """The three witnesses with their key, as their program has told it."""
    planner.follow("Isi saksi dan kunci").fill("Kunci umum", b.BOX_KEYS.box_key)
    for number, witness in enumerate(b.BOX_KEYS.witnesses, 1):
        planner.fill(f"Nama saksi {number}", witness.name).fill(f"Lembaga saksi {number}", witness.institution)
        planner.fill(f"Sidik bagian {number}", witness.share_sha256)
    planner.press("Simpan kunci dan saksi")


def bring_ballots(planner: Tab, app: Flask, contest: int) -> None:
    """Two witnesses open the box with their program, and each brings what they found."""
    with app.app_context():
        found = b.open_box(get_contest(b.BELU, contest))
    file = FilePayload(name="suara.pb", mimeType="text/plain", buffer=found)
    for number, witness in enumerate(b.BOX_KEYS.witnesses[:2], 1):
        planner.choose(f"{witness.name}, {witness.institution}")
        planner.raw.get_by_label("Berkas suara.pb").set_input_files(file)
        planner.press("Unggah suara.pb")
        assert ("Dicatat" if number == 1 else "sudah dihitung") in planner.words


def pass_next(planner: Tab) -> None:
    """Pass the gate to the first stage that is offered."""
    planner.raw.locator("main input[name=step]").first.check()
    planner.raw.locator("main textarea[name=reason]").fill(RIGHT)
    planner.press("Simpan keputusan")


def test_an_idea_becomes_an_innovation_and_another_winner_ordinary_work(
    live_app: Flask, as_: Callable[[str], Tab], new_tab: Callable[..., Tab], clock: Clock
) -> None:
    # A resident registers, says who she is, and writes three proposals, each linked to misi of the own regency.
    resident = new_tab()
    card = register(resident, "Rosa Bere", "0812 3456 7890")
    confirm_oneself(resident, live_app, "5304 0157 0588 9001")
    health, roads = "Misi 1: Orang sehat, pintar, terlindungi", "Misi 3: Jalan, air, lingkungan"
    numbers = [
        propose(resident, QUEUE, "40.000.000", health, roads),
        propose(resident, WATER, "148.000.000", roads),
        propose(resident, DANCE, "90.000.000", health),
    ]
    assert numbers == ["BLU-28-00001", "BLU-28-00002", "BLU-28-00003"]

    # The moderator of the district returns one with a public reason, its author mends it; all are published.
    moderator, reason = as_("moderator"), "Sebutkan sanggar mana yang memakai."
    moderator.goto(f"/meja/{numbers[2]}").follow("Kembalikan untuk diperbaiki")
    moderator.select("Jenis alasan", "Keterangan kurang").fill("Alasan untuk umum", reason)
    moderator.press("Kembalikan untuk diperbaiki")
    resident.goto(f"/belu/usulan/{numbers[2]}").follow("Perbaiki usulan")
    assert reason in resident.words
    resident.fill("Dusun atau tempat (boleh kosong)", "Sanggar Fatubesi").press("Kirim perbaikan")
    for number in numbers:
        moderator.goto("/meja/")
        moderator.goto(f"/meja/{number}").press("Terbitkan")

    # Anyone reads them; residents support, once each.
    anyone = new_tab()
    anyone.goto("/belu/usulan").follow(WATER)
    assert "Moderator menerbitkan usulan" in anyone.words
    for number in numbers:
        resident.goto(f"/belu/usulan/{number}").press("Dukung")
    assert "1" in anyone.goto(f"/belu/usulan/{numbers[0]}").words

    # Unverified, a resident cannot vote; the facilitator meets and attests them.
    facilitator = as_("facilitator")
    facilitator.goto("/damping/").goto(f"/damping/warga/{card}")
    facilitator.choose("Melihat KTP")
    facilitator.raw.locator("input[name=is_confirmed]").check()
    facilitator.press("Sudah bertemu: verifikasi")

    # The planner opens a contest for the district under a ceiling that two of the three fit.
    planner = as_("planner")
    planner.goto("/pipa/belu/pemilihan/baru").select("Wilayah pemilihan", "Kecamatan Lamaknen").press("Lanjut")
    planner.fill("Pagu", "190000000")
    for box in planner.raw.locator("input[type=checkbox]").all():
        box.check()
    planner.press("Simpan dan periksa")
    enter_keys(planner)
    planner.press("Buka pemilihan")
    assert "Pemilihan dibuka" in planner.words

    # Verified residents vote for up to three; a second vote is refused.
    contest = planner.path.rsplit("/", 1)[1]
    resident.goto(f"/belu/pilih/{contest}")
    for title in (QUEUE, WATER):
        resident.raw.locator("label.opt", has_text=title).locator("input").check()
    resident.press("Periksa pilihan")
    assert QUEUE in resident.words
    assert DANCE not in resident.words
    resident.press("Masukkan ke kotak suara")
    assert resident.heading == "Suara Anda sudah masuk kotak"
    assert QUEUE not in resident.words
    assert "sudah" in resident.goto(f"/belu/pilih/{contest}").words

    # After the announced end the planner closes, two witnesses open the box, the planner certifies what they found.
    clock.at += timedelta(days=11)
    planner = as_("planner")
    planner.goto(f"/pipa/belu/pemilihan/{contest}").press("Tutup pemilihan").follow("Buka kotak suara")
    bring_ballots(planner, live_app, int(contest))
    assert "keberatan" in anyone.goto(f"/belu/hasil/{contest}").words

    # Three days for objections, and only then is the result certified.
    clock.at += timedelta(days=4)
    planner = as_("planner")
    planner.goto(f"/pipa/belu/pemilihan/{contest}").press("Tetapkan hasil")
    anyone.goto(f"/belu/hasil/{contest}")
    assert "Terpilih" in anyone.words
    for number, status in zip(numbers, ("Terpilih", "Terpilih", "Ditunda ke tahun berikut"), strict=True):
        assert status in anyone.goto(f"/belu/usulan/{number}").words

    # The five questions: one winner becomes an innovation, the other ordinary work of an agency.
    answer_five_questions(planner, numbers[0], all_yes=True)
    answer_five_questions(planner, numbers[1], all_yes=False)
    assert "Diteruskan ke dinas" in anyone.goto(f"/belu/usulan/{numbers[1]}").words
    assert "Masuk jalur inovasi" in anyone.goto(f"/belu/usulan/{numbers[0]}").words

    # The innovation stands on the public board with origin, pillar, misi and stage, and moves when its gate is met.
    anyone.goto("/belu/inovasi")
    for text in ("ANTRE SEHAT", numbers[0], "Kesehatan"):
        assert text in anyone.words
    anyone.follow("ANTRE SEHAT")
    innovation = anyone.path.rsplit("/", 1)[1]
    assert "Gagasan" in anyone.words
    planner.goto(f"/pipa/belu/inovasi/{innovation}")
    pass_next(planner)
    assert "Kurasi" in anyone.goto(f"/belu/inovasi/{innovation}").words
    planner.goto(f"/pipa/belu/inovasi/{innovation}")
    assert "Syarat ke tahap: Proposal lengkap" in planner.words
    assert planner.raw.locator("main input[name=step][value=proposal]").count() == 0  # its gate is not met yet

    # Every step stands on the proposal's public timeline.
    words = anyone.goto(f"/belu/usulan/{numbers[0]}").words
    steps = (
        "Pengusul mengirim usulan",
        "Moderator menerbitkan usulan",
        "Masuk daftar pemilihan",
        "Terpilih oleh warga",
        "Diangkat ke jalur inovasi",
    )
    places = [words.index(step) for step in steps]
    assert places == sorted(places, reverse=True), "the newest step stands first"
