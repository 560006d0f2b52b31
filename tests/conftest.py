"""Databases, applications, clients and browsers for the tests, on the engine that --engine names."""

import logging
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from threading import Barrier, Thread
from typing import Any

import pytest
from alembic import command
from flask import Flask, before_render_template, template_rendered
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from app.db.session import db
from app.factory import create_app
from config import TEST_FILES, Settings
from tests import engines
from tests.builders import NOW
from tests.client import Visitor
from tests.pages import PHONE, Tab

CHROMIUM_ARGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
ENGINES = ("sqlite", "postgresql")
PATIENCE_MS = 10_000
UNCOUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=ENGINES, default=ENGINES[0], help="the database to test on")
    plain = "the engine whose run includes the tests that need no database"
    parser.addoption("--plain-with", choices=ENGINES, default=ENGINES[0], help=plain)


def pytest_configure(config: pytest.Config) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is told to stop takes its servers along


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(TEST_FILES.path, ignore_errors=True)


def pytest_report_header(config: pytest.Config) -> str:
    return f"engine: {config.getoption('--engine')}, browser: {engines.find_chromium() or 'none'}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what cannot be had here; under CI=true that is no excuse."""
    elsewhere = {item for item in items if not _runs_on(config, item)}
    config.hook.pytest_deselected(items=list(elsewhere))
    items[:] = [item for item in items if item not in elsewhere]
    lacking = []
    if config.getoption("--engine") == "postgresql" and not engines.has_postgres():
        lacking.append(("databases", "no PostgreSQL server: apt-get install --no-install-recommends postgresql"))
    if missing := engines.missing_for_browser():
        lacking.append(("browser", f"no browser: apt-get install --no-install-recommends {' '.join(missing)}"))
    for fixture, reason in lacking:
        concerned = [item for item in items if fixture in getattr(item, "fixturenames", ())]
        if concerned and os.environ.get("CI") == "true":
            raise pytest.UsageError(f"{reason} ({len(concerned)} tests need it)")
        for item in concerned:
            item.add_marker(pytest.mark.skip(reason=reason))


def _runs_on(config: pytest.Config, item: pytest.Item) -> bool:
    """Not twice: tests without a database, and with SQLite only what the browser alone is asked about."""
    engine, fixtures = config.getoption("--engine"), getattr(item, "fixturenames", ())
    if "databases" not in fixtures:
        return bool(engine == config.getoption("--plain-with"))
    return engine == "sqlite" or "browser" not in fixtures or "journeys" in item.nodeid


# Databases


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[engines.Databases]:
    """Makes empty databases and copies of one, on the engine under test."""
    if request.config.getoption("--engine") == "sqlite":
        yield engines.SqliteFiles(tmp_path_factory.mktemp("databases"))
        return
    with engines.postgres_server() as server:
        yield engines.PostgresDatabases(server)


@pytest.fixture(scope="session")
def template(databases: engines.Databases) -> Iterator[str]:
    """A migrated database that nobody uses, so that it can be copied."""
    url = databases.empty()
    app = create_app(Settings.for_tests(url))
    with app.app_context():
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
        db.engine.dispose()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def database_url(databases: engines.Databases, template: str) -> Iterator[str]:
    """A migrated database for all tests that roll back."""
    url = databases.copy(template)
    yield url
    databases.drop(url)


# One application for all tests; what a test writes is rolled back


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    app = create_app(Settings.for_tests(database_url))
    app.config["CLOCK"] = lambda: NOW  # stands still, or tests would age with their data
    app.test_client_class = Visitor
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The session of the test; the test, its actions and its requests share one connection, rolled back at the end."""
    with engines.rolled_back(app) as session:
        yield session


@pytest.fixture
def client(app: Flask, session: Session) -> Visitor:
    """A visitor; `app.test_client()` makes another one."""
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    return visitor


# An application on a database of its own, for races and for the browser


@pytest.fixture
def live_app(databases: engines.Databases, template: str) -> Iterator[Flask]:
    """An application whose commits are real, on its own copy of the migrated database."""
    url = databases.copy(template)
    app = create_app(Settings.for_tests(url))
    app.config["CLOCK"] = lambda: NOW
    yield app
    with app.app_context():
        db.engine.dispose()
    databases.drop(url)


@pytest.fixture
def at_once(live_app: Flask) -> Callable[[Callable[[int], Any], int], list[Any]]:
    """Does `work(index)` in several threads that start together; what each one returned, or the exception it raised."""

    def race(work: Callable[[int], Any], times: int) -> list[Any]:
        start = Barrier(times, timeout=PATIENCE_MS / 1000)

        def run(index: int) -> Any:
            with live_app.app_context():
                start.wait()
                try:
                    return work(index)
                except Exception as outcome:  # noqa: BLE001 (the test judges it)
                    return outcome

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(run, range(times)))

    return race


@pytest.fixture
def live_url(live_app: Flask) -> Iterator[str]:
    """The address of a threaded server with the live application."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a failure shows its own words, not every request
    server = make_server("127.0.0.1", 0, live_app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=engines.find_chromium(), args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_tab(browser: Browser, live_url: str) -> Iterator[Callable[..., Tab]]:
    """Opens tabs, each with cookies of its own: `new_tab(viewport=DESK)`, `new_tab(java_script_enabled=False)`."""
    tabs: list[Tab] = []

    def open_tab(**options: Any) -> Tab:
        context = browser.new_context(**{"viewport": PHONE, "locale": "id-ID"} | options)
        context.set_default_timeout(PATIENCE_MS)
        tabs.append(Tab(context, live_url))
        return tabs[-1]

    yield open_tab
    for tab in tabs:
        try:
            tab.check()
        finally:
            tab.context.close()


@pytest.fixture
def page(new_tab: Callable[..., Tab]) -> Tab:
    """A phone's browser at the live site; every page it comes to is checked."""
    return new_tab()


# Statements: none while a template renders, and few

_rendering: ContextVar[str] = ContextVar("rendering", default="")


@pytest.fixture(autouse=True)
def _no_sql_in_templates() -> Iterator[None]:
    """Templates show what views have loaded: a statement sent while one renders fails the test."""
    _rendering.set("")

    def begins(sender: Flask, template: Any, **extra: Any) -> None:
        _rendering.set(template.name or "a string")

    def ends(sender: Flask, **extra: Any) -> None:
        _rendering.set("")

    def statement(connection: Any, cursor: Any, text: str, *rest: Any) -> None:
        if name := _rendering.get():
            _rendering.set("")  # let the error page render
            raise AssertionError(f"SQL while {name} renders: {text}")

    event.listen(Engine, "before_cursor_execute", statement)
    with before_render_template.connected_to(begins), template_rendered.connected_to(ends):
        yield
    event.remove(Engine, "before_cursor_execute", statement)


@pytest.fixture
def queries() -> Callable[[], AbstractContextManager[list[str]]]:
    """Collects statements: `with queries() as sent: …; assert len(sent) <= 8`."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(connection: Any, cursor: Any, text: str, *rest: Any) -> None:
            if not text.startswith(UNCOUNTED):
                sent.append(text)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return collect
