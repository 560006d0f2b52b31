"""The console: readable, harmless for the terminal, and kept for a demonstration's visitor only."""

import stat
from pathlib import Path

import pytest

from app.messages.actions.gateways import Outgoing
from app.messages.actions.gateways.console import LAST, ConsoleGateway
from app.messages.rules import Channel, Kind
from app.messages.rules.gateways import ConsoleSettings
from tests import builders as b


def outgoing(text: str) -> Outgoing:
    return Outgoing("code:1", Channel.PHONE, Kind.CODE, b.NOW, "+6281234567890", text)


def test_a_message_is_framed_on_the_error_stream(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleGateway(ConsoleSettings()).send(outgoing("Kode 123456\n\x1b[2Jbaris \x07kedua"))
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == ("\n┌── +6281234567890 · 2026-11-21 04:00 UTC\n│ Kode 123456\n│ ·[2Jbaris ·kedua\n└──\n")


def test_a_demonstration_keeps_the_last_ones_in_a_file_of_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "instance" / "demo-messages.txt"
    gateway = ConsoleGateway(ConsoleSettings(path))
    for number in range(LAST + 5):
        gateway.send(outgoing(f"Kode {number}\n\nselesai"))
    kept = path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept.count("┌──") == kept.count("└──") == LAST
    assert "│ Kode 24\n" in kept
    assert "│ Kode 4\n" not in kept
