"""Writing messages: with their cause or not at all, once, and sealed."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.db.session import db
from app.db.transaction import transaction
from app.messages import actions
from app.messages.models import Message
from app.messages.rules import Channel, Kind, MessageStatus
from tests import builders as b

PHONE, TEXT = "+6281234567890", "Kode masuk Anda 123456."


def write(key: str = "code:1", **options: timedelta) -> Message:
    return actions.write(Channel.PHONE, PHONE, Kind.CODE, TEXT, key, b.NOW, **options)


def test_a_message_waits_sealed_in_the_outbox(session: Session) -> None:
    message = write(lives_for=timedelta(minutes=5))
    assert (message.status, message.due_at, message.attempts) == (MessageStatus.QUEUED, b.NOW, 0)
    assert message.expires_at == b.NOW + timedelta(minutes=5)
    row = str(session.execute(text("SELECT * FROM messages")).one())
    assert PHONE[3:] not in row
    assert "123456" not in row


def test_the_same_key_twice_is_one_message(session: Session) -> None:
    assert write().id == write().id
    assert len(session.scalars(select(Message)).all()) == 1


@pytest.mark.parametrize("key", ["", "has space", "new\nline", "k" * 65, "kunci•"])
def test_a_key_that_no_header_could_carry_is_refused(session: Session, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        write(key)


def test_without_its_cause_there_is_no_message(live_app: Flask) -> None:
    def fails() -> None:
        with transaction():
            write()
            raise LookupError

    with live_app.app_context():
        with pytest.raises(LookupError):
            fails()
        assert db.session.scalars(select(Message)).all() == []


def test_many_at_once_with_the_same_key_write_one(live_app: Flask, at_once) -> None:
    def work(index: int) -> int:
        with transaction():
            return write().id

    assert len(set(at_once(work, 8))) == 1
