"""Delivering: nothing lost, nothing twice, tried again in time, given up in time, and silent about people."""

import logging
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.db.session import db
from app.db.transaction import transaction
from app.messages import actions
from app.messages.actions.delivery import BATCH, TIME_TO_BEGIN, Delivered, deliver
from app.messages.actions.gateways import Gateways, Outgoing, Sent
from app.messages.actions.gateways.https import HttpsGateway
from app.messages.models import Message
from app.messages.rules import LEASE, MOST_ATTEMPTS, Channel, Kind, MessageStatus
from tests import builders as b
from tests.messages import provider as p
from tests.messages.conftest import Clock

PHONE, TEXT = "+6281234567890", "Kode masuk Anda 123456. Petugas tidak pernah meminta kode ini."
ROOT = Path(__file__).parents[2]


def write(key: str = "code:1", kind: Kind = Kind.CODE, lives_for: timedelta = timedelta(hours=1)) -> None:
    with transaction():
        actions.write(Channel.PHONE, PHONE, kind, TEXT, key, b.NOW, lives_for=lives_for)


def through(provider: p.Provider) -> Gateways:
    return {Channel.PHONE: HttpsGateway(provider.settings())}


def message(key: str = "code:1") -> Message:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Message).where(Message.key == key)).one()


def test_a_code_is_sent_once_and_emptied_at_once(session: Session, provider: p.Provider, clock: Clock) -> None:
    write()
    assert deliver(through(provider), clock) == Delivered(sent=1)
    assert deliver(through(provider), clock) == Delivered()
    sent = message()
    assert (sent.status, sent.gateway, sent.gateway_id) == (MessageStatus.SENT, "https", "id-of-code:1")
    assert (sent.address_sealed, sent.text_sealed, sent.claim, sent.sent_at) == (None, None, None, b.NOW)
    assert provider.keys == {"code:1": 1}


def test_codes_go_before_notices_that_have_waited_longer(session: Session, provider: p.Provider, clock: Clock) -> None:
    for number in range(3):
        write(f"notice:{number}", Kind.NOTICE)
    write("code:1")
    deliver(through(provider), clock)
    assert list(provider.keys) == ["code:1", "notice:0", "notice:1", "notice:2"]
    assert message("notice:0").text_sealed is not None  # until its receipt, or for some days


def test_after_trouble_it_is_tried_again_later_with_the_same_key(
    session: Session, provider: p.Provider, clock: Clock
) -> None:
    provider.does(p.status(500), p.drops, p.ok)
    write()
    gateways = through(provider)
    assert deliver(gateways, clock) == Delivered(put_off=1)
    assert (message().status, message().last_error) == (MessageStatus.QUEUED, "http 500")
    assert deliver(gateways, clock) == Delivered()
    clock.passes(seconds=10)
    assert deliver(gateways, clock) == Delivered(put_off=1)
    clock.passes(seconds=20)
    assert deliver(gateways, clock) == Delivered(sent=1)
    assert provider.keys == {"code:1": 3}
    assert (message().attempts, message().last_error) == (3, "")


def test_a_provider_that_asks_to_wait_is_left_alone_that_long(
    session: Session, provider: p.Provider, clock: Clock
) -> None:
    provider.does(p.status(429, Retry_After="120"), p.ok)
    write()
    deliver(through(provider), clock)
    assert message().due_at == b.NOW + timedelta(seconds=120)
    clock.passes(seconds=119)
    assert deliver(through(provider), clock) == Delivered()
    clock.passes(seconds=1)
    assert deliver(through(provider), clock) == Delivered(sent=1)


def test_what_the_provider_refuses_for_good_is_not_tried_again(
    session: Session, provider: p.Provider, clock: Clock
) -> None:
    provider.does(p.status(400))
    write()
    assert deliver(through(provider), clock) == Delivered(failed=1)
    failed = message()
    assert (failed.status, failed.last_error, failed.text_sealed) == (MessageStatus.FAILED, "http 400", None)


def test_a_code_that_nobody_can_use_any_more_is_not_sent(session: Session, provider: p.Provider, clock: Clock) -> None:
    write(lives_for=timedelta(minutes=5))
    clock.passes(minutes=5)
    assert deliver(through(provider), clock) == Delivered(failed=1)
    assert (message().last_error, provider.requests) == ("expired", [])


def test_a_message_is_given_up_after_the_last_attempt(session: Session, provider: p.Provider, clock: Clock) -> None:
    provider.does(p.status(503))
    write(lives_for=timedelta(days=30))
    gateways, outcomes = through(provider), []
    while message().status is not MessageStatus.FAILED:
        clock.at = message().due_at
        outcomes.append(deliver(gateways, clock))
    assert outcomes == [Delivered(put_off=1)] * (MOST_ATTEMPTS - 1) + [Delivered(failed=1)]
    assert provider.keys == {"code:1": MOST_ATTEMPTS}


def test_a_channel_without_a_gateway_fails_with_a_word(session: Session, clock: Clock) -> None:
    write()
    assert deliver({}, clock) == Delivered(failed=1)
    assert message().last_error == "no gateway"


def test_a_text_that_was_moved_to_another_row_is_not_sent(session: Session, provider: p.Provider, clock: Clock) -> None:
    write("code:1")
    write("code:2")
    with transaction():
        message("code:1").text_sealed = message("code:2").text_sealed
    assert deliver(through(provider), clock) == Delivered(sent=1, failed=1)
    assert message("code:1").last_error == "unreadable"


class Broken:
    """A gateway with a mistake in it."""

    name = "broken"

    def send(self, outgoing: Outgoing) -> Sent:
        raise KeyError(outgoing.to)


def test_a_mistake_of_ours_stops_one_message_and_tells_the_log_where(
    session: Session, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    write()
    assert deliver({Channel.PHONE: Broken()}, clock) == Delivered(put_off=1)
    assert message().last_error == "KeyError"
    assert "in send" in caplog.text
    assert PHONE not in caplog.text


class SlowClock:
    """A gateway that takes most of a lease for each message."""

    name = "slow"

    def __init__(self, clock: Clock) -> None:
        self.clock, self.keys = clock, Counter[str]()

    def send(self, outgoing: Outgoing) -> Sent:
        assert not db.session.registry.has() or not db.session().in_transaction()
        self.clock.at += TIME_TO_BEGIN
        self.keys[outgoing.key] += 1
        return Sent()


def test_nothing_is_begun_that_might_outlast_the_lease_and_no_transaction_waits_for_a_gateway(
    live_app: Flask, clock: Clock
) -> None:
    with live_app.app_context():
        for number in range(3):
            write(f"code:{number}")
        slow = SlowClock(clock)
        assert deliver({Channel.PHONE: slow}, clock) == Delivered(sent=3)
        assert slow.keys == {"code:0": 1, "code:1": 1, "code:2": 1}
        assert {message(key).attempts for key in slow.keys} == {1}


def test_a_worker_told_to_stop_finishes_the_message_in_hand_and_gives_the_others_back(
    live_app: Flask, provider: p.Provider, clock: Clock
) -> None:
    with live_app.app_context():
        for number in range(5):
            write(f"code:{number}")
        assert deliver(through(provider), clock, lambda: len(provider.requests) >= 2) == Delivered(sent=2)
        waiting = db.session.scalars(select(Message).where(Message.status == MessageStatus.QUEUED)).all()
        assert [(one.attempts, one.due_at, one.claim) for one in waiting] == [(0, b.NOW, None)] * 3


def test_workers_at_once_send_everything_and_nothing_twice(
    live_app: Flask, at_once: Callable[..., list[Any]], provider: p.Provider, clock: Clock
) -> None:
    keys = [f"code:{number}" for number in range(6 * BATCH)]
    with live_app.app_context():
        with transaction():
            for key in keys:
                actions.write(Channel.PHONE, PHONE, Kind.CODE, TEXT, key, b.NOW)
        db.session.remove()
    outcomes = at_once(lambda _: deliver(through(provider), clock), 4)
    assert sum(outcomes, Delivered()) == Delivered(sent=len(keys))
    assert provider.keys == dict.fromkeys(keys, 1)


WORKER = """
import sys
from datetime import datetime
from app.factory import create_app
from app.messages import actions
from app.messages.rules import Channel
from app.messages.rules.filling import JsonBody
from app.messages.rules.gateways import HttpsSettings, MessageSettings
from config import Settings

url, provider, at = sys.argv[1:]
body = JsonBody({"to": "{to}", "text": "{text}"})
https = HttpsSettings(provider, body, headers={"Idempotency-Key": "{key}"}, timeout=10)
app, now = create_app(Settings.for_tests(url)), datetime.fromisoformat(at)
with app.app_context():
    print(actions.deliver(actions.open_gateways(MessageSettings({Channel.PHONE: https})), lambda: now))
"""


def test_a_worker_killed_between_sending_and_noting_loses_nothing(live_app: Flask, clock: Clock) -> None:
    keys = [f"code:{number}" for number in range(BATCH + 5)]
    with live_app.app_context(), p.served() as provider:
        for key in keys:
            write(key)
        db.session.remove()
        url = live_app.config["SETTINGS"].database_url
        command = [sys.executable, "-c", WORKER, url, provider.url]

        def another() -> str:
            worker = [*command, clock().isoformat()]
            return subprocess.run(worker, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30).stdout

        def takes_it_and_kills(handler: p.Handler) -> None:
            first.kill()
            first.wait()
            with suppress(OSError):
                p.ok(handler)

        provider.does(p.ok, p.ok, takes_it_and_kills, p.ok)
        with subprocess.Popen([*command, clock().isoformat()], cwd=ROOT) as first:
            assert first.wait(30) == -signal.SIGKILL
        assert "sent=5" in another()  # what the dead worker had not claimed
        clock.passes(seconds=LEASE.total_seconds())
        assert f"sent={BATCH - 2}" in another()
        assert {message(key).status for key in keys} == {MessageStatus.SENT}
    assert set(provider.keys) == set(keys)
    again = {key: count for key, count in provider.keys.items() if count > 1}
    assert list(again.values()) == [2]  # the one in the dead worker's hand: same key, so the provider delivers once


def test_logs_and_database_tell_neither_phone_nor_text(
    session: Session, provider: p.Provider, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    provider.does(p.ok, p.status(400), p.status(500), p.drops)
    for number in range(4):
        write(f"notice:{number}", Kind.NOTICE)
    with caplog.at_level(logging.DEBUG):
        deliver(through(provider), clock)
    dump = str(session.execute(text("SELECT * FROM messages")).all())
    for secret in (PHONE, PHONE[3:], "123456", "Petugas", "s3cret-of-the-provider"):
        assert secret not in caplog.text
        assert secret not in dump
    assert "http 400" in caplog.text
