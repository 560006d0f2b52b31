"""Leaving nothing of what was deleted in the files of the database."""

from contextlib import closing

from app.db.session import db

PATIENCE_MS, USUAL_MS = 300, 5000


def wipe() -> bool:
    """Empty SQLite's write-ahead log, which holds pages as they were; False where somebody is reading just now.

    The pages of the file itself are overwritten as they are freed (secure_delete). PostgreSQL's vacuum sees to its own.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    with closing(db.engine.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={USUAL_MS}")
    return not busy
