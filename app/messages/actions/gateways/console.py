"""The console: messages appear in the terminal. For development and demonstrations."""

import fcntl
import os
import sys
from pathlib import Path

from app.messages.actions.gateways import Outgoing, Sent
from app.messages.rules.gateways import ConsoleSettings

LAST = 20


class ConsoleGateway:
    """Frames on the error stream; the last ones also in a file that only its owner may read."""

    name = ConsoleSettings.name

    def __init__(self, settings: ConsoleSettings) -> None:
        self.kept_in = settings.kept_in

    def send(self, outgoing: Outgoing) -> Sent:
        frame = framed(outgoing)
        print(f"\n{frame}", file=sys.stderr, flush=True)  # noqa: T201 (this is what it is for)
        if self.kept_in:
            keep(self.kept_in, frame)
        return Sent()


def framed(outgoing: Outgoing) -> str:
    """The message in a frame; control characters do not reach the terminal."""
    lines = [_printable(line) for line in outgoing.text.splitlines()]
    body = "\n".join(f"│ {line}" for line in lines)
    return f"┌── {_printable(outgoing.to)} · {outgoing.written_at:%Y-%m-%d %H:%M} UTC\n{body}\n└──"


def keep(path: Path, frame: str) -> None:
    """Add the frame to the file and let the oldest go; several workers do so one after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept = [part for part in file.read().split("\n\n") if part.strip()]
        file.seek(0)
        file.truncate()
        file.write("\n\n".join([*kept, frame][-LAST:]))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "·" for letter in text)
