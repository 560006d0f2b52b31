"""Maturity as everybody reads it, and as officials and owners bring and review evidence."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.queries import get_person
from app.db.session import session as own_session
from app.innovations.models import Innovation
from app.innovations.rules.stages import Stage
from app.kernel.actor import CONSOLE, Actor, Role
from app.maturity import actions, queries
from app.maturity.models import Evidence
from app.maturity.rules.evidence import State
from tests import builders as b
from tests.client import Visitor
from tests.files import pictures
from tests.maturity.test_actions import DECREE, PDF, REASON, TABLE, VIDEO, pdf

Counter = Callable[[], AbstractContextManager[list[str]]]
LETTER = {"level": "2", "number": "188.45/7", "dated": "2026-03-02", "note": "Halaman tiga."}


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    actions.bring_in(CONSOLE, TABLE, b.NOW)
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def innovation(planner: Actor, client: Visitor) -> Innovation:
    client.sign_in(b.person_of(planner))
    return b.make_innovation(planner)


def provide_at(innovation: Innovation, number: int) -> str:
    return f"/pipa/belu/inovasi/{innovation.number}/bukti/{number}"


def public(innovation: Innovation, rest: str = "") -> str:
    return f"/belu/inovasi/{innovation.number}/kematangan{rest}"


def upload(content: bytes, name: str = "SK Bupati.pdf") -> Any:
    return (BytesIO(content), name)


def current(innovation: Innovation, number: int) -> Evidence:
    return queries.current_of(innovation.id, 2026)[number]


def as_reviewer(client: Visitor) -> Actor:
    reviewer = b.make_staff(Role.PLANNER, b.BELU)
    client.sign_in(b.person_of(reviewer))
    return reviewer


def test_a_letter_is_brought_reviewed_and_read(client: Visitor, innovation: Innovation) -> None:
    answer = client.submit(provide_at(innovation, 16), LETTER | {"document": upload(PDF)})
    assert answer.location == public(innovation) + "#i16"
    assert "Menunggu diperiksa" in client.get(public(innovation)).text
    assert "Kalau semua yang menunggu diterima: 6." in client.get(public(innovation)).text
    as_reviewer(client)
    queue = client.get("/pipa/belu/bukti").text
    address = f"/pipa/belu/bukti/{current(innovation, 16).id}"
    assert address in queue
    assert "188.45/7" in client.get(address).text
    assert client.submit(address, {"verdict": "2"}).location == "/pipa/belu/bukti"
    assert "Tidak ada yang menunggu" in client.get("/pipa/belu/bukti").text
    visitor = client.application.test_client()
    page = visitor.get(public(innovation)).text
    assert "Diterima, tingkat 2" in page
    assert "6 dari 111" in page
    told = visitor.get(public(innovation, "/16")).text
    for expected in ("SK Bupati.pdf", "188.45/7", "Halaman tiga.", "Peraturan kepala daerah"):
        assert expected in told
    link = told.split('href="/dokumen/')[1].split('"')[0]
    assert visitor.get(f"/dokumen/{link}").data == PDF
    assert "6 dari 111" in visitor.get(f"/belu/inovasi/{innovation.number}").text


def test_a_file_is_shown_to_everybody_only_once_it_was_accepted(client: Visitor, innovation: Innovation) -> None:
    client.submit(provide_at(innovation, 25), {"level": "1", "photo": upload(pictures.photo(), "a.jpg")})
    evidence = current(innovation, 25)
    assert "/berkas/" in client.get(public(innovation, "/25")).text
    source = client.get(public(innovation, "/25")).text.split('href="/berkas/')[1].split('"')[0]
    assert client.get(f"/berkas/{source}").status_code == 200
    visitor = client.application.test_client()
    page = visitor.get(public(innovation, "/25")).text
    assert "/berkas/" not in page
    assert "Berkas tampil sesudah diterima." in page
    assert visitor.get(f"/berkas/{source}").status_code == 404
    reviewer = as_reviewer(client)
    actions.accept(reviewer, queries.get_evidence(b.BELU, evidence.id), 1, "", b.NOW)
    own_session.commit()
    assert visitor.get(f"/berkas/{source}").status_code == 200
    assert "/berkas/" in visitor.get(public(innovation, "/25")).text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "kosong"),
        (b"MZ\x90\x00 program", "bukan PDF"),
        (PDF[:30], "rusak"),
        (PDF.replace(b"<<>>", b"<</JavaScript (app.alert(1)) >>"), "memuat program"),
        (PDF.replace(b"<<>>", b"<</Encrypt 1>>"), "dikunci"),
        (pictures.photo(), "bukan PDF"),
    ],
)
def test_a_hostile_document_is_refused_at_its_field(
    client: Visitor, innovation: Innovation, content: bytes, told: str
) -> None:
    answer = client.submit(provide_at(innovation, 16), LETTER | {"document": upload(content)})
    assert answer.status_code == 422
    assert told in answer.text
    assert "188.45/7" in answer.text
    assert not queries.current_of(innovation.id, 2026)


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", PDF])
def test_what_is_no_photo_is_refused_at_its_field(client: Visitor, innovation: Innovation, content: bytes) -> None:
    answer = client.submit(provide_at(innovation, 25), {"level": "1", "photo": upload(content, "foto.jpg")})
    assert answer.status_code == 422
    assert "tidak disimpan" in answer.text
    assert not queries.current_of(innovation.id, 2026)


def test_two_photos_are_one_too_many(client: Visitor, innovation: Innovation) -> None:
    both = [upload(pictures.photo(colour), f"{colour}.jpg") for colour in ("red", "blue")]
    answer = client.submit(provide_at(innovation, 25), {"level": "1", "photo": both})
    assert answer.status_code == 422
    assert "Paling banyak 1 foto" in answer.text


@pytest.mark.parametrize(
    ("number", "typed", "told"),
    [
        (16, LETTER | {"level": ""}, "Pilih salah satu."),
        (16, LETTER | {"level": "4"}, "Pilih salah satu dari daftar"),
        (16, LETTER | {"number": ""}, "wajib diisi"),
        (16, LETTER | {"dated": "besok"}, "Tulis tanggalnya"),
        (16, LETTER | {"dated": "2026-11-30"}, "Tanggal dokumen belum tiba"),
        (16, LETTER, "Pilih berkas buktinya"),
        (16, LETTER | {"note": "NIK 5304010101010001"}, "Jangan tulis NIK"),
        (33, {"level": "1", "basis": "z"}, "Pilih salah satu"),
        (35, {"level": "1", "link": "javascript:alert(1)"}, "diawali https://"),
    ],
)
def test_what_is_typed_wrong_is_told_where_it_stands(
    client: Visitor, innovation: Innovation, number: int, typed: dict[str, Any], told: str
) -> None:
    answer = client.submit(provide_at(innovation, number), typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert not queries.current_of(innovation.id, 2026)


def test_a_change_keeps_the_file_and_asks_for_a_new_review(client: Visitor, innovation: Innovation) -> None:
    client.submit(provide_at(innovation, 16), LETTER | {"document": upload(PDF)})
    page = client.get(provide_at(innovation, 16)).text
    assert "SK Bupati.pdf" in page
    assert 'value="188.45/7"' in page
    assert client.submit(provide_at(innovation, 16), {"level": "3"}).status_code == 303
    evidence = current(innovation, 16)
    assert (evidence.level, evidence.state, evidence.note) == (3, State.WAITING, "Halaman tiga.")
    history = client.get(public(innovation, "/16")).text
    assert history.count("SK Bupati.pdf") == 2
    assert "Bukti sebelumnya" in history
    assert client.submit(provide_at(innovation, 16) + "/tarik", {"reason": REASON}).location == public(innovation)
    assert REASON in client.get(public(innovation, "/16")).text


def test_the_owner_brings_evidence_and_others_do_not(client: Visitor, innovation: Innovation) -> None:
    assert innovation.owner_id
    owner = get_person(innovation.owner_id)
    client.sign_in(owner)
    assert "Masukkan bukti" in client.get(public(innovation)).text
    assert client.submit(provide_at(innovation, 35), {"level": "3", "link": VIDEO.link}).status_code == 303
    client.sign_in(b.make_person())
    assert client.get(provide_at(innovation, 35)).status_code == 403
    assert client.get(provide_at(innovation, 35) + "/tarik").status_code == 403
    assert client.get("/pipa/belu/bukti").status_code == 403
    assert "Masukkan bukti" not in client.get(public(innovation)).text
    stranger = client.application.test_client()
    assert "/masuk" in stranger.get(provide_at(innovation, 35)).location


def test_a_review_that_comes_too_late_or_from_the_wrong_one_is_told(
    client: Visitor, innovation: Innovation, planner: Actor
) -> None:
    evidence = actions.provide(planner, innovation, 35, VIDEO, b.NOW)
    own_session.commit()
    address = f"/pipa/belu/bukti/{evidence.id}"
    assert "Bukti ini Anda yang memasukkan" in client.get(address).text
    assert "Menunggu perencana lain" in client.get("/pipa/belu/bukti").text
    as_reviewer(client)
    assert client.submit(address, {"verdict": "1"}).status_code == 422
    assert client.submit(address, {"verdict": "return", "reason": ""}).status_code == 422
    token = client.get(address).text.split('name="csrf_token" value="')[1].split('"')[0]
    other = b.make_staff(Role.PLANNER, b.BELU)
    actions.accept(other, queries.get_evidence(b.BELU, evidence.id), 3, "", b.NOW)
    own_session.commit()
    answer = client.post(address, data={"verdict": "return", "reason": REASON, "csrf_token": token})
    assert answer.status_code == 422
    assert "baru saja diperiksa" in answer.text
    elsewhere = b.make_staff(Role.PLANNER, b.BELTIM)
    client.sign_in(b.person_of(elsewhere))
    assert client.get(address).status_code == 403
    assert client.get(address.replace("belu", "belitung-timur")).status_code == 404


def test_what_raises_the_score_most_stands_first_with_its_next_level(client: Visitor, innovation: Innovation) -> None:
    page = client.get(public(innovation)).text
    told = page.split("Yang paling menaikkan nilai")[1].split("Semua indikator")[0]
    assert told.index("Kualitas inovasi (video)") < told.index("Regulasi inovasi daerah")
    assert "Tingkat 1: Video memuat 1–2 unsur" in told
    assert provide_at(innovation, 35) in told
    assert "Bukti wajib yang belum diterima" in page


def test_lists_ask_few_questions(
    client: Visitor, innovation: Innovation, planner: Actor, queries: Counter, session: Session
) -> None:
    for number in (16, 17, 18, 20, 23):
        actions.provide(planner, innovation, number, DECREE, b.NOW, document=pdf(planner, str(number).encode()))
    session.commit()
    visitor = client.application.test_client()
    pages = {
        "/belu/inovasi/indeks": visitor,
        public(innovation): visitor,
        public(innovation, "/16"): visitor,
        "/indikator/2026": visitor,
    }
    for address, who in pages.items():
        with queries() as sent:
            assert who.get(address).status_code == 200
        assert len(sent) <= 8, (address, sent)
    with queries() as desk:
        client.get("/pipa/belu/bukti")
    with queries() as listed:
        client.get("/pipa/belu/bukti-2026.csv")
    assert (len(desk), len(listed)) <= (8, 8)


# The tables


def test_everybody_reads_what_the_index_asks(client: Visitor, planner: Actor) -> None:
    page = client.application.test_client().get("/indikator/2026").text
    assert "jumlah bobot 37, nilai tertinggi 111" in page
    assert "Naik 3 periode" in page
    assert client.get("/indikator/1999").status_code == 404
    assert client.get("/indikator/99999999999999999999").status_code == 404


def test_an_administrator_edits_a_year_until_it_is_used(
    client: Visitor, innovation: Innovation, planner: Actor
) -> None:
    assert client.get("/admin/indikator").status_code == 403
    client.sign_in(b.person_of(b.make_staff(Role.ADMINISTRATOR, "")))
    assert client.submit("/admin/indikator/2026/16", {"weight": "4"}).location == "/admin/indikator/2026"
    assert "jumlah bobot 38" in client.get("/indikator/2026").text
    assert client.submit("/admin/indikator/2026/33", {"level_b2": ""}).status_code == 422
    assert client.submit("/admin/indikator/2026/16", {"weight": "900"}).status_code == 422
    actions.provide(planner, own_session.merge(innovation), 35, VIDEO, b.NOW)
    own_session.commit()
    assert "sudah dipakai bukti" in client.get("/admin/indikator/2026").text
    answer = client.submit("/admin/indikator/2026/16", {"weight": "3"})
    assert answer.status_code == 422
    assert "tidak dapat diubah" in answer.text
    assert client.submit("/admin/indikator").location == "/admin/indikator/2027"
    assert client.submit("/admin/indikator/2027/16", {"weight": "3"}).status_code == 303


# The index


def test_without_the_figure_of_the_government_there_is_no_whole_index(client: Visitor, innovation: Innovation) -> None:
    visitor = client.application.test_client()
    page = visitor.get("/belu/inovasi/indeks").text
    assert "Baru bagian inovasi yang dihitung" in page
    assert "Belum diterapkan" in page
    assert (
        client.submit("/pipa/belu/inovasi/indeks", {"figure": "64", "source": "Surat kementerian"}).status_code == 422
    )
    typed = {"figure": "41,25", "source": "Surat kementerian, 9 Desember 2025"}
    assert client.submit("/pipa/belu/inovasi/indeks", typed).location == "/belu/inovasi/indeks"
    page = visitor.get("/belu/inovasi/indeks").text
    assert "Baru bagian inovasi" not in page
    assert "Kurang inovatif: 16,50" in page
    assert visitor.get("/pipa/belu/inovasi/indeks").status_code == 303


def test_every_term_is_shown(client: Visitor, innovation: Innovation) -> None:
    one = own_session.merge(innovation)
    one.stage, one.applied_on, one.score, one.design = Stage.ADOPTED, date(2025, 5, 1), 60, "kata " * 300
    own_session.commit()
    page = client.get("/belu/inovasi/indeks").text
    for expected in (
        "60 ÷ 12 (paling sedikit 12)",
        "5,00",
        "urusan dasar yang terisi kurang dari 5",
        "1 dari 1 inovasi",
    ):
        assert expected in page


# Files and commands


def test_the_list_for_the_national_application_holds_no_formula(
    client: Visitor, innovation: Innovation, planner: Actor
) -> None:
    one = own_session.merge(innovation)
    one.name = "=HYPERLINK(1)"
    claim = DECREE.__class__(2, number="=1+1", dated=DECREE.dated)
    actions.provide(planner, one, 16, claim, b.NOW, document=pdf(planner))
    own_session.commit()
    answer = client.get("/pipa/belu/bukti-2026.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bukti-belu-2026.csv"'
    (line,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert (line["nama_inovasi"], line["nomor_dokumen"]) == ("'=HYPERLINK(1)", "'=1+1")
    assert (line["nomor_indikator"], line["tingkat_diajukan"], line["tingkat_diterima"]) == ("16", "2", "")
    assert line["alamat_berkas"].startswith("http")
    assert line["alamat_berkas"].endswith(".pdf")


def test_commands_read_the_table_and_reckon_scores(app: Flask, session: Session, tmp_path: Any) -> None:
    run = app.test_cli_runner().invoke
    assert "flask maturity import" in run(args=["maturity", "recompute"]).output
    assert "20 baru" in run(args=["maturity", "import"]).output
    assert "20 sama" in run(args=["maturity", "import"]).output
    assert "indikator 2026: 0 berubah" in run(args=["maturity", "recompute"]).output
    bad = tmp_path / "bad.csv"
    bad.write_text("year,number\n2026,1\n")
    answer = run(args=["maturity", "import", str(bad)])
    assert answer.exit_code == 1
    assert "bad.csv, baris 1" in answer.output
    assert session.scalars(select(Evidence)).first() is None
