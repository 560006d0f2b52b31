"""Heads of the log: what the server signs, hour by hour, and everybody may keep."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from app.voting.rules.package.packing import canonical, instant


@dataclass(frozen=True)
class Head:
    """So many leaves, this root, at this time; the last head of a contest also names the closed box."""

    contest: int
    definition: str
    number: int
    size: int
    root: str
    at: datetime
    box: str = ""

    @property
    def statement(self) -> bytes:
        """The bytes that are signed."""
        return canonical(self._data)

    def signed(self, signature: str) -> dict[str, object]:
        """As it stands in kepala.json."""
        return self._data | {"signature": signature}

    @property
    def _data(self) -> dict[str, object]:
        return asdict(self) | {"at": instant(self.at)}
