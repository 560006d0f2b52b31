"""Signing in and out, and the devices of a person, as a visitor sees them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import brotli
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import actions
from app.accounts.models import Person, SignIn
from app.kernel.actor import CONSOLE, Role
from tests import builders as b
from tests.client import Visitor

CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/128.0.0.0 Mobile Safari/537.36"


class Clock:
    """A clock that the test sets."""

    now = b.NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The regions, and their clock."""
    b.make_regions()
    clock = Clock()
    monkeypatch.setitem(app.config, "CLOCK", clock)  # type: ignore[arg-type]
    return clock


@pytest.fixture
def person(clock: Clock) -> Person:
    return b.make_person()


def sign_in(visitor: Visitor, person: Person, **answers: str | None) -> str:
    """Sign in by the form; the Set-Cookie header."""
    sent = {"name": person.card_number, "password": b.PASSWORD} | answers
    response = visitor.submit("/masuk", sent)
    assert response.status_code == 303, response.text
    return response.headers["Set-Cookie"]


def other_browser(app: Flask) -> Visitor:
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    return visitor


def test_on_a_shared_phone_the_cookie_goes_with_the_browser_and_the_session_after_a_quarter_of_an_hour(
    client: Visitor, person: Person, clock: Clock
) -> None:
    cookie = sign_in(client, person)
    assert "Expires" not in cookie
    assert "HttpOnly" in cookie
    clock.now += timedelta(minutes=14)
    assert client.get("/akun").status_code == 200
    clock.now += timedelta(minutes=14)
    assert client.get("/akun").status_code == 200
    clock.now += timedelta(minutes=15)
    assert client.get("/akun").location == "/masuk?next=/akun"


def test_on_an_own_phone_one_stays_signed_in_for_a_month(
    app: Flask, client: Visitor, person: Person, clock: Clock
) -> None:
    page = client.get("/masuk")
    assert "checked" in page.text
    token = page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    response = client.post(
        "/masuk", data={"name": person.card_number, "password": b.PASSWORD, "csrf_token": token, "next": ""}
    )
    assert "Expires" in response.headers["Set-Cookie"]
    clock.now += timedelta(days=29)
    assert client.get("/akun").status_code == 200
    clock.now += timedelta(days=1)
    assert client.get("/akun").status_code == 303


def test_who_was_signed_out_while_writing_gets_the_text_back(client: Visitor, person: Person, clock: Clock) -> None:
    b.make_misi()
    b.make_cycle()
    sign_in(client, person)
    page, text = client.get("/belu/usulan/baru?sekaligus=1"), "Warga berjalan dua kilometer untuk mengambil air."
    assert page.status_code == 200
    clock.now += timedelta(minutes=20)
    token = page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    sent = client.post("/belu/usulan/baru", data={"csrf_token": token, "problem": text})
    assert sent.status_code == 400
    assert text in sent.text
    assert "Buka halamannya lagi" in sent.text
    assert client.get("/belu/usulan/baru").location == "/masuk?next=/belu/usulan/baru"


def test_staff_are_signed_out_after_half_an_hour_whatever_they_ticked(
    client: Visitor, person: Person, clock: Clock
) -> None:
    actions.grant(CONSOLE, person, Role.MODERATOR, b.BELU, b.NOW)
    client.sign_in(person)
    clock.now += timedelta(minutes=29)
    assert client.get("/meja/").status_code == 200
    clock.now += timedelta(minutes=30)
    assert client.get("/meja/").status_code == 303


def test_signing_in_gives_a_new_id_and_ends_the_old_one(session: Session, client: Visitor, person: Person) -> None:
    sign_in(client, person)
    before = session.query(SignIn.digest).scalar()
    sign_in(client, person)
    assert session.query(SignIn).count() == 1
    assert session.query(SignIn.digest).scalar() != before


def test_a_copied_cookie_is_worthless_after_signing_out(app: Flask, client: Visitor, person: Person) -> None:
    cookie = sign_in(client, person).partition(";")[0]
    assert client.submit("/akun", action="/keluar").status_code == 303
    assert client.get("/akun", headers={"Cookie": cookie}).status_code == 303


@pytest.mark.parametrize("forged", ["1.0", "", "x" * 5000, "' OR 1=1 --"])
def test_an_id_of_ones_own_making_signs_nobody_in(client: Visitor, person: Person, forged: str) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = forged
    assert client.get("/akun").status_code == 303


def test_the_devices_of_a_person_are_listed_and_can_be_signed_out(app: Flask, client: Visitor, person: Person) -> None:
    phone = other_browser(app)
    phone.environ_base["HTTP_USER_AGENT"] = CHROME
    sign_in(phone, person)
    other_browser(app).sign_in(b.make_person(name="Orang lain"))
    client.sign_in(person)
    page = client.get("/akun/perangkat").text
    assert "Chrome di Android" in page
    assert page.count("Perangkat ini") == 1
    assert page.count("Keluarkan</button>") == 1
    number = page.split('name="keluarkan" value="')[1].split('"')[0]
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    ended = client.post("/akun/perangkat", data={"keluarkan": number, "csrf_token": token})
    assert ended.status_code == 303
    assert phone.get("/akun").status_code == 303
    page = client.get("/akun/perangkat").text
    assert "Perangkat itu sudah keluar." in page
    assert "Anda hanya masuk di perangkat ini." in page


def test_all_other_devices_are_signed_out_at_once(app: Flask, client: Visitor, person: Person) -> None:
    others = [other_browser(app).sign_in(person) for _ in range(2)]
    page = client.sign_in(person).get("/akun/perangkat").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/akun/perangkat", data={"keluarkan": "lain", "csrf_token": token})
    assert [other.get("/akun").status_code for other in others] == [303, 303]
    assert client.get("/akun").status_code == 200
    assert client.post("/akun/perangkat", data={"keluarkan": "x", "csrf_token": token}).status_code == 404


def test_the_password_is_asked_again_and_leads_back(client: Visitor, person: Person) -> None:
    client.sign_in(person)
    wrong = client.submit("/masuk/ulang?next=/akun/perangkat", {"password": "bukan ini"})
    assert wrong.status_code == 422
    assert "Kata sandi tidak cocok" in wrong.text
    right = client.submit("/masuk/ulang?next=/akun/perangkat", {"password": b.PASSWORD})
    assert right.location == "/akun/perangkat"
    away = client.submit("/masuk/ulang?next=//example.org/", {"password": b.PASSWORD})
    assert away.location == "/akun"


def test_a_page_writes_at_most_once_a_minute(
    client: Visitor, person: Person, clock: Clock, queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    client.sign_in(person)
    writes = []
    for _ in range(3):
        clock.now += timedelta(seconds=30)
        with queries() as sent:
            assert client.get("/akun/perangkat").status_code == 200
        writes.append(sum(text.startswith("UPDATE") for text in sent))
        assert len(sent) <= 8
    assert writes == [0, 1, 0]


@pytest.mark.parametrize("address", ["/masuk", "/masuk/ulang", "/akun/perangkat"])
def test_the_pages_are_light_and_in_english_too(client: Visitor, person: Person, address: str) -> None:
    client.sign_in(person)
    page = client.get(f"{address}?lang=en")
    assert page.status_code == 200
    assert "perangkat" not in page.text.replace("/akun/perangkat", "").lower()
    assert len(brotli.compress(page.data, quality=5)) <= 4096


def test_a_new_password_signs_out_every_other_browser_and_keeps_this_one(
    app: Flask, client: Visitor, session: Session
) -> None:
    b.make_world()
    person = b.make_person()
    other = app.test_client().sign_in(person)
    client.sign_in(person)
    for weak in ("pendek", person.phone or "", "aaaaaaaaa"):
        assert client.submit("/akun/sandi", {"password": weak}).status_code == 422
    assert client.submit("/akun/sandi", {"password": "kuda putih lari"}).location == "/akun"
    assert "sudah diganti" in client.get("/akun").text
    assert other.get("/akun").status_code == 303
    assert actions.check_sign_in(person.card_number, "kuda putih lari", "", b.NOW) is not None


def test_whoever_registers_on_the_way_to_writing_comes_back_to_it(client: Visitor, session: Session) -> None:
    b.make_world()
    asked = client.get("/belu/usulan/baru").location
    register = re.search(r'href="(/daftar\?next=[^"]+)"', client.get(asked).text)
    assert register is not None
    village = {"name": "Ana Mau", "phone": "0812 3456 7890", "village": b.MAKIR, "password": b.PASSWORD}
    answer = client.submit(register.group(1), village | {"consent": "y"})
    assert answer.location == "/belu/usulan/baru"
    assert "Akun Anda sudah jadi" in client.get(answer.location).text


@pytest.mark.parametrize("is_staff", [False, True])
def test_the_account_is_small_and_quick(
    client: Visitor, session: Session, queries: Callable[[], AbstractContextManager[list[str]]], is_staff: bool
) -> None:
    b.make_world()
    person = b.make_person(attested=True)
    b.make_draft(person)
    b.make_published(person)
    if is_staff:
        b.grant_role(person, Role.FACILITATOR, b.MAKIR)
    client.sign_in(person)
    with queries() as sent:
        shown = client.get("/akun")
    assert len(sent) <= 8, sent
    assert len(brotli.compress(shown.data, quality=5)) <= 4096
