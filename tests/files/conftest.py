"""Storages for the tests: a folder each, and buckets of an S3-compatible service that runs as long as they do."""

import logging
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Thread
from typing import TypeVar

import pytest
from flask import Flask
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from app.db.session import db
from app.factory import create_app
from app.files import actions
from app.files.actions import DiskStorage, S3Storage, Storage
from config import Settings
from tests import builders as b
from tests.client import Visitor
from tests.files import letters

S = TypeVar("S", bound=Storage)

_numbers = count(1)


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    """The application with a room above that has photos."""
    app = create_app(Settings.for_tests(database_url))
    app.register_blueprint(letters.bp)
    app.config["CLOCK"] = lambda: b.NOW
    app.test_client_class = Visitor
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def live_app(live_app: Flask) -> Flask:
    live_app.register_blueprint(letters.bp)
    return live_app


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """Host and port of a service that speaks S3 over HTTP."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def disk(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "files")


@pytest.fixture
def bucket(s3_endpoint: str) -> S3Storage:
    storage = S3Storage(s3_endpoint, f"foto-{next(_numbers)}", "key", "secret", "us-east-1", https=False)
    storage.client.make_bucket(storage.bucket)
    return storage


@pytest.fixture(params=["disk", "s3"])
def storage(request: pytest.FixtureRequest) -> Storage:
    """Each storage in turn."""
    found: Storage = request.getfixturevalue({"disk": "disk", "s3": "bucket"}[request.param])
    return found


@pytest.fixture
def kept_on_disk(disk: DiskStorage) -> Iterator[DiskStorage]:
    """The storage of the running application is this test's folder."""
    yield from _configured(disk)


@pytest.fixture
def kept_in(app: Flask, storage: Storage) -> Iterator[Storage]:
    """The storage of the running application is each one in turn."""
    yield from _configured(storage)


def _configured(storage: S) -> Iterator[S]:
    before = actions.storage()
    actions.configure(storage)
    yield storage
    actions.configure(before)
