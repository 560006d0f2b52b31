"""One-time codes: what opens, what does not, and that nothing tells whether a phone has an account."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts import actions as accounts
from app.accounts.models import SignIn
from app.accounts.rules import MAX_PER_PHONE
from app.accounts.rules.sessions import Way
from app.audit.models import AuditEntry
from app.credentials import actions
from app.credentials.models import OneTimeCode
from app.credentials.rules import Use
from app.credentials.rules.codes import BUDGET, LASTS, MOST_TRIES, PER_ADDRESS, PER_DAY, PER_QUARTER
from app.credentials.rules.texts import HOUSEHOLD, PHONE_CHANGED
from app.kernel.actor import Level
from tests import builders as b
from tests.client import Visitor
from tests.credentials.conftest import outbox, sent_code, with_phone

At = Callable[[datetime], None]
MINUTE = timedelta(minutes=1)
NOBODYS = "+6281399999999"
OVER = "tidak berlaku lagi"
WRONG = "Kode tidak cocok"


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


def ask(client: Visitor, phone: str | None) -> TestResponse:
    return client.submit("/masuk/kode", {"phone": phone})


def type_in(client: Visitor, code: str) -> TestResponse:
    return client.submit("/masuk/kode/isi", {"code": code})


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def signed_in(client: Visitor) -> bool:
    return client.get("/akun").status_code == 200


def test_a_code_signs_in_and_says_nothing_of_the_password(client: Visitor, session: Session) -> None:
    person = with_phone()
    assert ask(client, person.phone).location == "/masuk/kode/isi"
    assert outbox() == [(person.phone, outbox()[0][1], True)]
    assert type_in(client, sent_code()).location == "/akun"
    assert signed_in(client)
    begun = session.query(SignIn).one()
    assert (begun.person_id, begun.way, begun.confirmed_at) == (person.id, Way.CODE, None)
    assert client.get("/akun/hp/ganti").location.startswith("/masuk/ulang")
    assert client.get("/akun/sandi").location.startswith("/masuk/ulang")


def test_a_code_is_good_once(client: Visitor, app: Flask) -> None:
    person = with_phone()
    ask(client, person.phone)
    with client.session_transaction() as cookie:
        asked = list(cookie["code_asked"])
    code = sent_code()
    type_in(client, code)
    client.post("/keluar", data={"csrf_token": "x"})
    thief = app.test_client()
    assert isinstance(thief, Visitor)
    with thief.session_transaction() as cookie:
        cookie["code_asked"] = asked
    answer = type_in(thief, code)
    assert answer.status_code == 422
    assert OVER in answer.text


def test_a_code_lasts_five_minutes(client: Visitor, at: At) -> None:
    for age, is_good in ((LASTS, False), (LASTS - timedelta(seconds=1), True)):
        person = with_phone()
        at(b.NOW)
        ask(client, person.phone)
        at(b.NOW + age)
        assert (type_in(client, sent_code()).status_code == 303) is is_good


def test_five_tries_and_the_right_code_opens_nothing(client: Visitor) -> None:
    ask(client, with_phone().phone)
    code = sent_code()
    for _ in range(MOST_TRIES):
        assert WRONG in type_in(client, wrong(code)).text
    assert OVER in type_in(client, code).text


def test_only_the_newest_code_lives(client: Visitor, app: Flask, at: At) -> None:
    phone, other = with_phone().phone, app.test_client()
    assert isinstance(other, Visitor)
    ask(client, phone)
    first = sent_code()
    at(b.NOW + 2 * MINUTE)
    ask(other, phone)
    assert OVER in type_in(client, first).text
    assert type_in(other, sent_code()).status_code == 303


def test_a_code_is_bound_to_the_browser_that_asked(client: Visitor, app: Flask) -> None:
    other = app.test_client()
    assert isinstance(other, Visitor)
    ask(client, with_phone("Maria Bere").phone)
    code = sent_code()
    ask(other, with_phone("Yosef Mau").phone)
    assert WRONG in type_in(other, code).text
    assert app.test_client().get("/masuk/kode/isi").status_code == 303


def test_a_code_is_bound_to_its_use_and_its_phone(session: Session) -> None:
    person = with_phone()
    actions.send_sign_in_code(person.phone or "", "a", b.NOW)
    code = sent_code()
    assert actions.use_code(Use.CONFIRM_PHONE, "a", code, b.NOW).refusal
    accounts.change_phone(b.actor_of(person), person, "+6281377777777", b.NOW)
    assert actions.use_code(Use.SIGN_IN, "a", code, b.NOW).refusal
    assert {entry.act for entry in session.query(AuditEntry).filter(AuditEntry.act.like("%code%"))} == {"refuse_code"}


def test_nothing_of_a_code_can_be_read_in_the_database(session: Session) -> None:
    person = with_phone()
    actions.send_sign_in_code(person.phone or "", "a", b.NOW)
    row = session.query(OneTimeCode).one()
    kept = " ".join(str(getattr(row, column.name)) for column in OneTimeCode.__table__.columns)
    assert sent_code() not in kept
    assert str(person.phone).lstrip("+") not in kept


def test_a_household_is_told_to_use_the_password(client: Visitor) -> None:
    person, other = with_phone("Maria Bere"), with_phone("Yosef Mau")
    accounts.change_phone(b.actor_of(other), other, person.phone, b.NOW)
    accounts.confirm_phone(other, b.NOW)
    ask(client, person.phone)
    assert outbox()[-1] == (person.phone, HOUSEHOLD, True)


def test_a_phone_that_was_only_typed_gets_no_code(client: Visitor) -> None:
    person = b.make_person()
    accounts.change_phone(b.actor_of(person), person, NOBODYS, b.NOW)
    assert ask(client, NOBODYS).status_code == 303
    assert [is_sent for _to, _text, is_sent in outbox()] == [False]
    assert WRONG in type_in(client, sent_code()).text


def test_answer_and_work_are_the_same_with_an_account_and_without(
    app: Flask, queries: Callable[[], AbstractContextManager[list[str]]], hashes: list[str]
) -> None:
    single, shared, second = with_phone("Maria Bere"), with_phone("Yosef Mau"), with_phone("Ana Bere")
    accounts.change_phone(b.actor_of(second), second, shared.phone, b.NOW)
    accounts.confirm_phone(second, b.NOW)
    seen = []
    for phone in (single.phone, shared.phone, NOBODYS):
        visitor = app.test_client()
        assert isinstance(visitor, Visitor)
        with queries() as statements:
            asked = ask(visitor, phone)
        with queries() as more:
            typed = type_in(visitor, "000000")
        texts = (asked.text, typed.text.split("csrf_token")[0])
        seen.append((asked.status_code, typed.status_code, texts, len(statements), len(more), list(hashes)))
    assert seen[0] == seen[1] == seen[2]
    assert hashes == []


def test_codes_go_to_indonesian_phones_only(client: Visitor) -> None:
    answer = ask(client, "+670 7712 3456")
    assert answer.status_code == 422
    assert "hanya dikirim ke nomor Indonesia" in answer.text
    assert outbox() == []


def test_a_minute_between_two_codes_three_a_quarter_five_a_day(client: Visitor, at: At) -> None:
    phone, day = with_phone().phone, b.NOW.replace(hour=1, minute=0, second=30)
    sent = []
    for minutes in (0, 0.5, 0.98, 1, 2, 3, 16, 17, 18, 40):
        at(day + minutes * MINUTE)
        sent.append(ask(client, phone).status_code == 303)
    assert sent == [True, False, False, True, True, False, True, True, False, False]
    assert (PER_QUARTER.most, PER_DAY.most) == (3, 5)


def test_the_same_limits_hold_for_phones_without_an_account(client: Visitor) -> None:
    assert [ask(client, NOBODYS).status_code for _ in range(2)] == [303, 422]


def test_an_address_asks_for_so_many_and_no_more(client: Visitor) -> None:
    answers = [ask(client, f"08135{number:07d}").status_code for number in range(PER_ADDRESS.most + 1)]
    assert answers == [303] * PER_ADDRESS.most + [422]


def test_when_the_day_s_budget_is_spent_nothing_is_sent_and_the_log_says_so(
    client: Visitor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.credentials.actions.codes.BUDGET", replace(BUDGET, most=1))
    assert ask(client, NOBODYS).status_code == 303
    assert ask(client, with_phone().phone).status_code == 303
    answer = ask(client, "+6281388888888")
    assert answer.status_code == 422
    assert "Hari ini kode tidak bisa dikirim lagi" in answer.text
    assert session.query(AuditEntry).filter_by(act="codes_spent").count() == 1


def test_confirming_one_s_phone_lifts_the_level(client: Visitor, session: Session) -> None:
    person = b.make_person()
    accounts.change_phone(b.actor_of(person), person, NOBODYS, b.NOW)
    person.level = Level.REGISTERED
    client.sign_in(person)
    assert client.submit("/akun/hp", action="/akun/hp/kode").location == "/akun/hp/isi"
    code = sent_code()
    assert WRONG in confirm(client, wrong(code)).text
    assert confirm(client, code).location == "/akun/hp"
    session.refresh(person)
    assert person.phone_confirmed_at == b.NOW


def confirm(client: Visitor, code: str) -> TestResponse:
    page = client.get("/akun/hp/isi").text
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    return client.post("/akun/hp/isi", data={"csrf_token": token, "code": code})


def test_a_full_household_shows_only_after_the_right_code(client: Visitor) -> None:
    for number in range(MAX_PER_PHONE):
        member = with_phone(f"Warga {'abcdef'[number]}")
        accounts.change_phone(b.actor_of(member), member, NOBODYS, b.NOW)
        accounts.confirm_phone(member, b.NOW)
    person = b.make_person()
    accounts.change_phone(b.actor_of(person), person, NOBODYS, b.NOW)
    client.sign_in(person).submit("/akun/hp", action="/akun/hp/kode")
    code = sent_code()
    assert "sudah dipakai 6 akun" not in confirm(client, wrong(code)).text
    assert "sudah dipakai 6 akun" in confirm(client, code).text


def test_the_old_phone_is_told_of_the_new_one(client: Visitor, session: Session) -> None:
    person = with_phone()
    old = person.phone
    client.sign_in(person).submit("/akun/hp/ganti", {"phone": "0813 9999 9999"})
    session.refresh(person)
    assert (person.phone, person.phone_confirmed_at) == (NOBODYS, None)
    assert outbox() == [(old, PHONE_CHANGED, True)]


def test_a_phone_can_be_taken_away(client: Visitor, session: Session) -> None:
    person = with_phone()
    client.sign_in(person).submit("/akun/hp/hapus", action="")
    session.refresh(person)
    assert person.phone is None


def test_the_log_holds_no_code_and_no_phone(
    client: Visitor, caplog: pytest.LogCaptureFixture, session: Session
) -> None:
    caplog.set_level(logging.DEBUG)
    person = with_phone()
    ask(client, person.phone)
    code = sent_code()
    type_in(client, wrong(code))
    type_in(client, code)
    said = caplog.text + str([(entry.act, entry.subject, entry.facts) for entry in session.query(AuditEntry)])
    for secret in (code, f"{code[:3]} {code[3:]}", str(person.phone), str(person.phone)[3:]):
        assert secret not in said
