"""Receipts: only from who knows the secret, as often and in whatever order they come, and without telling anything."""

import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.transaction import transaction
from app.messages import actions
from app.messages.actions.delivery import deliver
from app.messages.actions.gateways.https import HttpsGateway
from app.messages.models import Message
from app.messages.rules import Channel, Kind, MessageStatus
from app.messages.rules.answers import ReceiptSettings
from app.messages.rules.gateways import MessageSettings
from tests import builders as b
from tests.client import Visitor
from tests.messages import provider as p
from tests.messages.conftest import Clock

ADDRESS, SECRET = "/pesan/tanda-terima/https", "a-secret-of-both"
SIGNED = ReceiptSettings(hmac_key=SECRET)


@pytest.fixture
def set_receipts(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    def choose(receipts: ReceiptSettings | None) -> None:
        messages = MessageSettings(receipts=receipts)
        monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], messages=messages))

    choose(SIGNED)
    return choose


@pytest.fixture
def sent(session: Session, provider: p.Provider, clock: Clock) -> Message:
    """A notice that the provider has taken, as id-of-notice:1."""
    with transaction():
        actions.write(Channel.PHONE, "+6281234567890", Kind.NOTICE, "Usulan Anda terbit.", "notice:1", b.NOW)
    deliver({Channel.PHONE: HttpsGateway(provider.settings())}, clock)
    return session.scalars(select(Message)).one()


def tell(client: Visitor, content: Any, secret: str = SECRET, **headers: str) -> int:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    sent = {"Content-Type": "application/json", "X-Signature": f"sha256={signature}"} | headers
    return client.post(ADDRESS, data=body, headers=sent).status_code


def receipt(status: str, of: str = "id-of-notice:1") -> dict[str, str]:
    return {"id": of, "status": status}


def test_a_receipt_tells_that_the_message_arrived_and_ends_the_need_for_its_text(
    client: Visitor, set_receipts: Any, sent: Message
) -> None:
    assert sent.text_sealed is not None
    assert tell(client, receipt("Delivered")) == 204
    assert (sent.status, sent.delivered_at) == (MessageStatus.DELIVERED, b.NOW)
    assert (sent.text_sealed, sent.address_sealed) == (None, None)


def test_receipts_may_come_twice_and_in_any_order(client: Visitor, set_receipts: Any, sent: Message) -> None:
    for status in ("failed", "sent", "delivered", "delivered", "failed", "read", "nonsense"):
        assert tell(client, receipt(status)) == 204
    assert (sent.status, sent.last_error) == (MessageStatus.DELIVERED, "")


def test_a_message_that_did_not_arrive_is_noted_as_failed(client: Visitor, set_receipts: Any, sent: Message) -> None:
    assert tell(client, receipt("undelivered")) == 204
    assert (sent.status, sent.last_error, sent.text_sealed) == (MessageStatus.FAILED, "bounced", None)


@pytest.mark.parametrize(
    "content",
    [
        receipt("delivered", "unknown"),
        {"id": {"deep": 1}, "status": "delivered"},
        {"id": "\0\ud800", "status": "delivered"},
        [],
        "text",
        None,
        b"no JSON",
        b"[" * 50_000,
    ],
)
def test_what_names_no_message_is_answered_as_if_it_did(
    client: Visitor, set_receipts: Any, sent: Message, content: Any
) -> None:
    assert tell(client, content) == 204
    assert sent.status is MessageStatus.SENT


@pytest.mark.parametrize(
    "headers", [{"X-Signature": ""}, {"X-Signature": "sha256=00"}, {"X-Signature": "•"}, {"Authorization": SECRET}]
)
def test_without_the_right_signature_nothing_is_taken(
    client: Visitor, set_receipts: Any, sent: Message, headers: dict[str, str]
) -> None:
    assert tell(client, receipt("delivered"), secret="another", **headers) == 403
    assert sent.status is MessageStatus.SENT


def test_a_signature_fits_one_body_only(client: Visitor, set_receipts: Any, sent: Message) -> None:
    other = hmac.new(SECRET.encode(), b"{}", hashlib.sha256).hexdigest()
    assert tell(client, receipt("delivered"), **{"X-Signature": other}) == 403


def test_a_provider_that_cannot_sign_shows_a_token(client: Visitor, set_receipts: Any, sent: Message) -> None:
    set_receipts(ReceiptSettings(token=SECRET))
    assert tell(client, receipt("delivered"), Authorization="Bearer wrong") == 403
    assert sent.status is MessageStatus.SENT
    assert tell(client, receipt("delivered"), Authorization=f"Bearer {SECRET}") == 204
    assert sent.status is MessageStatus.DELIVERED


def test_receipts_may_lie_deep_and_several_together_and_name_our_key(
    client: Visitor, set_receipts: Any, sent: Message
) -> None:
    set_receipts(replace(SIGNED, list_path="entry.*.changes.0.statuses.*", id_path="", key_path="meta.ref"))
    statuses = [{"meta": {"ref": name}, "status": "delivered"} for name in ("unknown", "notice:1")]
    assert tell(client, {"entry": [{}, {"changes": [{"statuses": statuses}]}]}) == 204
    assert sent.status is MessageStatus.DELIVERED


def test_a_receipt_by_key_may_overtake_the_note_that_it_was_sent(
    session: Session, client: Visitor, set_receipts: Any, provider: p.Provider, clock: Clock
) -> None:
    set_receipts(replace(SIGNED, key_path="ref"))
    with transaction():
        message = actions.write(Channel.PHONE, "+6281234567890", Kind.CODE, "Kode 123456", "code:1", b.NOW)
    provider.does(p.drops)  # it has taken the message, and says so by the receipt only
    deliver({Channel.PHONE: HttpsGateway(provider.settings())}, clock)
    assert tell(client, {"ref": "code:1", "status": "delivered"}) == 204
    clock.passes(hours=1)
    deliver({Channel.PHONE: HttpsGateway(provider.settings())}, clock)
    assert (message.status, message.text_sealed) == (MessageStatus.DELIVERED, None)
    assert provider.keys == {"code:1": 1}


def test_a_receipt_may_come_as_a_form(client: Visitor, set_receipts: Any, sent: Message) -> None:
    body = b"id=id-of-notice%3A1&status=delivered"
    assert tell(client, body, **{"Content-Type": "application/x-www-form-urlencoded"}) == 204
    assert sent.status is MessageStatus.DELIVERED


def test_there_is_no_such_address_without_a_secret_or_for_another_gateway(client: Visitor, set_receipts: Any) -> None:
    assert client.post("/pesan/tanda-terima/smtp").status_code == 404
    set_receipts(None)
    assert tell(client, receipt("delivered")) == 404


def test_a_body_that_is_too_long_is_not_read(client: Visitor, set_receipts: Any) -> None:
    assert tell(client, b" " * (2**16 + 1)) == 413


def test_a_cookie_of_a_browser_counts_for_nothing_here(client: Visitor, set_receipts: Any) -> None:
    assert client.post(ADDRESS, json=receipt("delivered")).status_code == 403
    assert client.get(ADDRESS).status_code == 405
