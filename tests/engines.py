"""What the tests stand on: a private SQLite file or a throw-away PostgreSQL server, and Debian's Chromium."""

import ctypes
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy.orm import Session

from app.db.session import db

START_SECONDS = 30
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


class Databases(Protocol):
    """Makes databases for tests and takes them away again."""

    def empty(self) -> str:
        """The address of a new database without tables."""

    def copy(self, template: str) -> str:
        """The address of a new database with everything that is in the template, which nobody may be using."""

    def drop(self, url: str) -> None: ...


class SqliteFiles:
    """Databases as files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)

    def empty(self) -> str:
        return f"sqlite:///{self.folder / f'test{next(self.numbers)}.sqlite'}"

    def copy(self, template: str) -> str:
        url = self.empty()
        shutil.copyfile(_path(template), _path(url))
        return url

    def drop(self, url: str) -> None:
        for leftover in _path(url).parent.glob(f"{_path(url).name}*"):
            leftover.unlink()


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


class PostgresDatabases:
    """Databases on a server that lets its user create some."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.names = (f"mufakat_test_{os.getpid()}_{number}" for number in count(1))

    def empty(self) -> str:
        return self._create("template0")

    def copy(self, template: str) -> str:
        return self._create(template.rpartition("/")[2])

    def drop(self, url: str) -> None:
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(url.rpartition("/")[2])))

    def _create(self, template: str) -> str:
        name = next(self.names)
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return f"{self.server.rpartition('/')[0]}/{name}"

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server programs that Debian has installed."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in found), key=lambda path: int(path.parts[-2]), default=None)


def has_postgres() -> bool:
    return bool(os.environ.get("TEST_DATABASE_URL") or postgres_programs())


def find_chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def missing_for_browser() -> list[str]:
    """The Debian packages that tests in the browser lack here: the browser, and what Playwright's driver needs."""
    here = {"chromium": find_chromium(), "libatomic1": find_library("atomic")}
    return [package for package, found in here.items() if not found]


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a running server: the one in TEST_DATABASE_URL, else one that lives as long as the block."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql:", given)
        return
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError("No PostgreSQL server: apt-get install --no-install-recommends postgresql")
    # Under /tmp, not in the checkout, which the user postgres may not read.
    folder = Path(tempfile.mkdtemp(prefix="mufakat-postgres-", dir="/tmp"))
    try:
        with _running(programs, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[str]:
    as_user = _unprivileged(folder)
    data, port = folder / "data", _free_port()
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*initdb, "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user)
    settings = [part for setting in (*FAST, f"unix_socket_directories={folder}") for part in ("-c", setting)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), *settings],
            stdout=log, stderr=log, cwd=folder, preexec_fn=_die_with_parent, **as_user,  # noqa: PLW1509 (before any thread)
        )  # fmt: skip
    try:
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        _wait_for(url, server, folder / "log")
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(START_SECONDS)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """How to start PostgreSQL, which refuses root: as the user postgres, where we are root."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _die_with_parent() -> None:
    """A killed test run must not leave a server behind: the kernel tells it to stop at once."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)


def _wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.05)
        else:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def rolled_back(app: Flask) -> Iterator[Session]:
    """A session on one connection that actions and requests share, whatever they commit; all is rolled back after."""
    with app.app_context():
        engine = db.engines[None]
        with engine.connect() as connection:
            everything = connection.begin()
            connection.begin_nested()  # sessions that find a savepoint open one of their own, and commit only that
            db.engines[None] = connection  # type: ignore[assignment]
            yield db.session  # type: ignore[misc]
            db.session.remove()
            db.engines[None] = engine
            everything.rollback()
