"""Who brings regions in."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy


class Can(StrEnum):
    KEEP_REGIONS = "keep_regions"


@dataclass(frozen=True)
class Installation:
    """The whole of it: the tree of regions belongs to no single regency."""


def administers(actor: Actor, facts: Installation) -> bool:
    """an administrator of the installation"""
    return actor.holds(Role.ADMINISTRATOR, "")


POLICY: Policy[Can, Installation] = Policy({Can.KEEP_REGIONS: (administers,)})
