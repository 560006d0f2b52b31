"""The rest of the desk's pages, and what everybody sees of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.cycles.rules import PhaseKind
from app.db.transaction import transaction
from app.discussion.actions import write_comment
from app.discussion.rules.comments import Stance, Words
from app.kernel.actor import Actor, AgencyFacts, Role
from app.moderation import actions, queries
from app.moderation.rules import Decision, Verdict, state_mark
from app.moderation.rules.reports import Wrong
from app.moderation.rules.scoring import DEFAULT
from app.moderation.rules.verdicts import Level, LevelVerdict, Outcome
from app.proposals.models import Proposal
from app.proposals.queries import timeline_of
from app.proposals.rules import Event, ReasonCode, Status
from tests import builders as b
from tests.client import Visitor, cookie_of
from tests.pages import DESK, Tab

WHY = "Keduanya meminta pipa dari mata air yang sama."
POINTS = {one.code: "4" for one in DEFAULT if not one.is_automatic}
DAY = timedelta(days=1)
KEY = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


@pytest.fixture
def moderator(session: Session, client: Visitor) -> Actor:
    """A moderator of Lamaknen, signed in."""
    b.make_world()
    return be(client, b.make_staff(Role.MODERATOR, b.LAMAKNEN))


def be(client: Visitor, actor: Actor) -> Actor:
    client.sign_in(b.person_of(actor))
    return actor


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def mark(proposal: Proposal) -> str:
    return f"{proposal.number}@{state_mark(proposal.status, proposal.held_since)}"


def press(client: Visitor, page: str, address: str, fields: dict[str, Any]) -> Any:
    """Send a form of a page that has several."""
    return client.post(address, data={"csrf_token": token(client.get(page).text)} | fields)


# The queue


@pytest.mark.usefixtures("moderator")
def test_the_chosen_are_published_at_once_and_taken_back_by_one_button(client: Visitor) -> None:
    chosen = [b.make_proposal() for _each in range(3)]
    fields = {"pilih": [mark(one) for one in chosen], "aksi": "terbitkan"}
    assert press(client, "/meja/", "/meja/sekaligus", fields).status_code == 303
    page = client.get("/meja/").text
    assert "3 usulan sudah dijawab." in page
    assert "Batalkan semuanya" in page
    undo = re.search(r'action="(/meja/batal/\d+)"', page)
    assert undo
    press(client, "/meja/", undo[1], {})
    page = client.get("/meja/").text
    assert "3 usulan menunggu jawaban lagi." in page
    assert "Batalkan semuanya" not in page
    assert {one.status for one in chosen} == {Status.SUBMITTED}


@pytest.mark.usefixtures("moderator")
def test_a_no_for_many_asks_for_the_reason_first(client: Visitor) -> None:
    chosen = [b.make_proposal() for _each in range(2)]
    fields: dict[str, Any] = {"pilih": [mark(one) for one in chosen], "aksi": "tolak"}
    asked = press(client, "/meja/", "/meja/sekaligus", fields)
    assert asked.status_code == 200
    assert "2 usulan mendapat jawaban dan alasan yang sama." in asked.text
    again = client.post("/meja/sekaligus", data=fields | {"csrf_token": token(asked.text), "code": "", "reason": "x"})
    assert again.status_code == 422
    assert "Isian ini wajib diisi." in again.text
    more = {"csrf_token": token(asked.text), "code": "already_built", "reason": "Sudah dibangun tahun lalu."}
    client.post("/meja/sekaligus", data=fields | more)
    assert {one.status for one in chosen} == {Status.REJECTED}


@pytest.mark.usefixtures("moderator")
def test_all_of_a_page_are_ticked_without_a_script(client: Visitor) -> None:
    waiting = [b.make_proposal() for _each in range(3)]
    assert " checked" not in client.get("/meja/").text
    assert client.get("/meja/?centang=semua").text.count(" checked>") == len(waiting)


def test_arrow_keys_walk_through_the_rows(live_app: Flask, new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(viewport=DESK)
    with live_app.app_context(), transaction():
        b.make_world()
        first, second = b.make_proposal(now=b.NOW - DAY), b.make_proposal()
        numbers = [first.number, second.number]
        person = b.person_of(b.make_staff(Role.MODERATOR, b.BELU))
        tab.context.add_cookies([cookie_of(live_app, person, tab.base_url)])
    tab.goto("/meja/")
    boxes = [tab.get_by_label(f"Pilih {number}") for number in numbers]
    boxes[0].focus()
    for key in ("Space", "ArrowDown", "Space", "ArrowDown", "ArrowUp", "Space"):
        tab.keyboard.press(key)
    assert [box.is_checked() for box in boxes] == [False, True]


@pytest.mark.usefixtures("moderator")
def test_without_a_choice_nothing_happens(client: Visitor) -> None:
    b.make_proposal()
    press(client, "/meja/", "/meja/sekaligus", {"aksi": "terbitkan"})
    assert "Belum ada usulan yang dipilih." in client.get("/meja/").text
    assert press(client, "/meja/", "/meja/sekaligus", {"aksi": "lain"}).status_code == 400


def test_taking_in_hand_from_the_queue_and_the_page(client: Visitor, moderator: Actor) -> None:
    first, second = b.make_proposal(), b.make_proposal(title="Jembatan kecil di Fatubesi")
    press(client, "/meja/", "/meja/sekaligus", {"aksi": "ambil", "pilih": [mark(first)]})
    page = client.get("/meja/?pegang=saya").text
    assert first.title in page
    assert second.title not in page
    colleague = b.make_staff(Role.MODERATOR, b.BELU)
    address = f"/meja/{first.number}"
    press(client, address, f"{address}/tugas", {"aksi": "serah", "kepada": str(colleague.person_id)})
    assert "Moderator 53.04 memegang usulan ini." in client.get(address).text
    press(client, address, f"{address}/tugas", {"aksi": "lepas"})
    assert "Usulan ini tidak sedang Anda pegang." in client.get(address).text
    press(client, address, f"{address}/tugas", {"aksi": "serah", "kepada": str(b.make_person().id)})
    assert "Rekan ini tidak dapat memutuskan usulan ini." in client.get(address).text


@pytest.mark.usefixtures("moderator")
def test_after_an_answer_the_next_one_is_one_key_away(client: Visitor) -> None:
    first, second = b.make_proposal(now=b.NOW - DAY), b.make_proposal()
    client.submit(f"/meja/{first.number}", action=f"/meja/{first.number}?putusan=terbitkan")
    page = client.get("/meja/").text
    assert f'<a href="/meja/{second.number}" accesskey="n">Jawab usulan berikutnya</a>' in page


# Merging, splitting, visits, notes


@pytest.mark.usefixtures("moderator")
def test_what_may_ask_for_the_same_leads_into_the_merge_at_one_click(client: Visitor) -> None:
    author = b.make_person()
    into = b.make_published(author)
    sewing = {"problem": "Ibu-ibu belum punya pekerjaan di musim kering.", "hamlet": "Weluli", "unit": "orang"}
    other = b.make_published(title="Pelatihan menjahit tais", work="Kursus menjahit selama sebulan.", **sewing)
    merged = b.make_proposal(author)  # also by the same author, who may have sent it twice
    page = client.get(f"/meja/{merged.number}").text
    alike, _rest = page.split("Usulan lain di desa ini")
    assert f"/meja/{merged.number}/gabung?ke={into.number}" in alike
    assert str(other.number) not in alike


@pytest.mark.usefixtures("moderator")
def test_two_are_compared_united_and_parted(client: Visitor) -> None:
    merged, into = b.make_proposal(), b.make_published(title="Pipa dan bak air di Fatubesi")
    address = f"/meja/{merged.number}"
    assert f"{address}/gabung?ke={into.number}" in client.get(address).text
    page = client.get(f"{address}/gabung?ke={into.number}").text
    assert into.title in page
    assert f"dengan usulan {into.number}" in page
    assert "tidak ada di wilayah Anda" in client.get(f"{address}/gabung?ke=BLU-28-99999").text
    client.submit(f"{address}/gabung?ke={into.number}", {"reason": WHY})
    assert merged.status is Status.MERGED
    assert f'href="{into.number}"' in client.get(address).text
    press(client, address, f"{address}/pisah", {})
    assert merged.status is Status.SUBMITTED
    assert press(client, address, f"{address}/pisah", {}).status_code == 409


@pytest.mark.usefixtures("moderator")
def test_a_proposal_of_two_things_becomes_two(client: Visitor) -> None:
    whole = b.make_proposal()
    second = {
        "second_title": "Bak penampung air di Fatubesi",
        "second_work": "Bangun satu bak penampung air.",
        "second_volume": "1",
        "second_unit": "unit",
    }
    assert client.submit(f"/meja/{whole.number}/pecah", {"second_title": "x"}).status_code == 422
    assert client.submit(f"/meja/{whole.number}/pecah", second).status_code == 303
    assert "Bak penampung air di Fatubesi" in client.get("/meja/").text


@pytest.mark.usefixtures("moderator")
def test_the_facilitator_reads_what_to_look_at_and_answers(client: Visitor) -> None:
    proposal = b.make_proposal()
    question = "Apakah pipa lama masih dapat dipakai?"
    ask = f"/meja/{proposal.number}/kunjungan"
    assert "Tanggalnya sudah lewat." in client.submit(ask, {"question": question, "due": "2026-11-20"}).text
    assert client.submit(ask, {"question": question, "due": "2026-11-25"}).status_code == 303
    assert "Paling lambat 25 November 2026." in client.get(f"/meja/{proposal.number}").text
    be(client, b.make_staff(Role.FACILITATOR, b.TOHE))
    assert client.get(f"/meja/{proposal.number}/hasil-kunjungan").status_code == 404
    be(client, b.make_staff(Role.FACILITATOR, b.MAKIR))
    assert question in client.get("/meja/kunjungan").text
    client.submit(f"/meja/{proposal.number}/hasil-kunjungan", {"finding": "Pipa lama sudah pecah di tiga tempat."})
    assert timeline_of(proposal.id)[-1].event is Event.VISITED
    assert client.get(f"/meja/{proposal.number}/hasil-kunjungan").status_code == 404


def test_notes_stay_among_colleagues(client: Visitor, moderator: Actor) -> None:
    proposal = b.make_published()
    client.submit(f"/meja/{proposal.number}/catatan", {"text": "Kepala dusun sudah ditelepon."})
    assert "Kepala dusun sudah ditelepon." in client.get(f"/meja/{proposal.number}").text
    be(client, b.make_staff(Role.PLANNER, b.BELU))
    assert "Kepala dusun sudah ditelepon." in client.get(f"/meja/{proposal.number}/catatan").text
    be(client, b.make_staff(Role.PLANNER, b.BELTIM))
    assert client.get(f"/meja/{proposal.number}/catatan").status_code == 403
    assert "Kepala dusun" not in client.get(f"/belu/usulan/{proposal.number}").text


# Levels and points


def test_levels_speak_on_their_pages_and_everybody_reads_it(client: Visitor, moderator: Actor) -> None:
    proposal = b.make_published()
    address = f"/meja/{proposal.number}/putusan"
    assert client.submit(address, {"outcome": "accept_with_changes"}).status_code == 422
    answers = {"outcome": "accept_with_changes", "reason": "Pipa cukup sampai bak.", "volume": "800"}
    assert client.submit(address, answers).location == f"/belu/usulan/{proposal.number}"
    page = client.get(f"/belu/usulan/{proposal.number}").text
    assert "Desa atau kelurahan: Setuju dengan perubahan" in page
    assert "Ukuran 800 meter, diusulkan 1.200" in page
    assert "Perencana kabupaten" in page
    assert "14 hari lagi" in page
    officer = b.make_staff(Role.OFFICER, b.BELU)
    be(client, officer)
    assert "Bukan giliran Anda" in client.get(address).text
    assert "Tidak ada yang menunggu putusan Anda" in client.get("/meja/putusan").text
    be(client, b.make_staff(Role.PLANNER, b.BELU))
    assert str(proposal.number) in client.get("/meja/putusan").text


def test_points_are_given_and_ranked_in_public(client: Visitor, moderator: Actor) -> None:
    proposal = b.make_published()
    address = f"/meja/{proposal.number}/nilai"
    assert press(client, address, address, {"aksi": "nilai"} | POINTS | {"K1": ""}).status_code == 422
    assert press(client, address, address, {"aksi": "nilai"} | POINTS).status_code == 303
    assert "belum lengkap" in client.get("/belu/peringkat").text
    be(client, b.make_staff(Role.PLANNER, b.BELU))
    press(client, address, address, {"aksi": "nilai"} | POINTS | {"K1": "1"})
    assert "perlu dibahas" in client.get("/belu/peringkat").text
    press(client, address, address, {"aksi": "bahas", "talk": "Penilai sepakat setelah melihat foto."})
    assert "perlu dibahas" not in client.get("/belu/peringkat").text
    fields = {"aksi": "beda", "place": "3", "why": "Desa ini sudah mendapat tahun lalu.", "minutes": "BA 7/2027"}
    assert press(client, address, address, fields | {"place": "0"}).status_code == 422
    press(client, address, address, fields)
    client.get("/keluar")
    ranked = client.get(f"/belu/peringkat?kecamatan={b.LAMAKNEN}").text
    assert "Berita acara: urutan 3." in ranked
    assert "60,50" in client.get(f"/belu/usulan/{proposal.number}/nilai").text
    assert "Belum ada usulan yang dinilai" in client.get(f"/belu/peringkat?kecamatan={b.RAIHAT}").text


def test_a_planner_sets_weights_and_sizes_before_the_review(client: Visitor, session: Session) -> None:
    b.make_regions()
    b.make_misi()
    cycle = b.make_cycle(kinds=(PhaseKind.GATHERING,))
    be(client, b.make_staff(Role.PLANNER, b.BELU))
    page = "/pipa/belu/penilaian"
    fields = {"aksi": "hal"}
    for one in DEFAULT:
        fields |= {f"{one.code}_name": one.name, f"{one.code}_weight": str(one.weight)}
    assert "Jumlah semua bobot harus 100." in press(client, page, page, fields | {"K1_weight": "24"}).text
    press(client, page, page, fields | {"K1_weight": "20", "K7_name": "Gotong royong", "K7_weight": "5"})
    assert [one.code for one in queries.criteria_of(cycle.id)][-1] == "K7"
    assert "Baris ini belum benar" in press(client, page, page, {"aksi": "desa", "sizes": "99.99 12"}).text
    press(client, page, page, {"aksi": "desa", "sizes": f"{b.MAKIR} 1.840\n{b.KEWAR};900\n"})
    assert queries.sizes_of(cycle.id) == {b.MAKIR: 1840, b.KEWAR: 900}
    be(client, b.make_staff(Role.PLANNER, b.BELTIM))
    assert client.get(page).status_code == 403


def test_once_the_review_is_open_the_planner_reads_that_it_is_fixed(client: Visitor, moderator: Actor) -> None:
    be(client, b.make_staff(Role.PLANNER, b.BELU))
    assert "Tahap pemeriksaan sudah dibuka" in client.get("/pipa/belu/penilaian").text
    press(client, "/pipa/belu/penilaian", "/pipa/belu/buka-lagi", {})
    assert "0 usulan dibuka lagi." in client.get("/pipa/belu/penilaian").text


# Reports and appeals


def test_a_resident_reports_and_the_moderator_closes(client: Visitor, moderator: Actor) -> None:
    author = b.make_person()
    proposal = b.make_published(author)
    client.sign_in(b.make_person())
    page = f"/belu/usulan/{proposal.number}"
    assert f"{page}/laporkan" in client.get(page).text
    client.submit(f"{page}/laporkan", {"wrong": "spam", "text": "Ini iklan."})
    assert "Anda sudah melaporkannya." in client.submit(f"{page}/laporkan", {"wrong": "spam"}).text
    client.sign_in(author)
    assert "laporkan" not in client.get(page).text
    be(client, moderator)
    assert str(proposal.number) in client.get("/meja/laporan").text
    desk = f"/meja/{proposal.number}/laporan"
    assert "Ini iklan." in client.get(desk).text
    assert "Tulis alasan yang dapat dibaca semua orang" in client.submit(desk, {"finding": "upheld"}).text
    client.submit(desk, {"finding": "upheld", "reason": "Usulan ini memuat iklan."})
    assert proposal.status is Status.REJECTED
    assert "Tidak ada laporan yang menunggu" in client.get("/meja/laporan").text
    other = b.make_proposal(author)
    assert "1 tulisan orang ini ditutup dalam setahun" in client.get(f"/meja/{other.number}").text


def test_an_author_appeals_once(client: Visitor, moderator: Actor) -> None:
    author = b.make_person()
    proposal = b.make_proposal(author)
    no = Verdict(Decision.REJECT, mark(proposal).partition("@")[2], ReasonCode.ALREADY_BUILT, WHY)
    actions.decide(moderator, proposal, no, b.NOW)
    client.sign_in(author)
    page = f"/belu/usulan/{proposal.number}"
    assert f"{page}/sanggah" in client.get(page).text
    client.submit(f"{page}/sanggah", {"reason": "Bak itu milik desa tetangga."})
    assert proposal.status is Status.SUBMITTED
    assert "Moderator memeriksa apakah usulan ini dapat diterbitkan." in client.get(page).text


# For everybody


def test_who_has_it_since_when_until_when_and_why(client: Visitor, moderator: Actor) -> None:
    author = b.make_person()
    proposal = b.make_proposal(author, now=b.NOW - 9 * DAY)
    client.sign_in(author)
    page = client.get(f"/belu/usulan/{proposal.number}").text
    assert "Siapa memegangnya sekarang?" in page
    assert "Sejak 12 November 2026, batas 19 November 2026." in page
    assert "terlambat 2 hari" in page


def test_the_service_page_counts_and_names_nobody(client: Visitor, moderator: Actor) -> None:
    proposal = b.make_published()
    seen = state_mark(proposal.status, proposal.held_since)
    actions.judge(moderator, proposal, LevelVerdict(Level.VILLAGE, Outcome.ACCEPT, seen), b.NOW)
    page = client.get("/belu/layanan").text
    assert "Jawaban pertama moderator" in page
    assert "100%" in page
    assert moderator.name not in page
    assert "Belum ada usulan yang dijawab" in client.get("/belitung-timur/layanan").text


def test_public_pages_need_few_statements(client: Visitor, moderator: Actor, queries: Callable[..., Any]) -> None:
    agency = b.make_agency()
    proposal = b.make_published()
    seen = state_mark(proposal.status, proposal.held_since)
    actions.judge(moderator, proposal, LevelVerdict(Level.VILLAGE, Outcome.ACCEPT, seen, agency_id=agency.id), b.NOW)
    actions.assess(moderator, proposal, {code: int(given) for code, given in POINTS.items()}, b.NOW)
    actions.report(b.actor_of(b.make_person()), proposal, Wrong.SPAM, "", b.NOW)
    visitor = b.make_person()
    client.sign_in(visitor)
    for page in ("usulan/" + str(proposal.number), "peringkat", "layanan", f"usulan/{proposal.number}/nilai"):
        with queries() as sent:
            assert client.get(f"/belu/{page}").status_code == 200
        assert len(sent) <= 8, (page, sent)


def test_an_officer_of_another_agency_reads_whose_turn_it_is(client: Visitor, moderator: Actor) -> None:
    made = b.make_agency("Dinas PUPR")
    proposal = b.make_published()
    planner = b.make_staff(Role.PLANNER, b.BELU)
    for actor, level in ((moderator, Level.VILLAGE), (planner, Level.PLANNING), (moderator, Level.DISTRICT)):
        seen = state_mark(proposal.status, proposal.held_since)
        actions.judge(actor, proposal, LevelVerdict(level, Outcome.ACCEPT, seen, agency_id=made.id), b.NOW)
    be(client, b.make_staff(Role.OFFICER, b.BELU, agency=AgencyFacts(made.id, b.BELU, made.name)))
    assert "Alihkan ke dinas lain" in client.get(f"/meja/{proposal.number}/putusan").text
    be(client, b.make_staff(Role.OFFICER, b.BELU))
    assert "Bukan giliran Anda" in client.get(f"/meja/{proposal.number}/putusan").text


def test_a_comment_is_reported_from_its_own_page(client: Visitor, moderator: Actor) -> None:
    proposal, talker = b.make_published(), b.make_person()
    said = write_comment(b.actor_of(talker), proposal, Words("Toko saya murah.", Stance.FOR), KEY, b.NOW)
    page = f"/belu/usulan/{proposal.number}/obrolan/{said.id}"
    client.sign_in(talker)
    assert "laporkan" not in client.get(page).text
    client.sign_in(b.make_person())
    assert f"{page}/laporkan" in client.get(page).text
    assert client.submit(f"{page}/laporkan", {"wrong": "spam"}).location == page
    be(client, moderator)
    assert "Toko saya murah." in client.get("/meja/laporan").text
    desk = f"/meja/{proposal.number}/laporan/{said.id}"
    assert "Toko saya murah." in client.get(desk).text
    client.submit(desk, {"finding": "upheld", "reason": "Ini iklan, bukan pendapat."})
    assert "Ini iklan, bukan pendapat." in client.get(page).text
    assert client.get(f"/meja/{b.make_published().number}/laporan/{said.id}").status_code == 404
