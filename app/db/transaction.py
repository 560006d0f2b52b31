"""The only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.db.session import WRITES, session


@contextmanager
def transaction() -> Iterator[None]:
    """One unit of work: committed as a whole at the end, rolled back as a whole on any error.

    What was read before is let go first, so that the rules inside see the latest committed state.
    """
    session.commit()
    session.expire_all()
    try:
        session.connection(execution_options=WRITES)
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
