"""Passkeys with a real browser and its virtual authenticator; the address is localhost, to which keys are bound."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import brotli
import pytest
from flask import Flask

from app.accounts.models import SignIn
from app.accounts.rules.sessions import Way
from app.audit.models import AuditEntry
from app.credentials.models import Passkey
from app.db.session import session
from app.db.transaction import transaction
from app.kernel.actor import Role
from app.web.assets import SOURCE
from tests import builders as b
from tests.client import cookie_of
from tests.pages import Tab

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Key:
    """The virtual authenticator of a tab."""

    def __init__(self, tab: Tab) -> None:
        self.cdp = tab.context.new_cdp_session(tab.raw)
        self.cdp.send("WebAuthn.enable")
        self.id = self.send("WebAuthn.addVirtualAuthenticator", options=AUTHENTICATOR)["authenticatorId"]

    def send(self, command: str, **values: Any) -> dict[str, Any]:
        which = {} if "options" in values else {"authenticatorId": self.id}
        answer: dict[str, Any] = self.cdp.send(command, which | values)
        return answer

    def turn_back(self, count: int) -> None:
        """As a copy of the key would be, made when it had been used so often."""
        copied = self.send("WebAuthn.getCredentials")["credentials"][0]
        self.send("WebAuthn.removeCredential", credentialId=copied["credentialId"])
        self.send("WebAuthn.addCredential", credential=copied | {"signCount": count})


@pytest.fixture
def tab(new_tab: Callable[..., Tab]) -> Tab:
    tab = new_tab()
    tab.base_url = tab.base_url.replace("127.0.0.1", "localhost")
    return tab


@pytest.fixture
def key(tab: Tab) -> Key:
    return Key(tab)


@pytest.fixture
def holder(live_app: Flask, tab: Tab) -> int:
    """An administrator without a second factor, signed in with a password in the tab."""
    with live_app.app_context(), transaction():
        b.make_world()
        person = b.person_of(b.make_staff(Role.ADMINISTRATOR, b.BELU))
        tab.context.add_cookies([cookie_of(live_app, person, tab.base_url)])
        session.query(SignIn).update({"factor_at": None})
        return person.id


def add_key(tab: Tab) -> None:
    tab.goto("/akun/pengaman/kunci").fill("Nama kunci", "HP saya").press("Buat kunci")
    assert tab.path == "/akun/pengaman"


def sign_in(tab: Tab, status: int = 200) -> Any:
    tab.context.clear_cookies()
    tab.goto("/masuk/kunci")
    with tab.expect_request(lambda request: request.method == "POST") as sent:
        tab.press("Masuk dengan kunci", status)
    return sent.value


def seen(live_app: Flask, act: str) -> int:
    with live_app.app_context():
        return session.query(AuditEntry).filter_by(act=act).count()


def test_a_key_is_made_signs_in_twice_and_counts_as_both_factors(
    live_app: Flask, tab: Tab, key: Key, holder: int
) -> None:
    add_key(tab)
    tab.goto("/admin/")
    for count in (2, 3):
        sign_in(tab)
        assert tab.path == "/akun"
        tab.goto("/admin/")
        with live_app.app_context():
            begun = session.query(SignIn).order_by(SignIn.id.desc()).first()
            assert begun
            assert (begun.way, begun.factor_at, begun.person_id) == (Way.PASSKEY, b.NOW, holder)
            assert session.query(Passkey).one().sign_count == count
    assert seen(live_app, "use_passkey") == 2


def test_a_key_is_the_second_factor_after_a_password(live_app: Flask, tab: Tab, key: Key, holder: int) -> None:
    add_key(tab)
    with live_app.app_context(), transaction():
        session.query(SignIn).update({"factor_at": None})
    tab.goto("/admin/")
    assert tab.path == "/masuk/kedua"
    tab.press("Pakai kunci di perangkat ini")
    assert tab.path == "/admin/"


def test_an_answer_is_taken_once_whoever_brings_it(live_app: Flask, tab: Tab, key: Key, holder: int) -> None:
    add_key(tab)
    tab.context.clear_cookies()
    tab.goto("/masuk/kunci")
    cookies = {cookie["name"]: cookie["value"] for cookie in tab.context.cookies()}
    with tab.expect_request(lambda request: request.method == "POST") as sent:
        tab.press("Masuk dengan kunci")
    answer = {name: values[0] for name, values in parse_qs(sent.value.post_data).items()}
    thief = live_app.test_client()
    host = tab.base_url.removeprefix("http://")
    for name, value in cookies.items():
        thief.set_cookie(name, value, domain="localhost")
    again = thief.post("/masuk/kunci", data=answer, base_url=f"http://{host}")
    assert again.status_code == 422
    assert "Kunci ini tidak diterima" in again.text
    fresh = thief.get("/masuk/kunci", base_url=f"http://{host}")
    assert fresh.status_code == 200
    assert thief.post("/masuk/kunci", data=answer, base_url=f"http://{host}").status_code == 422, "another challenge"


def test_a_copied_key_is_refused_and_written_down(live_app: Flask, tab: Tab, key: Key, holder: int) -> None:
    add_key(tab)
    sign_in(tab)
    key.turn_back(1)
    sign_in(tab, 422)
    assert "tampak disalin" in tab.words
    assert seen(live_app, "refuse_passkey") == 1


def test_a_key_nobody_has_unlocked_says_what_to_do(tab: Tab, key: Key, holder: int) -> None:
    add_key(tab)
    key.send("WebAuthn.setUserVerified", isUserVerified=False)
    tab.context.clear_cookies()
    tab.goto("/masuk/kunci")
    tab.get_by_role("button", name="Masuk dengan kunci").click()
    tab.get_by_text("Kunci tidak jadi dipakai").wait_for()


def test_a_key_of_somebody_forgotten_opens_nothing(live_app: Flask, tab: Tab, key: Key, holder: int) -> None:
    add_key(tab)
    with live_app.app_context(), transaction():
        session.query(Passkey).delete()
    sign_in(tab, 422)
    assert "Kunci ini tidak diterima" in tab.words


def test_without_a_script_the_page_says_what_to_do(live_app: Flask, new_tab: Callable[..., Tab]) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
    tab = new_tab(java_script_enabled=False)
    tab.goto("/masuk/kunci")
    assert "Kunci memerlukan JavaScript" in tab.content()
    tab.press("Masuk dengan kunci", 422)
    assert "Peramban ini tidak dapat memakai kunci" in tab.words


def test_the_script_is_small() -> None:
    assert len(brotli.compress((SOURCE / "passkey.js").read_bytes())) <= 2048
