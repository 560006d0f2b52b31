"""What every storage promises, asked of a folder and, over HTTP, of an S3-compatible service."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server
from threading import Thread
from typing import Any, ClassVar

import pytest

from app.files.actions import DiskStorage, NotStored, S3Storage, Storage, open_storage, s3
from app.files.rules.places import Bucket, Folder, parse_place

NAME = "0123456789abcdef0123456789abcdef-kecil.jpg"
OTHER = NAME.replace("0", "f")
CONTENT = bytes(range(256)) * 400


def names(storage: Storage) -> list[str]:
    return [stored.name for stored in storage.listing()]


# The contract


def test_what_is_put_is_got_back_byte_for_byte(storage: Storage) -> None:
    storage.put(NAME, CONTENT)
    assert storage.get(NAME) == CONTENT


def test_nothing_is_found_under_another_name(storage: Storage) -> None:
    storage.put(NAME, CONTENT)
    assert storage.get(OTHER) is None


def test_putting_again_replaces(storage: Storage) -> None:
    storage.put(NAME, CONTENT)
    storage.put(NAME, b"new")
    assert storage.get(NAME) == b"new"
    assert names(storage) == [NAME]


def test_deleting_is_for_good_and_may_be_said_twice(storage: Storage) -> None:
    storage.put(NAME, CONTENT)
    storage.delete(NAME)
    storage.delete(NAME)
    assert storage.get(NAME) is None
    assert names(storage) == []


def test_the_listing_has_every_object_with_its_age(storage: Storage) -> None:
    assert names(storage) == []
    many = [f"{number:032x}-kecil.jpg" for number in range(0, 2**128, 2**128 // 40)]
    for name in many:
        storage.put(name, b"x")
    assert sorted(names(storage)) == sorted(many)
    ages = [datetime.now(UTC) - stored.since for stored in storage.listing()]
    assert all(timedelta(seconds=-2) < age < timedelta(minutes=1) for age in ages)


def test_many_at_once_get_in_each_others_way_nowhere(storage: Storage) -> None:
    def put(number: int) -> bytes | None:
        storage.put(f"{number % 4:032x}-kecil.jpg", bytes([number % 4]) * 50_000)
        return storage.get(f"{number % 4:032x}-kecil.jpg")

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(put, range(40)))
    assert got == [bytes([number % 4]) * 50_000 for number in range(40)]
    assert len(names(storage)) == 4


# A folder


def test_a_folder_is_made_when_it_is_needed_and_kept_from_others(disk: DiskStorage) -> None:
    assert not disk.folder.exists()
    disk.put(NAME, CONTENT)
    assert (disk.folder / "01" / NAME).read_bytes() == CONTENT
    assert (disk.folder / "01").stat().st_mode & 0o007 == 0


def test_a_write_that_breaks_off_leaves_nothing_under_the_name(
    disk: DiskStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotStored):
        disk.put(NAME, CONTENT)
    assert disk.get(NAME) is None
    assert names(disk) == []


def test_a_file_is_safe_on_the_disk_before_it_has_its_name(disk: DiskStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (steps.append("fsync"), sync(descriptor)))
    monkeypatch.setattr(Path, "replace", lambda path, target: (steps.append("rename"), rename(path, target)))
    disk.put(NAME, CONTENT)
    assert steps == ["fsync", "rename", "fsync", "fsync"]


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file")
    broken = DiskStorage(tmp_path / "files")
    for ask in (lambda: broken.put(NAME, CONTENT), lambda: broken.get(NAME)):
        with pytest.raises(NotStored):
            ask()


# A bucket


def test_objects_of_a_bucket_say_what_they_are(bucket: S3Storage) -> None:
    bucket.put(NAME, CONTENT)
    assert bucket.client.stat_object(bucket.bucket, NAME).content_type == "image/jpeg"


def test_a_bucket_that_does_not_exist_is_told(s3_endpoint: str) -> None:
    nowhere = S3Storage(s3_endpoint, "nowhere", "key", "secret", "us-east-1", https=False)
    asks: list[Callable[[], Any]] = [
        lambda: nowhere.put(NAME, CONTENT),
        lambda: nowhere.get(NAME),
        nowhere.listing().__next__,
    ]
    for ask in asks:
        with pytest.raises(NotStored):
            ask()


class Moody(BaseHTTPRequestHandler):
    """A service that answers with each of these in turn."""

    moods: ClassVar[list[int]] = []
    asked: ClassVar[list[str]] = []

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(self.headers["Authorization"].partition(" ")[0])
        self.send_response(self.moods.pop(0))
        self.send_header("ETag", '"x"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def moody() -> Iterator[S3Storage]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Moody)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    Moody.asked.clear()
    yield S3Storage(f"127.0.0.1:{server.server_port}", "foto", "key", "secret", "us-east-1", https=False)
    server.shutdown()
    server.server_close()


def test_a_service_that_is_busy_for_a_moment_is_asked_again(moody: S3Storage) -> None:
    Moody.moods[:] = [503, 500, 200]
    moody.put(NAME, CONTENT)
    assert Moody.asked == ["AWS4-HMAC-SHA256"] * 3


def test_a_service_that_stays_busy_is_told(moody: S3Storage) -> None:
    Moody.moods[:] = [503] * s3.TRIES
    with pytest.raises(NotStored):
        moody.put(NAME, CONTENT)
    assert len(Moody.asked) == s3.TRIES


def test_a_service_that_does_not_answer_is_waited_for_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "READ_SECONDS", 0.2)
    server = create_server(("127.0.0.1", 0))  # it connects, and nobody serves
    silent = S3Storage(f"127.0.0.1:{server.getsockname()[1]}", "foto", "key", "secret", "us-east-1", https=False)
    began = datetime.now(UTC)
    with pytest.raises(NotStored):
        silent.put(NAME, CONTENT)
    assert datetime.now(UTC) - began < timedelta(seconds=5)
    server.close()


# Which of them


def test_the_address_says_which_storage_it_is(tmp_path: Path) -> None:
    assert isinstance(open_storage(parse_place(str(tmp_path))), DiskStorage)
    assert isinstance(open_storage(parse_place("https://s3.belukab.go.id/foto", "key", "secret")), S3Storage)


def test_a_bucket_may_have_a_port_and_a_region() -> None:
    place = parse_place("http://localhost:9000/foto", "key", "secret", "ap-southeast-3")
    assert place == Bucket("localhost:9000", "foto", "key", "secret", "ap-southeast-3", https=False)
    assert parse_place("https://s3.belukab.go.id/foto/", "key", "secret") == Bucket(
        "s3.belukab.go.id", "foto", "key", "secret"
    )
    assert "secret" not in repr(Bucket("host", "foto", "key", "s3cret")).replace("secret=", "")


@pytest.mark.parametrize(
    ("url", "key", "cure"),
    [
        ("files", "key", "from the root"),
        ("http://s3.belukab.go.id/foto", "key", "https://"),
        ("s3://foto", "key", "https://"),
        ("https://s3.belukab.go.id", "key", "https://host/bucket"),
        ("https://s3.belukab.go.id/foto/2026", "key", "https://host/bucket"),
        ("https://key:secret@s3.belukab.go.id/foto", "key", "settings of their own"),
        ("https://s3.belukab.go.id:port/foto", "key", "no address"),
        ("https://s3.belukab.go.id/foto", "", "FILES_KEY"),
    ],
)
def test_an_address_that_cannot_be_one_is_told_with_the_cure(url: str, key: str, cure: str) -> None:
    with pytest.raises(ValueError, match=cure):
        parse_place(url, key, "secret")


def test_a_folder_is_named_from_the_root(tmp_path: Path) -> None:
    assert parse_place(str(tmp_path)) == Folder(tmp_path)
