"""The commands: counts, never contents; a watcher that ends its work when told to."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.session import db
from app.db.transaction import transaction
from app.messages import actions, queries
from app.messages.models import Message
from app.messages.rules import ROW_KEPT_FOR, TEXT_KEPT_FOR, Channel, Kind, MessageStatus
from tests import builders as b

ROOT = Path(__file__).parents[2]
PHONE, TEXT = "+6281234567890", "Kode masuk Anda 123456."
A_MINUTE = timedelta(minutes=1)


def write(key: str, kind: Kind = Kind.NOTICE, lives_for: timedelta = timedelta(days=1)) -> None:
    with transaction():
        actions.write(Channel.PHONE, PHONE, kind, TEXT, key, b.NOW, lives_for=lives_for)


def flask(app: Flask, *command: str) -> str:
    result = app.test_cli_runner().invoke(args=["messages", *command])
    assert result.exit_code == 0, result.output
    return str(result.stdout)


def test_deliver_makes_one_pass_and_tells_the_counts(app: Flask, session: Session) -> None:
    write("notice:1")
    write("notice:2")
    assert flask(app, "deliver") == "2 terkirim, 0 ditunda, 0 gagal.\n"
    assert flask(app, "deliver") == "0 terkirim, 0 ditunda, 0 gagal.\n"


def test_list_counts_by_status_and_shows_nobody(app: Flask, session: Session) -> None:
    assert flask(app, "list") == "Belum ada pesan.\n"
    write("notice:1")
    flask(app, "deliver")
    write("notice:2")
    write("notice:3")
    shown = flask(app, "list").splitlines()
    assert shown == [
        "       2  menunggu, tertua 2026-11-21 04:00 UTC",
        "       1  diserahkan ke penyedia, tertua 2026-11-21 04:00 UTC",
    ]


def test_sweep_gives_up_empties_and_forgets_in_this_order(app: Flask, session: Session) -> None:
    write("late", Kind.CODE, A_MINUTE)
    write("sent")
    with transaction():
        swept = actions.sweep(b.NOW)
    assert swept == actions.Swept()
    with transaction():
        assert actions.sweep(b.NOW + A_MINUTE) == actions.Swept(1, 0, 0)
    flask(app, "deliver")
    late, sent = session.scalars(select(Message).order_by(Message.id)).all()
    assert (late.status, late.last_error, late.text_sealed) == (MessageStatus.FAILED, "expired", None)
    assert sent.text_sealed is not None
    with transaction():
        assert actions.sweep(b.NOW + TEXT_KEPT_FOR) == actions.Swept(0, 1, 0)
    assert (sent.text_sealed, sent.address_sealed) == (None, None)
    with transaction():
        assert actions.sweep(b.NOW + ROW_KEPT_FOR + A_MINUTE) == actions.Swept(0, 0, 2)
    assert flask(app, "sweep") == "0 terlambat, 0 dikosongkan, 0 dihapus.\n"


def test_sweep_goes_on_until_nothing_is_left(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_SWEPT", 2)
    for number in range(5):
        write(f"late:{number}", lives_for=timedelta(0))
    assert flask(app, "sweep") == "5 terlambat, 0 dikosongkan, 0 dihapus.\n"


def test_a_watcher_sends_what_comes_and_stops_when_told(live_app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    def write_then_stop() -> None:
        with live_app.app_context():
            write("notice:1")
            until = monotonic() + 10
            while monotonic() < until and not _is_sent():
                sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    writer = Thread(target=write_then_stop)
    before = signal.getsignal(signal.SIGTERM)
    writer.start()
    output = flask(live_app, "deliver", "--watch", "--every", "0.1")
    writer.join()
    assert output == "1 terkirim, 0 ditunda, 0 gagal.\n"
    assert signal.getsignal(signal.SIGTERM) is before


def _is_sent() -> bool:
    db.session.rollback()
    return db.session.scalars(select(Message.status)).one() is MessageStatus.SENT


def test_a_watcher_waits_for_a_database_that_is_away(tmp_path: Path) -> None:
    environ = os.environ | {"MUFAKAT_ENV": "development", "DATABASE_URL": f"sqlite:///{tmp_path}/none/x.sqlite"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "messages", "deliver", "--watch"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True) as watcher:
        assert watcher.stderr is not None
        assert "OperationalError" in watcher.stderr.readline()
        watcher.terminate()
        assert watcher.wait(10) == 0
        assert "Traceback" not in watcher.stderr.read()
