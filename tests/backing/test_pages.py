"""What an innovation stands on, as everybody reads it and officials bring it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from app.backing import actions, queries
from app.backing.rules.acts import ActState
from app.backing.rules.resources import CommitmentState
from app.innovations.models import Innovation
from app.kernel.actor import Actor, AgencyFacts, Role
from tests import builders as b
from tests.client import Visitor

Counter = Callable[[], AbstractContextManager[list[str]]]
REASON = "Dicatat dua kali, ini yang salah."
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"
MONEY = {
    "title": "Pelayanan air",
    "fund": "regency",
    "year": "2027",
    "amount": "210.000.000",
    "state": "agreed",
    "on": "2026-11-20",
}
PERSON = {
    "person": "Katarina Manek",
    "title": "Kader",
    "since": "2026-11-01",
    "state": "delivered",
    "on": "2026-11-01",
}
LAW = {
    "purpose": "use",
    "form": "regent_regulation",
    "title": "Air untuk semua",
    "state": "in_force",
    "number": "5/2026",
    "dated": "2026-11-20",
}


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def innovation(planner: Actor, client: Visitor) -> Innovation:
    client.sign_in(b.person_of(planner))
    return b.make_innovation(planner)


def desk(innovation: Innovation, rest: str) -> str:
    return f"/pipa/belu/inovasi/{innovation.number}/{rest}"


def public(innovation: Innovation) -> str:
    return f"/belu/inovasi/{innovation.number}/sandaran"


def test_money_is_entered_agreed_and_withdrawn_in_public(client: Visitor, innovation: Innovation) -> None:
    assert client.submit(desk(innovation, "sumber-daya/anggaran"), MONEY).location == public(innovation)
    page = client.get(public(innovation)).text
    for expected in ("Rp210.000.000", "APBD kabupaten", "2027: terjamin", "2026: kosong", "2028–2031: kosong"):
        assert expected in page
    (money,) = queries.commitments_of(innovation.id)
    change = desk(innovation, f"sumber-daya/{money.id}")
    assert client.submit(change, {"step": "deliver", "on": "2026-11-22"}).status_code == 422
    client.submit(change, {"step": "deliver", "on": "2026-11-21"})
    assert money.state is CommitmentState.DELIVERED
    assert client.submit(change, {"step": "withdraw"}).status_code == 422
    client.submit(change, {"step": "withdraw", "reason": REASON})
    assert REASON in client.get(public(innovation)).text


def test_a_name_shows_only_with_consent(client: Visitor, innovation: Innovation) -> None:
    client.submit(desk(innovation, "sumber-daya/orang"), PERSON)
    stranger = client.application.test_client()
    assert "Katarina Manek" not in stranger.get(public(innovation)).text
    assert "Nama tidak ditampilkan" in stranger.get(public(innovation)).text
    assert "Katarina Manek" not in stranger.get(f"/belu/inovasi/{innovation.number}").text
    (person,) = queries.commitments_of(innovation.id)
    client.submit(desk(innovation, f"sumber-daya/{person.id}"), {"step": "tampil"})
    assert "Katarina Manek" in stranger.get(public(innovation)).text


@pytest.mark.parametrize(
    ("page", "typed", "wrong", "told"),
    [
        ("sumber-daya/anggaran", MONEY, {"amount": "banyak"}, "Tulis angka saja"),
        ("sumber-daya/anggaran", MONEY, {"on": "2026-12-01"}, "belum tiba"),
        ("sumber-daya/anggaran", MONEY, {"fund": "judi"}, "Pilih salah satu dari daftar"),
        ("sumber-daya/orang", PERSON, {"person": "Katarina 0812 3456 7890"}, "Jangan tulis NIK"),
        ("sumber-daya/orang", PERSON, {"until": "2026-01-01"}, "lebih awal dari tanggal mulai"),
        ("sumber-daya/teknologi", {}, {}, "wajib diisi"),
        ("dasar-hukum/baru", LAW, {"dated": "2026-11-22"}, "belum tiba"),
        ("dasar-hukum/baru", LAW, {"number": ""}, "isian wajib"),
        ("dasar-hukum/baru", LAW, {"form": "perpu"}, "Pilih salah satu dari daftar"),
        ("mitra/baru", {"kind": "village", "village": "", "role": "Tempat uji"}, {}, "isian wajib"),
        (
            "tugas/baru",
            {"title": "Latih kader", "doer": "d-x", "due": "2026-12-01"},
            {},
            "Pilih salah satu dari daftar",
        ),
    ],
)
def test_what_cannot_be_is_told_and_kept(
    client: Visitor, innovation: Innovation, page: str, typed: dict[str, str], wrong: dict[str, str], told: str
) -> None:
    answer = client.submit(desk(innovation, page), typed | wrong)
    assert (answer.status_code, told in answer.text) == (422, True), answer.text
    for kept in (value for value in wrong.values() if value and value not in ("judi", "perpu")):
        assert kept in answer.text


def test_a_task_of_yesterday_is_refused(client: Visitor, innovation: Innovation) -> None:
    typed = {"title": "Latih kader", "doer": f"d-{b.make_agency().id}", "due": "2026-11-20"}
    answer = client.submit(desk(innovation, "tugas/baru"), typed)
    assert (answer.status_code, "sudah lewat" in answer.text) == (422, True)


def test_a_law_gets_its_pdf_and_nothing_else_is_taken(client: Visitor, innovation: Innovation) -> None:
    client.submit(desk(innovation, "dasar-hukum/baru"), LAW)
    (law,) = queries.acts_of(innovation.id)
    page = desk(innovation, f"dasar-hukum/{law.id}/berkas")
    bad = {
        "bukan PDF": b"GIF89a",
        "kosong": b"",
        "kata sandi": PDF.replace(b"<<>>endobj", b"<</Encrypt 1>>endobj"),
        "program": PDF.replace(b"<<>>endobj", b"<</JavaScript (x)>>endobj"),
        "terpotong": PDF[:40],
    }
    for why, content in bad.items():
        answer = client.submit(page, {"file": (BytesIO(content), "surat.pdf")})
        assert (answer.status_code, why in answer.text) == (422, True)
    disguised = PDF.replace(b"<<>>endobj", b"<</J#61va#53cript (x)>>endobj")
    assert "program" in client.submit(page, {"file": (BytesIO(disguised), "surat.pdf")}).text
    assert client.submit(page, {}).status_code == 422
    client.submit(page, {"file": (BytesIO(PDF), "../Perbup 5\\surat keputusan.pdf")})
    found = client.get(public(innovation)).text
    address = found.split('href="/dokumen/')[1].split('"')[0]
    got = client.get(f"/dokumen/{address}")
    assert (got.data, got.mimetype) == (PDF, "application/pdf")
    assert "attachment" in got.headers["Content-Disposition"]
    assert "surat keputusan.pdf" in got.headers["Content-Disposition"]
    assert client.get("/dokumen/" + "0" * 32 + ".pdf").status_code == 404
    assert client.get("/dokumen/lain.pdf").status_code == 404


def test_an_expiring_law_stands_on_the_desk_after_the_night(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    ends = replace(b.REGULATION, expires=b.TODAY.replace(month=12))
    actions.add_act(planner, innovation, ends, ActState.IN_FORCE, b.NOW)
    actions.warn(0, b.NOW)
    client.sign_in(b.person_of(planner))
    assert "Dasar hukum berakhir" in client.get("/pipa/tugas").text


def test_partners_and_tasks_and_who_is_late(client: Visitor, innovation: Innovation, planner: Actor) -> None:
    agency = b.make_agency("Dinas Kominfo")
    partner = {"kind": "agency", "agency": str(agency.id), "role": "Menyediakan server"}
    client.submit(desk(innovation, "mitra/baru"), partner)
    task = {"title": "Pasang server", "doer": f"d-{agency.id}", "due": "2026-11-21"}
    client.submit(desk(innovation, "tugas/baru"), task)
    page = client.get(public(innovation)).text
    assert "Menyediakan server" in page
    assert "paling lambat" in page
    ((one, _who),) = queries.tasks_of(innovation.id)
    officer = b.make_staff(Role.OFFICER, b.BELU, agency=AgencyFacts(agency.id, b.BELU, agency.name))
    client.sign_in(b.person_of(officer))
    assert "Pasang server" in client.get("/pipa/tugas").text
    assert client.get(desk(innovation, "mitra/baru")).status_code == 403
    one.due = b.TODAY.replace(day=1)
    assert "Terlambat" in client.get("/pipa/tugas").text
    assert "terlambat" in client.get(public(innovation)).text
    client.submit(desk(innovation, f"tugas/{one.id}"), {"step": "finish", "note": "Sudah berjalan."})
    assert "Sudah berjalan." in client.get(public(innovation)).text
    client.sign_in(b.person_of(planner))
    (found,) = queries.partners_of(innovation.id)
    client.submit(desk(innovation, f"mitra/{found.id}/akhiri"), {"reason": REASON})
    assert "Menyediakan server" not in client.get(public(innovation)).text


def test_the_worst_are_listed_for_everybody(client: Visitor, innovation: Innovation) -> None:
    stranger = client.application.test_client()
    page = stranger.get("/belu/inovasi/silo").text
    assert innovation.name in page
    assert "pelaksana kedua" in page
    assert "Tidak ada inovasi yang berisiko" in stranger.get("/belitung-timur/inovasi/silo").text


def test_the_public_page_is_light(client: Visitor, planner: Actor, queries: Counter) -> None:
    innovation = b.make_adopted(planner)
    with queries() as sent:
        client.get(public(innovation))
    assert len(sent) <= 8, sent
    with queries() as sent:
        client.get("/belu/inovasi/silo")
    assert len(sent) <= 4, sent


def test_a_gate_leads_to_where_each_thing_is_brought(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    b.back_fully(b.make_staff(Role.PLANNER, b.BELU), innovation)
    client.sign_in(b.person_of(planner))
    other = b.make_innovation(planner, "LAIN")
    other.stage = b.Stage.EVALUATION
    page = client.get(f"/belu/inovasi/{other.number}").text
    for rest in ("dasar-hukum/baru?tujuan=use", "sumber-daya/orang", "sumber-daya/anggaran"):
        assert f"/pipa/belu/inovasi/{other.number}/{rest}" in page
    assert f"/pipa/belu/laporan/inovasi/{other.number}/evaluasi" in page
    innovation.stage = b.Stage.EVALUATION
    assert "Lengkapi" not in client.get(f"/belu/inovasi/{innovation.number}").text


def test_what_is_gone_from_under_a_stage_shows_in_public(client: Visitor, planner: Actor) -> None:
    innovation = b.make_adopted(planner)
    innovation.registered_at -= timedelta(days=1)
    law = next(one for one in queries.acts_of(innovation.id) if one.purpose == "use")
    actions.revoke(planner, innovation, law, b.TODAY, "Dicabut dengan peraturan baru.", b.NOW)
    page = client.get(f"/belu/inovasi/{innovation.number}").text
    assert "Syarat yang dulu lulus kini tidak lengkap" in page


def test_strangers_bring_nothing(client: Visitor, planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    pages = ("sumber-daya/orang", "dasar-hukum/baru", "mitra/baru", "tugas/baru", "pengampu")
    for page in pages:
        assert client.get(desk(innovation, page)).status_code == 303
    client.sign_in(b.person_of(b.make_staff(Role.OFFICER, b.BELU)))
    assert [client.get(desk(innovation, page)).status_code for page in pages] == [403] * 5
