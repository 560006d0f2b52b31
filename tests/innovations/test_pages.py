"""The board, one innovation, the planner's desk, the five questions and the gates, as people meet them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import brotli
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.session import session as own_session
from app.db.transaction import transaction
from app.innovations import actions, queries
from app.innovations.models import Innovation, Provision
from app.innovations.rules.decision import Criterion
from app.innovations.rules.provisions import OFFERED, Content, Kind
from app.innovations.rules.registry import Registered
from app.innovations.rules.stages import Stage
from app.kernel.actor import CONSOLE, Actor, AgencyFacts, Role
from app.plans.models import Plan
from app.plans.rules import PlanKind
from app.proposals.models import Proposal
from app.proposals.rules import Status
from tests import builders as b
from tests.client import Visitor, cookie_of
from tests.pages import DESK, Tab

Counter = Callable[[], AbstractContextManager[list[str]]]
SENTENCE = "Belum ada cara seperti ini di desa lain."


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


def register(name: str, regency_code: str = b.BELTIM, pillar: int | None = None) -> Innovation:
    told = "Sudah berjalan di seluruh desa."
    row = Registered(regency_code, name, Stage.ADOPTED, told, "Berita", pillar_number=pillar)
    actions.bring_in(CONSOLE, [row], b.NOW)
    return own_session.scalars(select(Innovation).where(Innovation.name == name)).one()


def five(*noes: Criterion, **more: str) -> dict[str, Any]:
    """The five questions as a planner types them."""
    typed = {criterion.value: "tidak" if criterion in noes else "ya" for criterion in Criterion}
    return typed | {f"{criterion}_answer": SENTENCE for criterion in Criterion} | more


# What everybody sees


@pytest.mark.usefixtures("planner")
def test_a_regency_without_innovations_says_where_they_come_from(client: Visitor) -> None:
    page = client.get("/belu/inovasi")
    assert "Belum ada inovasi tercatat" in page.text
    assert "/belu/usulan" in page.text


@pytest.mark.usefixtures("planner")
def test_the_board_says_what_the_regency_counts_and_what_is_registered(client: Visitor, session: Session) -> None:
    plan = Plan(
        regency_code=b.BELTIM, kind=PlanKind.RAD, title="RAD", first_year=2025, last_year=2029, vision="",
        vision_meaning="", source="Berita", innovations_counted=188,
        innovations_counted_note="188 inovasi pada periode 2023–2024",
    )  # fmt: skip
    session.add(plan)
    register("BEBASUN")
    register("GEMPAR")
    text = client.get("/belitung-timur/inovasi").text
    assert "Kabupaten menghitung 188 inovasi; 2 sudah tercatat di sini." in text
    assert "2023–2024" in text
    assert "Terdaftar langsung" in text
    assert "Lama di tahap ini" not in text  # the source does not say since when


def test_nothing_of_one_regency_shows_under_the_other(client: Visitor, planner: Actor) -> None:
    b.make_innovation(planner, "AIR LESTARI")
    other = register("BEBASUN")
    belu = client.get("/belu/inovasi").text
    assert "AIR LESTARI" in belu
    assert "BEBASUN" not in belu
    assert "AIR LESTARI" not in client.get("/belitung-timur/inovasi").text
    assert client.get(f"/belu/inovasi/{other.number}").status_code == 404
    assert client.get("/belitung-timur/inovasi/BLU-I-0001").status_code == 404
    client.sign_in(b.person_of(planner))
    assert client.get("/pipa/belitung-timur/").status_code == 403
    assert client.get(f"/pipa/belu/inovasi/{other.number}").status_code == 404
    assert client.get(f"/pipa/belitung-timur/inovasi/{other.number}").status_code == 403


def test_the_board_filters_by_pillar_and_leads_to_a_whole_lane(client: Visitor, planner: Actor) -> None:
    b.make_pillar(1, "Kesehatan", b.BELTIM)
    b.make_pillar(2, "Ketahanan Pangan", b.BELTIM)
    for number in range(14):
        register(f"SEHAT {number:02d}", pillar=1)
    register("KEBUN", pillar=2)
    board = client.get("/belitung-timur/inovasi?pilar=1").text
    assert "SEHAT 13" in board
    assert "KEBUN" not in board
    assert "SEHAT 00" not in board
    assert "Lihat semua: Penerapan (14)" in board
    lane = client.get("/belitung-timur/inovasi?tahap=penerapan&pilar=1").text
    assert "SEHAT 00" in lane
    for nonsense in ("pilar=x", "pilar=9", "tahap=lain", "tahap=penerapan&setelah=9-9-9", "pilar=²"):
        assert client.get(f"/belitung-timur/inovasi?{nonsense}").status_code == 200


def test_the_board_is_light(client: Visitor, planner: Actor, queries: Counter) -> None:
    pillar = b.make_pillar()
    author = b.make_person()
    for number in range(14):
        b.make_innovation(planner, f"INOVASI {number}", author=author, pillar_id=pillar.id)
    client.sign_in(b.person_of(planner))
    with queries() as sent:
        page = client.get("/belu/inovasi")
    assert len(sent) <= 8, sent
    assert len(brotli.compress(page.data, quality=5)) <= 4096
    with queries() as sent:
        client.get("/belu/inovasi/BLU-I-0001")
    assert len(sent) <= 13, sent  # who sees it, what it is, its story, its gates, and a panel of each room above


def test_an_innovation_shows_its_origin_answers_gate_and_what_is_missing(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    actions.pass_gate(planner, innovation, Stage.CURATION, "Sudah dibahas tim kurasi.", b.NOW)
    page = client.get(f"/belu/inovasi/{innovation.number}").text
    for expected in (
        "Warga Desa Makir",
        "BLU-28-00001",
        "Proposal inisiatif",
        "Belum ada",
        "Apakah dapat ditiru di tempat lain?",
        "Sudah dibahas tim kurasi.",
        "Risiko silo.",
        "belum tercatat",
    ):
        assert expected in page
    assert "Lengkapi" not in page
    assert client.get("/belu/inovasi/blu-i-0001").location == "/belu/inovasi/BLU-I-0001"


def test_a_stopped_innovation_leaves_the_lanes_but_not_the_public(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    actions.stop(planner, innovation, "Dananya habis tahun ini.", "Sepakati biaya perawatan lebih dulu.", b.NOW)
    assert "1 inovasi dihentikan" in client.get("/belu/inovasi").text
    assert innovation.name in client.get("/belu/inovasi?tahap=berhenti").text
    assert "Sepakati biaya perawatan lebih dulu." in client.get(f"/belu/inovasi/{innovation.number}").text


# The desk


def test_the_desk_is_for_planners_only(client: Visitor, planner: Actor) -> None:
    proposal = b.make_selected()
    pages = ("/pipa/", "/pipa/belu/", f"/pipa/belu/usulan/{proposal.number}/putuskan")
    for page in pages:
        assert client.get(page).location == f"/masuk?next={page}"
    for person in (b.make_person(), b.person_of(b.make_staff(Role.MODERATOR, b.BELU))):
        client.sign_in(person)
        assert [client.get(page).status_code for page in pages] == [403] * 3


def test_a_planner_comes_straight_to_the_own_regency(client: Visitor, planner: Actor) -> None:
    client.sign_in(b.person_of(planner))
    assert client.get("/pipa/").location == "/pipa/belu/"
    everywhere = b.make_staff(Role.PLANNER, "")
    client.sign_in(b.person_of(everywhere))
    page = client.get("/pipa/").text
    assert "/pipa/belu/" in page
    assert "/pipa/belitung-timur/" in page


def test_the_desk_shows_what_waits(client: Visitor, planner: Actor, queries: Counter) -> None:
    proposal, innovation = b.make_selected(), b.make_innovation(planner)
    contest = b.make_contest(is_open=False)
    client.sign_in(b.person_of(planner))
    with queries() as sent:
        page = client.get("/pipa/belu/").text
    assert len(sent) <= 12, sent
    for expected in (str(proposal.number), innovation.number, contest.title, "Tahun rencana 2028", "3 misi tercatat"):
        assert expected in page


# The five questions


@pytest.fixture
def winner(client: Visitor, planner: Actor) -> Proposal:
    """A winner, before a planner who is signed in."""
    client.sign_in(b.person_of(planner))
    return b.make_selected()


def decide_page(proposal: Proposal) -> str:
    return f"/pipa/belu/usulan/{proposal.number}/putuskan"


def test_five_times_yes_leads_to_the_new_innovation(client: Visitor, winner: Proposal) -> None:
    pillar = b.make_pillar()
    answer = client.submit(decide_page(winner), five(name="AIR LESTARI", pillar=str(pillar.id)))
    assert answer.location == "/pipa/belu/inovasi/BLU-I-0001"
    made = queries.get_detail(b.BELU, "BLU-I-0001")
    assert (made.innovation.name, made.pillar, made.proposal_number) == ("AIR LESTARI", pillar, winner.number)
    assert winner.problem in made.innovation.summary
    public = client.get(f"/belu/usulan/{winner.number}").text
    assert "BLU-I-0001" in public
    assert SENTENCE in public


def test_one_no_routes_the_winner_and_its_page_says_to_whom(client: Visitor, winner: Proposal) -> None:
    agency = b.make_agency("Dinas Pekerjaan Umum")
    note = "Masuk rencana kerja dinas tahun depan."
    answer = client.submit(decide_page(winner), five(Criterion.NOVELTY, agency=str(agency.id), note=note))
    assert answer.location == f"/belu/usulan/{winner.number}"
    public = client.get(answer.location).text
    assert "Diteruskan kepada Dinas Pekerjaan Umum." in public
    assert note in public
    assert client.get(decide_page(winner)).location == answer.location


def test_a_wrong_form_keeps_everything_and_writes_nothing(client: Visitor, winner: Proposal) -> None:
    typed = five(name="AIR LESTARI", expansion="Air untuk semua", benefit_answer="pendek")
    page = client.submit(decide_page(winner), typed)
    assert page.status_code == 422
    for kept in ("AIR LESTARI", "Air untuk semua", SENTENCE, "pendek"):
        assert kept in page.text
    assert "Terlalu pendek" in page.text
    assert winner.status is Status.SELECTED
    for wrong in (
        five(name="A"),
        five(Criterion.BENEFIT),
        five(name="AIR", pillar="99"),
        five(Criterion.BENEFIT, note="Dikerjakan dinas tahun depan.", agency="99"),
        five(name="AIR", novelty="mungkin"),
        {},
    ):
        assert client.submit(decide_page(winner), wrong).status_code == 422
    assert winner.status is Status.SELECTED


def test_a_name_that_is_taken_is_told_at_the_name(client: Visitor, winner: Proposal, planner: Actor) -> None:
    b.make_innovation(planner, "AIR LESTARI")
    page = client.submit(decide_page(winner), five(name="air lestari"))
    assert page.status_code == 422
    assert "sudah dipakai inovasi lain" in page.text


def test_the_winners_page_shows_the_way_to_planners_only(client: Visitor, winner: Proposal) -> None:
    address = f"/belu/usulan/{winner.number}"
    assert decide_page(winner) in client.get(address).text
    client.sign_in(b.make_person())
    assert decide_page(winner) not in client.get(address).text


# Gates


def manage_page(innovation: Innovation) -> str:
    return f"/pipa/belu/inovasi/{innovation.number}"


def test_a_planner_gives_what_is_missing_and_another_passes_the_gate(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    client.sign_in(b.person_of(planner))
    page = manage_page(innovation)
    assert client.submit(page, {"step": "curation", "reason": SENTENCE}).location == page
    assert "Syarat tahap itu belum lengkap" in client.get(page).text
    assert client.submit(page, {"step": "proposal", "reason": SENTENCE}).status_code == 422
    given = {"title": "Proposal inisiatif", "dated": "2026-11-20", "text": "Bentuk, rancangan, tujuan, manfaat."}
    assert client.submit(f"{page}/syarat/initiative", given).location == page
    assert client.submit(page, {"step": "proposal", "reason": SENTENCE}).status_code == 422
    assert "Anda sendiri yang memasukkan" in client.get(page).text
    client.sign_in(b.person_of(b.make_staff(Role.PLANNER, b.BELU)))
    assert client.submit(page, {"step": "proposal", "reason": SENTENCE}).location == page
    assert innovation.stage is Stage.PROPOSAL
    assert "20 November 2026" in client.get(f"/belu/inovasi/{innovation.number}").text


def test_a_hold_shows_until_when(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    client.sign_in(b.person_of(planner))
    page = client.submit(manage_page(innovation), {"step": "hold", "reason": SENTENCE})
    assert (page.status_code, "sampai tanggal berapa" in page.text) == (422, True)
    client.submit(manage_page(innovation), {"step": "hold", "reason": SENTENCE, "until": "2027-01-31"})
    public = client.get(f"/belu/inovasi/{innovation.number}").text
    assert "31 Januari 2027" in public


def test_a_document_is_withdrawn_in_public_but_not_from_under_a_passed_gate(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    actions.pass_gate(planner, innovation, Stage.CURATION, SENTENCE, b.NOW)
    colleague = b.make_staff(Role.PLANNER, b.BELU)
    paper = actions.add_provision(colleague, innovation, Kind.INITIATIVE, b.DOCUMENTS[Kind.INITIATIVE], b.NOW)
    client.sign_in(b.person_of(planner))
    address = f"{manage_page(innovation)}/syarat/{paper.id}/tarik"
    assert address in client.get(manage_page(innovation)).text
    assert client.submit(address, {"reason": "Salah unggah berkasnya."}).location == manage_page(innovation)
    assert "Salah unggah berkasnya." in client.get(f"/belu/inovasi/{innovation.number}").text
    assert client.get(f"{manage_page(innovation)}/syarat/999/tarik").status_code == 404


def test_a_planner_names_the_lead(client: Visitor, planner: Actor) -> None:
    innovation, agency = b.make_innovation(planner), b.make_agency()
    client.sign_in(b.person_of(planner))
    page = f"{manage_page(innovation)}/pengampu"
    assert client.submit(page, {"agency": "99999", "pillar": ""}).status_code == 422
    client.submit(page, {"agency": str(agency.id), "pillar": ""})
    assert innovation.agency_id == agency.id


@pytest.mark.parametrize("kind", OFFERED)
def test_every_kind_has_a_form_that_says_what_it_lacks(client: Visitor, planner: Actor, kind: Kind) -> None:
    innovation = b.make_innovation(planner)
    client.sign_in(b.person_of(planner))
    page = client.submit(f"{manage_page(innovation)}/syarat/{kind}", {})
    assert page.status_code == 422
    assert "wajib diisi" in page.text


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("evaluation", {"dated": "2026-11-22", "text": SENTENCE}, "Tanggal ini belum tiba"),
        ("evaluation", {"dated": "kemarin", "text": SENTENCE}, "Tulis tanggalnya"),
        ("evaluation", {"dated": "0001-01-01", "text": SENTENCE}, "Tulis tanggalnya"),
        ("trial_period", {"dated": "2026-12-01", "until": "2026-11-30"}, "lebih awal dari tanggal mulai"),
        ("baseline", {"title": "Waktu tunggu", "quantity": "-5"}, "Isi dengan angka dari"),
        ("assessment", {"dated": "2026-11-20", "text": "Katarina 0812 3456 7890"}, "Jangan tulis NIK"),
    ],
)
def test_what_cannot_be_is_told_and_kept(
    client: Visitor, planner: Actor, kind: str, typed: dict[str, str], told: str
) -> None:
    innovation = b.make_innovation(planner)
    client.sign_in(b.person_of(planner))
    page = client.submit(f"{manage_page(innovation)}/syarat/{kind}", typed)
    assert page.status_code == 422
    assert told in page.text
    assert queries.provisions_of(innovation.id) == []


def test_an_action_of_the_plan_is_no_document_any_more_but_older_ones_stay_readable(
    client: Visitor, planner: Actor, session: Session
) -> None:
    innovation = b.make_innovation(planner)
    told = {"title": "Perluasan (contoh)", "year": 2027, "quantity": 12, "unit": "desa", "withdrawal": SENTENCE}
    session.add(Provision(innovation_id=innovation.id, kind=Kind.RAD_ACTION, at=b.NOW, withdrawn_at=b.NOW, **told))
    session.flush()
    page = client.get(f"/belu/inovasi/{innovation.number}").text
    assert "Perluasan (contoh)" in page
    assert SENTENCE in page
    client.sign_in(b.person_of(planner))
    assert client.get(f"{manage_page(innovation)}/syarat/rad_action").status_code == 404
    assert "syarat/rad_action" not in client.get(manage_page(innovation)).text


def test_stopping_asks_for_reason_and_lesson(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    client.sign_in(b.person_of(planner))
    page = client.submit(manage_page(innovation), {"step": "stop"})
    assert (page.status_code, "wajib diisi" in page.text) == (422, True)
    page = client.submit(manage_page(innovation), {"step": "stop", "reason": "Dananya sudah habis."})
    assert (page.status_code, "Tulis pelajaran" in page.text, "Dananya sudah habis." in page.text) == (422, True, True)
    lesson = "Sepakati biaya perawatan."
    client.submit(manage_page(innovation), {"step": "stop", "reason": "Dananya sudah habis.", "lesson": lesson})
    assert innovation.stage is Stage.STOPPED
    client.submit(manage_page(innovation), {"step": "resume", "reason": "Dananya sudah ada lagi."})
    assert innovation.stage is Stage.CURATION


@pytest.mark.parametrize(("step", "stage"), [("send_back", Stage.REVISION), ("reject", Stage.REJECTED)])
def test_a_planner_sends_back_or_rejects(client: Visitor, planner: Actor, step: str, stage: Stage) -> None:
    innovation = b.make_innovation(planner)
    client.sign_in(b.person_of(planner))
    client.submit(manage_page(innovation), {"step": step, "reason": "Rancangannya belum jelas."})
    assert innovation.stage is stage
    assert client.get(manage_page(innovation)).status_code == 200
    assert "Rancangannya belum jelas." in client.get(f"/belu/inovasi/{innovation.number}").text


def test_an_officer_adds_but_does_not_decide(client: Visitor, planner: Actor) -> None:
    innovation, agency = b.make_innovation(planner), b.make_agency()
    actions.set_lead(planner, innovation, agency.id, None, b.NOW)
    officer = b.make_staff(Role.OFFICER, b.BELU, agency=AgencyFacts(agency.id, b.BELU, agency.name))
    client.sign_in(b.person_of(officer))
    page = manage_page(innovation)
    assert "Apa keputusan Anda?" not in client.get(page).text
    given = {"title": "Waktu tunggu", "quantity": "190", "unit": "menit"}
    assert client.submit(f"{page}/syarat/baseline", given).location == page
    assert client.get(f"{page}/syarat/lain").status_code == 404
    assert client.get("/pipa/belu/").status_code == 403


def test_a_provision_added_by_an_action_shows_in_words(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    content = Content(title="Proposal", dated=b.TODAY, text=SENTENCE, amount=210_000_000)
    actions.add_provision(planner, innovation, Kind.INITIATIVE, content, b.NOW)
    assert "Rp210.000.000" in client.get(f"/belu/inovasi/{innovation.number}").text


# In a browser


def test_from_a_winner_to_the_board_in_a_browser(live_app: Flask, new_tab: Callable[..., Tab]) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        person = b.person_of(b.make_staff(Role.PLANNER, b.BELU))
        number = b.make_selected().number
    for viewport in ({"width": 360, "height": 740}, DESK):
        tab = new_tab(viewport=viewport)
        with live_app.app_context(), transaction():
            tab.context.add_cookies([cookie_of(live_app, person, tab.base_url)])
        tab.goto("/pipa/belu/").picture("planner-desk")
        if viewport is DESK:
            break
        tab.goto(f"/pipa/belu/usulan/{number}/putuskan").picture("decide")
        for criterion in Criterion:
            tab.raw.locator(f"[name={criterion}][value=ya]").check()
            tab.raw.locator(f"[name={criterion}_answer]").fill(SENTENCE)
        tab.fill("Nama inovasi", "AIR LESTARI").press("Simpan keputusan")
        assert tab.path == "/pipa/belu/inovasi/BLU-I-0001"
        tab.choose("Luluskan ke tahap: Kurasi").fill("Alasan untuk umum", SENTENCE).press("Simpan keputusan")
        tab.goto("/belu/inovasi").follow("AIR LESTARI")
        assert tab.heading == "AIR LESTARI"
        assert "Kurasi" in tab.words
