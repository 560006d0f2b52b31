"""The ways in which an action says no: Refused by a rule, Denied by permission, Missing thing."""

from enum import StrEnum


class Refused(Exception):
    """A rule says no; `reason` has words in the catalogue, `facts` fill its placeholders."""

    def __init__(self, reason: StrEnum, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class Denied(Exception):
    """The actor may not do this to this thing, whatever the moment."""

    def __init__(self, permission: StrEnum) -> None:
        super().__init__(permission)
        self.permission = permission


class Missing(Exception):
    """There is no such thing, or none that this actor may know of."""
