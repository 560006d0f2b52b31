"""Writing by natural key: rows brought up to date without deleting any, and rows that many may write at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, not_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from app.db.base import Base
from app.db.session import session

K = TypeVar("K")


@dataclass(frozen=True)
class Tally:
    """How many rows were new, changed, and the same."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.new + other.new, self.changed + other.changed, self.same + other.same)


def bring_up_to_date(model: type[Base], known: Mapping[K, Base], wanted: Mapping[K, Mapping[str, Any]]) -> Tally:
    """Make the rows of a table say what is wanted of them; both mappings are by natural key."""
    tally = Tally()
    for key, values in wanted.items():
        row = known.get(key)
        if row is None:
            session.add(model(**values))
            tally += Tally(new=1)
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            tally += Tally(changed=1)
        else:
            tally += Tally(same=1)
    session.flush()
    return tally


def _insert(model: Any) -> Any:
    """An INSERT that can say what happens on a conflict; each engine has its own."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(model)


def count_up(counter: InstrumentedAttribute[int], by: int = 1, **key: object) -> int:
    """Add to a counter, from nothing where the key has none, and tell where it stands.

    However many ask at once, each is told another number; the row stays locked until the end.
    """
    column = counter.expression
    reached: int = session.execute(
        _insert(counter.class_)
        .values(**key, **{counter.key: by})
        .on_conflict_do_update(index_elements=list(key), set_={counter.key: column + by})
        .returning(column)
    ).scalar_one()
    return reached


def put(
    model: type[Base],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    first: Mapping[str, Any] | None = None,
    again: Mapping[str, Any] | None = None,
    *,
    unless: ColumnElement[bool] | None = None,
) -> Row[Any] | None:
    """Add a row, or bring the one with this key up to date; it stays locked until the end.

    `first` holds values of a new row only, `again` those of one that was there. None where it was there, and `unless`
    kept it as it is.
    """
    changed = {**values, **(again or {})}
    where = None if unless is None else not_(unless)
    statement = _insert(model).values(**key, **values, **(first or {}))
    statement = statement.on_conflict_do_update(index_elements=list(key), set_=changed, where=where)
    found: Row[Any] | None = session.execute(statement.returning(*model.__table__.c)).first()
    return found


def add_once(model: type[Base], **values: object) -> bool:
    """Add a row unless its key is there; whether this call has added it."""
    insert = _insert(model).values(**values).on_conflict_do_nothing()
    return session.execute(insert.returning(*model.__table__.primary_key)).first() is not None
