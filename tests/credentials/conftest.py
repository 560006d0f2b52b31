"""What the tests of this room share: the outbox read back, a clock to set, people with confirmed phones."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.db.session import session
from app.messages.actions.outbox import place_of_address, place_of_text
from app.messages.models import Message
from app.vault import open_sealed
from tests import builders as b


@pytest.fixture
def at(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock of the application."""
    return lambda moment: monkeypatch.setitem(app.config, "CLOCK", lambda: moment)


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every Argon2 hash that is computed."""
    done: list[str] = []

    def note(name: str) -> Callable[..., Any]:
        real = getattr(PasswordHasher, name)
        return lambda *args, **options: (done.append(name), real(*args, **options))[1]

    for name in ("hash", "verify"):
        monkeypatch.setattr(PasswordHasher, name, note(name))
    return done


def outbox() -> list[tuple[str, str, bool]]:
    """Address, text, and whether it is ever sent, of every message."""
    rows = session.query(Message).order_by(Message.id).all()
    return [(*read(row), row.expires_at > row.written_at) for row in rows]


def read(row: Message) -> tuple[str, str]:
    address = open_sealed(row.address_sealed or b"", place_of_address(row.key))
    return address, open_sealed(row.text_sealed or b"", place_of_text(row.key))


def sent_code() -> str:
    """The code of the last message."""
    return "".join(outbox()[-1][1].split(". ")[0].split()[-2:])


def with_phone(name: str = "Maria Bere") -> Person:
    """A resident who has confirmed their phone."""
    person = b.make_person(name=name)
    if person.phone_confirmed_at is None:
        accounts.confirm_phone(person, b.NOW)
    return person
