"""Second factors: the app's codes, recovery codes, and the pages that ask for them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import vault
from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.credentials import actions, queries
from app.credentials.actions import Outcome
from app.credentials.models import Passkey
from app.credentials.rules.factors import WRONG
from app.credentials.rules.texts import FACTOR_CHANGED
from app.kernel.actor import Role
from tests import builders as b
from tests.client import Visitor
from tests.credentials.conftest import outbox

At = Callable[[datetime], None]
STEP = timedelta(seconds=30)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
DESK = "/admin/"


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


@pytest.fixture
def holder() -> Person:
    """An administrator with an authenticator app."""
    person = b.person_of(b.make_staff(Role.ADMINISTRATOR, b.BELU))
    actions.set_totp(person, SECRET, b.NOW)
    return person


def code_at(moment: datetime = b.NOW) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def show(client: Visitor, code: str) -> TestResponse:
    return client.submit(f"/masuk/kedua?next={DESK}", {"code": code}, action=None)


def test_the_desk_opens_with_the_second_factor_under_a_new_session_id(client: Visitor, holder: Person) -> None:
    client.sign_in(holder, has_factor=False)
    assert client.get(DESK).location == f"/masuk/kedua?next={DESK}"
    with client.session_transaction() as cookie:
        before = cookie["_user_id"]
    assert show(client, code_at()).location == DESK
    with client.session_transaction() as cookie:
        after = cookie["_user_id"]
    assert client.get(DESK).status_code == 200
    assert after != before
    with client.session_transaction() as cookie:
        cookie["_user_id"] = before
    assert client.get(DESK).location.startswith("/masuk?")


def test_a_code_of_the_app_is_good_once(client: Visitor, holder: Person, at: At) -> None:
    show(client.sign_in(holder, has_factor=False), code_at())
    client.sign_in(holder, has_factor=False)
    again = show(client, code_at())
    assert again.status_code == 422
    assert "sudah dipakai" in again.text
    assert "sudah dipakai" in show(client, code_at(b.NOW - STEP)).text, "nor one from before it"
    at(b.NOW + STEP)
    assert show(client, code_at(b.NOW + STEP)).status_code == 303


def test_five_wrong_codes_and_the_right_one_waits(client: Visitor, holder: Person, at: At, session: Session) -> None:
    client.sign_in(holder, has_factor=False)
    for _ in range(WRONG.most):
        assert "tidak cocok" in show(client, "000000").text
    assert "Terlalu sering" in show(client, code_at()).text
    assert session.query(AuditEntry).filter_by(act="too_often").count() == 1
    later = b.NOW + WRONG.window
    at(later)
    client.sign_in(holder, has_factor=False)
    assert show(client, code_at(later)).status_code == 303


def test_right_codes_are_not_counted_against_anybody(holder: Person) -> None:
    actor = b.actor_of(holder)
    for step in range(WRONG.most * 2):
        moment = b.NOW.replace(minute=0) + step * STEP
        assert actions.count_factor_try(actor, moment) is None
        assert actions.use_factor(actor, code_at(moment), moment) is Outcome.RIGHT


def test_a_recovery_code_opens_once(client: Visitor, holder: Person) -> None:
    codes = actions.renew_recovery_codes(b.actor_of(holder), holder, b.NOW)
    assert queries.recovery_codes_left(holder.id) == 8
    assert show(client.sign_in(holder, has_factor=False), codes[0].upper()).location == DESK
    assert queries.recovery_codes_left(holder.id) == 7
    assert "sudah dipakai" in show(client.sign_in(holder, has_factor=False), codes[0]).text


def test_somebody_else_s_recovery_code_opens_nothing(holder: Person) -> None:
    other = b.make_person()
    code = actions.renew_recovery_codes(b.actor_of(other), other, b.NOW)[0]
    assert actions.use_factor(b.actor_of(holder), code, b.NOW) is Outcome.WRONG


def test_new_recovery_codes_are_shown_once_and_replace_the_old(client: Visitor, holder: Person) -> None:
    old = actions.renew_recovery_codes(b.actor_of(holder), holder, b.NOW)[0]
    page = client.sign_in(holder).submit("/akun/pengaman/cadangan", action="/akun/pengaman/cadangan").text
    shown = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", page)
    assert len(set(shown)) == 8
    assert actions.use_factor(b.actor_of(holder), old, b.NOW) is Outcome.WRONG
    assert actions.use_factor(b.actor_of(holder), shown[0], b.NOW) is Outcome.RIGHT
    assert shown[1] not in client.get("/akun/pengaman/cadangan").text


def test_who_has_no_factor_is_led_to_set_one_up_and_is_in(client: Visitor, session: Session) -> None:
    person = b.person_of(b.make_staff(Role.ADMINISTRATOR, b.BELU))
    client.sign_in(person, has_factor=False)
    assert client.get(f"/masuk/kedua?next={DESK}").location == "/akun/pengaman"
    page = client.get("/akun/pengaman/aplikasi").text
    secret = "".join(re.findall(r'<b class="num">([A-Z2-7 ]+)</b>', page)[0].split())
    assert "tidak cocok" in client.submit("/akun/pengaman/aplikasi", {"code": "000000"}).text
    assert client.submit("/akun/pengaman/aplikasi", {"code": pyotp.TOTP(secret).at(b.NOW)}).status_code == 303
    assert client.get(DESK).status_code == 200
    assert queries.totp_secret_of(person.id) == secret
    assert outbox() == [(person.phone, FACTOR_CHANGED, True)]
    assert session.query(AuditEntry).filter_by(act="add_totp").count() == 1


def test_who_has_a_factor_shows_it_before_changing_any(client: Visitor, holder: Person) -> None:
    client.sign_in(holder, has_factor=False)
    for page in ("/akun/pengaman", "/akun/pengaman/aplikasi", "/akun/pengaman/kunci", "/akun/pengaman/cadangan"):
        assert client.get(page).location == f"/masuk/kedua?next={page}"


def test_staff_keep_their_last_factor(client: Visitor, holder: Person, session: Session) -> None:
    client.sign_in(holder)
    remove = "/akun/pengaman/aplikasi/hapus"
    client.submit(remove)
    assert queries.totp_of(holder.id)
    assert "pengaman terakhir" in client.get("/akun/pengaman").text
    session.add(
        Passkey(person_id=holder.id, credential_id=b"1", public_key=b"1", sign_count=0, name="HP", added_at=b.NOW)
    )
    session.flush()
    client.submit(remove)
    assert queries.totp_of(holder.id) is None


def test_nobody_removes_another_s_key(client: Visitor, holder: Person, session: Session) -> None:
    other = b.make_person()
    key = Passkey(person_id=other.id, credential_id=b"2", public_key=b"1", sign_count=0, name="HP", added_at=b.NOW)
    session.add(key)
    session.flush()
    assert client.sign_in(holder).submit(f"/akun/pengaman/kunci/{key.id}/hapus").status_code == 404
    assert queries.find_passkey(b"2")


def test_no_code_is_shown_outside_the_demonstration(client: Visitor, holder: Person) -> None:
    page = client.sign_in(holder, has_factor=False).get("/masuk/kedua").text
    assert "peragaan" not in page
    assert not re.search(r"\b\d{3} ?\d{3}\b", page.split("<main")[1])


@pytest.fixture
def demonstration(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], environment="demonstration"))


@pytest.mark.usefixtures("demonstration")
def test_the_demonstration_shows_a_code_that_opens_the_desk_again_and_again(client: Visitor, holder: Person) -> None:
    for _ in range(3):
        page = client.sign_in(holder, has_factor=False).get("/masuk/kedua").text
        shown = re.findall(r"Kode Anda sekarang: (\d{3} \d{3})", page)
        assert show(client, shown[0]).location == DESK


@pytest.mark.parametrize("environment", ["production", "development", "test"])
def test_only_the_demonstration_is_one(
    app: Flask, client: Visitor, holder: Person, monkeypatch: pytest.MonkeyPatch, environment: str
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], environment=environment))
    assert "peragaan" not in client.sign_in(holder, has_factor=False).get("/masuk/kedua").text


def test_the_secret_is_sealed_and_stays_out_of_cookie_and_log(client: Visitor, session: Session) -> None:
    person = b.person_of(b.make_staff(Role.ADMINISTRATOR, b.BELU))
    page = client.sign_in(person, has_factor=False).get("/akun/pengaman/aplikasi").text
    secret = "".join(re.findall(r'<b class="num">([A-Z2-7 ]+)</b>', page)[0].split())
    with client.session_transaction() as cookie:
        assert secret not in str(dict(cookie))
    client.submit("/akun/pengaman/aplikasi", {"code": pyotp.TOTP(secret).at(b.NOW)})
    row = queries.totp_of(person.id)
    assert row
    assert secret.encode() not in row.secret_sealed
    assert secret not in str([entry.facts for entry in session.query(AuditEntry)])


def test_a_lent_browser_shows_nobody_s_ways_in(client: Visitor, session: Session) -> None:
    from app.accounts.models import SignIn

    facilitator, resident = b.make_staff(Role.FACILITATOR, b.MAKIR), b.make_person()
    client.sign_in(b.person_of(facilitator))
    session.query(SignIn).update({"kiosk_for_id": resident.id, "kiosk_pin": "x"})
    for page in ("/akun/hp", "/akun/pengaman", "/masuk/kedua"):
        assert client.get(page).status_code in (403, 303)


def test_secrets_are_sealed_with_the_newest_key(app: Flask, holder: Person, session: Session) -> None:
    keyring = app.config["SETTINGS"].keyring
    try:
        vault.configure(replace(keyring, fields={**keyring.fields, 2: "g" * 32}))
        session.commit()
        told = app.test_cli_runner().invoke(args=["credentials", "reseal"])
        assert "1 disegel ulang" in told.output
        session.expire_all()
        vault.configure(replace(keyring, fields={2: "g" * 32}))
        assert queries.totp_secret_of(holder.id) == SECRET
        assert actions.reseal_secrets() == 0
    finally:
        vault.configure(keyring)
