"""Another database for a while, in the same process."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine

from app.db.session import db, engine_options, session


@contextmanager
def elsewhere(url: str) -> Iterator[None]:
    """Inside, everything that is asked of the database is asked of the one at this address."""
    usual = db.engine
    session.remove()
    db.engines[None] = create_engine(url, **engine_options(url))  # type: ignore[index]
    try:
        yield
    finally:
        session.remove()
        db.engine.dispose()
        db.engines[None] = usual  # type: ignore[index]
