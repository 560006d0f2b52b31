"""How the people of the journeys come in: residents confirm who they are, staff show a second factor."""

import re

import pyotp
from flask import Flask

from app.accounts.queries import find_by_card
from app.credentials.actions import set_totp
from app.db.session import session
from app.db.transaction import transaction
from app.messages.actions.outbox import place_of_text
from app.messages.models import Message
from app.vault import open_sealed
from tests import builders as b
from tests.pages import Tab

SECRET = pyotp.random_base32()


def give_factors(cards: list[str]) -> None:
    """Authenticator apps for these people, within a transaction."""
    for card in cards:
        person = find_by_card(card)
        assert person
        set_totp(person, SECRET, b.NOW)


def sign_in(tab: Tab, card: str) -> Tab:
    return tab.fill("Nomor HP atau nomor kartu", card).fill("Kata sandi", b.PASSWORD).press("Masuk")


def open_desk(tab: Tab, app: Flask, path: str) -> Tab:
    """Come to a desk; where it asks for the second factor, show the app's code of the moment."""
    tab.goto(path)
    if tab.path == "/masuk/kedua":
        code = pyotp.TOTP(SECRET).at(app.config["CLOCK"]())
        tab.fill("Kode dari aplikasi", code).press("Lanjutkan")
    return tab


def confirm_oneself(tab: Tab, app: Flask, nik: str) -> None:
    """Enter the NIK, and the code that was sent to one's phone: from now on one may propose and support."""
    tab.goto("/akun").follow("Catat NIK").fill("NIK", nik).press("Catat NIK")
    tab.goto("/akun/hp").press("Kirim kode ke nomor ini")
    tab.fill("Kode enam angka", sent_code(app)).press("Pastikan nomor ini")


def sent_code(app: Flask) -> str:
    """The code in the last message of the outbox."""
    with app.app_context(), transaction():
        message = session.query(Message).order_by(Message.id.desc()).first()
        assert message
        assert message.text_sealed
        text = open_sealed(message.text_sealed, place_of_text(message.key))
    found = re.search(r"(\d{3}) (\d{3})", text)
    assert found, text
    return "".join(found.groups())
