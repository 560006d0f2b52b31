"""Permissions as rows: for each thing that can be done, the predicates of which one must hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied

C = TypeVar("C", bound=StrEnum)
F = TypeVar("F")


@dataclass(frozen=True)
class Policy(Generic[C, F]):
    """Rows of predicates over (Actor, facts); a predicate's docstring is its line in docs/permissions.md."""

    rows: Mapping[C, tuple[Callable[[Actor, F], bool], ...]]

    def may(self, actor: Actor, can: C, facts: F) -> bool:
        return any(holds(actor, facts) for holds in self.rows[can])

    def require(self, actor: Actor, can: C, facts: F) -> None:
        """Raise Denied unless a predicate holds."""
        if not self.may(actor, can, facts):
            raise Denied(can)


@dataclass(frozen=True)
class Within:
    """The facts of a permission that asks only where: a region code, '' for the whole installation; and for officers
    whose thing it is.
    """

    code: str
    agency_id: int | None = None


def has_role(role: Role, who: str) -> Callable[[Actor, Within], bool]:
    """A predicate: the actor holds the role there; `who` is its line in docs/permissions.md."""

    def holds(actor: Actor, facts: Within) -> bool:
        return actor.holds(role, facts.code)

    holds.__doc__ = who
    return holds
