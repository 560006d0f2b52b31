"""Bringing rows up to date by their natural key: what is new is added, what differs is changed, nothing is deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

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
