"""The Flask-SQLAlchemy extension and how each engine is spoken to."""

import sqlite3
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import ConnectionPoolEntry

from app.db.base import Base

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
session = db.session

WRITES = {"mufakat_writes": True}
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
)


def engine_options(url: str) -> dict[str, Any]:
    """What SQLAlchemy's create_engine is given for this database."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": 5}}
    limits = "-c statement_timeout=5s -c lock_timeout=4s -c idle_in_transaction_session_timeout=30s"
    # Many short questions at once: no compiling, no helpers, and pages of indexes that lie in memory.
    plans = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
    connect_args = {"connect_timeout": 5, "options": f"{limits} {plans}"}
    return {"hide_parameters": True, "pool_pre_ping": True, "connect_args": connect_args}


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # we begin ourselves, see below
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at the start: upgrading a read transaction can fail at once with SQLITE_BUSY.
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("mufakat_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
