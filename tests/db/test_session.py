"""How the database is spoken to: durable, strict, one writer at a time, all or nothing."""

from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person
from app.db.base import UtcDateTime
from app.db.session import WRITES, db, session
from app.db.transaction import transaction
from tests import builders as b


@pytest.fixture
def engine(live_app: Flask) -> str:
    with live_app.app_context():
        return db.engine.dialect.name


SETTINGS = {
    "sqlite": {
        "PRAGMA journal_mode": "wal",
        "PRAGMA synchronous": 2,
        "PRAGMA foreign_keys": 1,
        "PRAGMA busy_timeout": 5000,
        "PRAGMA secure_delete": 1,
    },
    "postgresql": {"SHOW statement_timeout": "5s", "SHOW lock_timeout": "4s"},
}


def test_each_engine_is_durable_strict_and_patient_for_so_long(live_app: Flask, engine: str) -> None:
    with live_app.app_context(), db.engine.connect() as connection:
        for question, answer in SETTINGS[engine].items():
            assert connection.exec_driver_sql(question).scalar() == answer, question


def test_a_transaction_takes_the_write_lock_at_its_start(live_app: Flask, engine: str) -> None:
    """On SQLite, that is; PostgreSQL locks rows, so that both go on."""
    inside, leave, order = Event(), Event(), []

    def first() -> None:
        with live_app.app_context(), transaction():
            inside.set()
            leave.wait(5)
            order.append("first")

    def second() -> None:
        with live_app.app_context(), transaction():
            order.append("second")

    threads = [Thread(target=first)]
    threads[0].start()
    assert inside.wait(5)
    threads.append(Thread(target=second))
    threads[1].start()
    threads[1].join(0.3)
    assert order == ([] if engine == "sqlite" else ["second"])
    leave.set()
    for thread in threads:
        thread.join()
    assert sorted(order) == ["first", "second"]


def _fail_half_way() -> None:
    with transaction():
        b.make_person()
        raise ZeroDivisionError


def test_what_fails_half_way_leaves_nothing(live_app: Flask) -> None:
    with live_app.app_context():
        with transaction():
            b.make_regions()
        with pytest.raises(ZeroDivisionError):
            _fail_half_way()
        assert session.query(Person).count() == 0


def test_foreign_keys_hold(live_app: Flask) -> None:
    with live_app.app_context(), pytest.raises(IntegrityError), transaction():
        session.execute(
            text("INSERT INTO cycles (regency_code, plan_year, opened_at) VALUES ('99.99', 2028, :at)"),
            {"at": "2026-01-01"},
        )


def test_readers_do_not_wait_for_a_writer(live_app: Flask) -> None:
    with live_app.app_context():
        with transaction():
            b.make_regions()
        with db.engine.connect().execution_options(**WRITES) as writer:
            writer.execute(text("UPDATE regencies SET capital = 'X'"))
            with db.engine.connect() as reader:
                assert reader.execute(text("SELECT capital FROM regencies WHERE slug = 'belu'")).scalar() == "Atambua"
            writer.rollback()


def test_a_naive_moment_is_refused_and_an_aware_one_comes_back_in_utc(live_app: Flask) -> None:
    column = UtcDateTime()
    with live_app.app_context():
        dialect = db.engine.dialect
    with pytest.raises(ValueError, match="naive"):
        column.process_bind_param(datetime(2026, 1, 1), dialect)  # noqa: DTZ001
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert column.process_result_value(column.process_bind_param(at, dialect), dialect) == at
