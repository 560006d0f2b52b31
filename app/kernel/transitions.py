"""Life cycles as tables: which event leads from which state to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.kernel.outcomes import Refused

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


class Transition(StrEnum):
    """Why a life cycle says no."""

    NOT_NOW = "not_now"


@dataclass(frozen=True)
class Lifecycle(Generic[S, E]):
    """A table {(state, event): next state}; what it does not list is refused."""

    table: Mapping[tuple[S, E], S]

    def allows(self, state: S, event: E) -> bool:
        return (state, event) in self.table

    def after(self, state: S, event: E) -> S:
        """The next state; raises Refused(NOT_NOW) where the table has no row."""
        try:
            return self.table[state, event]
        except KeyError:
            raise Refused(Transition.NOT_NOW, state=state, event=event) from None

    def events(self, state: S) -> tuple[E, ...]:
        """What may happen in a state, in the table's order."""
        return tuple(event for (at, event) in self.table if at is state)
