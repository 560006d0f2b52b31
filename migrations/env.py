"""How migrations run: on the application's own engine, one transaction a migration."""

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


def run() -> None:
    if context.is_offline_mode():
        raise SystemExit("Migrations run on a database, not into a script.")
    with database.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # A table is changed by copying it, which foreign keys would take for deleting its rows.
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=plain_types,
            process_revision_directives=keep_empty_away,
            transaction_per_migration=True,
            **options,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if is_sqlite:
            connection.connection.execute("PRAGMA foreign_keys=ON")


run()
