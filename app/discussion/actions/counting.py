"""Counts that pages show, kept beside what they count and changed in the same transaction."""

from sqlalchemy import update
from sqlalchemy.orm import InstrumentedAttribute

from app.db.session import session
from app.db.upserts import count_up


def count(counter: InstrumentedAttribute[int], by: int, **key: object) -> None:
    """Add to the counter, or take from what it has."""
    session.flush()
    if by > 0:
        count_up(counter, by, **key)
    elif by < 0:  # no insert: a row below zero would be refused before it is found to be there already
        session.execute(update(counter.class_).filter_by(**key).values({counter.key: counter.expression + by}))
