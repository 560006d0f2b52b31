"""Where the bytes are kept: a folder, or a bucket of an S3-compatible service, behind one interface."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class NotStored(Exception):
    """The storage is full, away or forbidden to us; nothing is promised and it is worth trying again."""


@dataclass(frozen=True)
class Stored:
    """An object that is there, and since when."""

    name: str
    since: datetime


class Storage(Protocol):
    """Objects by name. Names are ours (rules.object_name); every method may raise NotStored."""

    def put(self, name: str, content: bytes) -> None:
        """Keep it whole or not at all; when this returns, a power cut does not take it any more."""

    def get(self, name: str) -> bytes | None: ...

    def delete(self, name: str) -> None:
        """Gone afterwards, whether or not it was there."""

    def listing(self) -> Iterator[Stored]:
        """All objects, and what unfinished writes have left."""


class DiskStorage:
    """A folder with folders by the first two letters of the names; made on the first write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, content: bytes) -> None:
        path = self._path(name)
        part = path.with_name(f"{name}.{secrets.token_hex(4)}")
        with _told(), _unlinked_on_failure(part):
            path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            for folder in (path.parent, self.folder):
                _sync(folder)

    def get(self, name: str) -> bytes | None:
        with _told():
            try:
                return self._path(name).read_bytes()
            except FileNotFoundError:
                return None

    def delete(self, name: str) -> None:
        with _told():
            self._path(name).unlink(missing_ok=True)

    def listing(self) -> Iterator[Stored]:
        with _told():
            for shard in sorted(path for path in self.folder.glob("*") if path.is_dir()):
                for entry in sorted(os.scandir(shard), key=lambda entry: entry.name):
                    yield Stored(entry.name, datetime.fromtimestamp(entry.stat().st_mtime, UTC))

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotStored from error


@contextmanager
def _unlinked_on_failure(part: Path) -> Iterator[None]:
    try:
        yield
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    """A file is only safe once the folder that names it is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_storage: list[Storage] = []


def configure(storage: Storage) -> None:
    """Say where photos are kept, once at start."""
    _storage[:] = [storage]


def storage() -> Storage:
    return _storage[0]
