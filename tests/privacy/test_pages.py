"""The pages of one's own data, as their person and as others see them."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import brotli
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.models import Consent, Person, SignIn
from app.accounts.queries import get_person
from app.accounts.rules.consents import Purpose
from app.accounts.rules.views import Seen
from app.identity.queries import groups_of
from app.kernel.actor import Role
from app.privacy.rules import Section
from tests import builders as b
from tests.client import Visitor
from tests.privacy.canary import HAMLET, NAME, NIK, PHONE, canary

OWN_PAGES = ("/akun/data", "/akun/data/ubah", "/akun/persetujuan", "/akun/dilihat", "/akun/tutup")


@pytest.fixture
def person(session: Session) -> Person:
    b.make_world()
    return canary()


@pytest.fixture
def visitor(client: Visitor, person: Person) -> Visitor:
    return client.sign_in(person)


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_page_is_its_persons_own_and_small(
    client: Visitor, person: Person, path: str, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    assert "/masuk" in client.get(path).location
    client.sign_in(person)
    with queries() as sent:
        page = client.get(path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert len(brotli.compress(page.data, quality=5)) <= 4096
    assert len(sent) <= 8, sent


@pytest.mark.parametrize("path", [path for path in OWN_PAGES if path != "/akun/dilihat"])
def test_the_password_is_asked_for_again_after_a_while(visitor: Visitor, session: Session, path: str) -> None:
    for row in session.query(SignIn):
        row.confirmed_at = b.NOW - timedelta(minutes=11)
    assert visitor.get(path).location.startswith("/masuk/ulang")


def test_the_notice_says_who_what_how_long_and_in_which_words(client: Visitor, session: Session) -> None:
    b.make_regions()
    page = client.get("/privasi")
    assert len(brotli.compress(page.data, quality=5)) <= 4096
    for said in (
        "Belum diisi",
        "TDPSE",
        "Kabupaten Belu",
        "2 tahun",
        "30 hari",
        "5 tahun",
        "Versi 2026-11",
        "3 × 24 jam",
    ):
        assert said in page.text


def test_the_notice_names_who_is_responsible_where_the_settings_do(
    app: Flask, client: Visitor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.config["SETTINGS"]
    named = type(settings)(**(vars(settings) | {"controller": "Dinas Kominfo", "registration": "00123.45"}))
    monkeypatch.setitem(app.config, "SETTINGS", named)
    page = client.get("/privasi").text
    assert "Dinas Kominfo" in page
    assert "00123.45" in page


def test_the_account_leads_to_ones_data(visitor: Visitor) -> None:
    assert 'href="/akun/data"' in visitor.get("/akun").text


def download(visitor: Visitor, kind: str) -> str:
    page = visitor.get("/akun/data").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    answer = visitor.post("/akun/data/unduh", data={"csrf_token": token[1], "bentuk": kind})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.text


def test_the_file_holds_everything_and_no_secret_and_no_choice(visitor: Visitor) -> None:
    file = json.loads(download(visitor, "json"))
    assert set(file) == {"made_at", *Section}
    assert [section for section in Section if not file[section]] == [Section.ROLES]
    account = file[Section.PERSON][0]
    assert (account["name"], account["hamlet"], account["phone"]) == (NAME, HAMLET, PHONE)
    assert file[Section.VOTES] == [
        {
            "title": "Pemilihan usulan Kecamatan Lamaknen",
            "channel": "internet",
            "voted_on": "2026-11-21",
            "replaced_on": None,
        }
    ]
    assert file[Section.IDENTITY][0]["nik_last4"] == NIK[-4:]
    keys = {key for section in Section for row in file[section] for key in row}
    assert [key for key in keys if re.search("digest|sealed|hash|secret|pin|choice|handle|code$|_key", key)] == [
        "village_code"
    ]
    assert NIK not in str(file)


def test_the_file_to_read_is_in_words_and_escapes_what_people_wrote(visitor: Visitor, person: Person) -> None:
    person.name = "<script>alert(1)</script>"
    page = download(visitor, "html")
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    for said in (
        "Pemilihan yang Anda ikuti",
        "Usulan yang sudah terbit",
        "Rancangan yang belum dikirim",
        "Penyandang disabilitas",
    ):
        assert said in page


def test_the_file_has_no_address(app: Flask, visitor: Visitor, session: Session) -> None:
    assert visitor.get("/akun/data/unduh").status_code == 405
    other = app.test_client()
    assert other.post("/akun/data/unduh", data={"bentuk": "json"}).status_code == 400


def test_the_file_of_one_is_never_the_file_of_another(app: Flask, person: Person, session: Session) -> None:
    other = app.test_client()
    assert isinstance(other, Visitor)
    somebody = b.make_person(name="Orang Lain")
    text = download(other.sign_in(somebody), "json")
    assert NAME not in text
    assert json.loads(text)[Section.PERSON][0]["card_number"] == somebody.card_number


def test_a_name_nobody_has_vouched_for_can_be_corrected_and_a_verified_one_not(
    client: Visitor, session: Session
) -> None:
    b.make_world()
    newcomer = b.make_person()
    client.sign_in(newcomer)
    assert client.submit("/akun/data/ubah", {"name": "Maria Bere Seran", "hamlet": "Fatubesi"}).status_code == 303
    assert (newcomer.name, newcomer.hamlet) == ("Maria Bere Seran", "Fatubesi")
    attested = b.make_person(attested=True)
    client.sign_in(attested)
    assert "sudah diverifikasi" in client.get("/akun/data/ubah").text
    client.submit("/akun/data/ubah", {"name": "Nama Pembeli", "hamlet": "Tala", "level": "2", "village_code": b.TOHE})
    again = get_person(attested.id)
    assert (again.name, again.hamlet, again.village_code) == ("Maria Bere", "Tala", b.MAKIR)


def answer(visitor: Visitor, purpose: str, said: str) -> int:
    page = visitor.get("/akun/persetujuan").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    fields = {"csrf_token": token[1], "untuk": purpose, "jawab": said}
    return visitor.post("/akun/persetujuan", data=fields).status_code


def test_a_consent_is_withdrawn_at_once_and_stays_as_history(
    visitor: Visitor, person: Person, session: Session
) -> None:
    assert answer(visitor, "messages", "tidak") == 303
    given = session.query(Consent).filter_by(person_id=person.id, purpose=Purpose.MESSAGES).one()
    assert given.withdrawn_at == b.NOW
    assert answer(visitor, "messages", "ya") == 303
    assert session.query(Consent).filter_by(person_id=person.id, purpose=Purpose.MESSAGES).count() == 2


def test_withdrawing_the_consent_to_groups_forgets_them(visitor: Visitor, person: Person) -> None:
    assert answer(visitor, "groups", "tidak") == 303
    assert groups_of(person.id) == frozenset()
    assert answer(visitor, "groups", "ya") == 404  # one agrees by naming them


@pytest.mark.parametrize("purpose", ["account", "iklan", ""])
def test_what_is_no_optional_purpose_is_not_answered(visitor: Visitor, purpose: str) -> None:
    assert answer(visitor, purpose, "tidak") == 404


def test_who_has_seen_my_record_is_told_page_by_page_and_to_nobody_else(
    app: Flask, visitor: Visitor, person: Person, session: Session
) -> None:
    helper = b.make_staff(Role.FACILITATOR, b.MAKIR)
    for step in range(25):
        accounts.note_views(helper, [person.id], Seen.CARD, b.NOW + timedelta(hours=step + 1))
    first = visitor.get("/akun/dilihat").text
    assert first.count("Mencetak kartu Anda") == 20
    follow = re.search(r'rel="next" href="([^"]+)"', first)
    assert follow
    assert "Melihat data Anda" in visitor.get(follow[1]).text
    other = app.test_client()
    assert isinstance(other, Visitor)
    assert "Belum ada petugas" in other.sign_in(b.make_person()).get("/akun/dilihat").text


def test_closing_needs_the_tick_and_the_password_and_signs_out(visitor: Visitor, person: Person) -> None:
    assert visitor.submit("/akun/tutup", {"password": b.PASSWORD}).status_code == 422
    assert visitor.submit("/akun/tutup", {"is_understood": "y", "password": "bukan kata sandi"}).status_code == 422
    assert get_person(person.id).closed_at is None
    done = visitor.submit("/akun/tutup", {"is_understood": "y", "password": b.PASSWORD})
    assert (done.status_code, done.location) == (303, "/akun/ditutup")
    assert "cache" in done.headers["Clear-Site-Data"]
    assert "sudah ditutup" in visitor.get("/akun/ditutup").text
    assert visitor.get("/akun").location.startswith("/masuk")
    assert get_person(person.id).closed_at == b.NOW
    sent = {"name": person.card_number, "password": b.PASSWORD}
    assert visitor.submit("/masuk", sent).status_code == 422


def test_staff_are_told_to_give_their_roles_back(client: Visitor, session: Session) -> None:
    b.make_world()
    planner = b.person_of(b.make_staff(Role.PLANNER, b.BELU))
    page = client.sign_in(planner).get("/akun/tutup").text
    assert "Minta administrator mengakhiri peran Anda" in page
    assert "Tutup akun saya" not in page
