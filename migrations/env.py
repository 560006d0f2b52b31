"""How migrations run: on the application's own engine, one transaction a migration."""

from contextlib import contextmanager

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db
options = current_app.extensions["migrate"].configure_args


def keep_empty_away(context_, revision, directives) -> None:
    """No migration is written where nothing has changed."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []
        print("Nothing has changed.")


def plain_types(kind, item, autogen_context):
    """Migrations name the database's types, not ours: they must run when our classes have moved on."""
    return "sa.DateTime(timezone=True)" if kind == "type" and type(item).__name__ == "UtcDateTime" else False


def is_compared(thing, name, kind, reflected, other) -> bool:
    """The full-text index is written by hand: each engine has another, and neither can be read back whole."""
    return not str(name).startswith(("search_index", "search_vector", "ix_search_documents_terms"))


@contextmanager
def prepared(connection):
    """SQLite changes a table by copying it, which foreign keys would take for deleting its rows; PostgreSQL may take
    longer over a big table than a page may."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SET statement_timeout = 0")
        yield
        return
    raw = connection.connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        orphans = raw.execute("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise SystemExit(f"Rows without what they refer to: {orphans[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    if context.is_offline_mode():
        raise SystemExit("Migrations run on a database, not into a script.")
    with database.engine.connect() as connection, prepared(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=plain_types,
            include_object=is_compared,
            process_revision_directives=keep_empty_away,
            transaction_per_migration=True,
            **options,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
