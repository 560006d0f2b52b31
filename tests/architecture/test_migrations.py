"""Migrations lead from nothing to the models' schema, back to nothing, and up again, on the engine under test."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from app.db.base import Base
from app.db.session import db
from app.factory import create_app
from config import Settings
from tests.engines import Databases

Schema = dict[str, dict[str, Any]]


@pytest.fixture
def migrations(databases: Databases) -> Iterator[Config]:
    """The migrations, set to an empty database that the application of this test uses."""
    url = databases.empty()
    app = create_app(Settings.for_tests(url))
    with app.app_context():
        yield app.extensions["migrate"].migrate.get_config()
        db.session.remove()
        db.engine.dispose()
    databases.drop(url)


def test_migrations_lead_up_down_and_up_again(migrations: Config) -> None:
    command.upgrade(migrations, "head")
    once = schema()
    command.downgrade(migrations, "base")
    assert set(schema()) <= {"alembic_version"}
    command.upgrade(migrations, "head")
    assert schema() == once


def test_the_migrated_schema_is_the_models(migrations: Config) -> None:
    command.upgrade(migrations, "head")
    migrated = schema()
    with db.engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_object": is_compared}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []
    command.downgrade(migrations, "base")
    Base.metadata.create_all(db.engine)
    modelled = schema()
    del migrated["alembic_version"], modelled["alembic_version"]
    assert migrated == modelled


def is_compared(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """The full-text indexes are beyond Alembic; that both ways lead to the same ones is seen below."""
    return not str(name).startswith(("search_index", "search_vector", "ix_search_documents_terms"))


def schema() -> Schema:
    """What the database itself says of its tables, checks included, which Alembic does not compare."""
    seen = inspect(db.engine)
    return {
        table: {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"], str(c["default"])) for c in seen.get_columns(table)
            ),
            "key": seen.get_pk_constraint(table)["constrained_columns"],
            "foreign": listed(seen.get_foreign_keys(table), "name", "constrained_columns", "referred_table", "options"),
            "unique": listed(seen.get_unique_constraints(table), "name", "column_names"),
            "indexes": listed(seen.get_indexes(table), "name", "column_names", "unique"),
            "checks": listed(seen.get_check_constraints(table), "name", "sqltext"),
        }
        for table in seen.get_table_names()
    }


def listed(things: Any, *names: str) -> list[list[str]]:
    return sorted([" ".join(str(thing.get(name)).split()) for name in names] for thing in things)
