"""Who may attest whom, and who may grant what."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy


class Can(StrEnum):
    ATTEST = "attest"
    SEE_RESIDENTS = "see_residents"
    GRANT = "grant"


@dataclass(frozen=True)
class InRegion:
    """A region code; the empty code is the installation."""

    code: str


def facilitates(actor: Actor, facts: InRegion) -> bool:
    """a facilitator of that village"""
    return actor.holds(Role.FACILITATOR, facts.code)


def administers(actor: Actor, facts: InRegion) -> bool:
    """an administrator of that region"""
    return actor.holds(Role.ADMINISTRATOR, facts.code)


POLICY: Policy[Can, InRegion] = Policy(
    {Can.ATTEST: (facilitates,), Can.SEE_RESIDENTS: (facilitates,), Can.GRANT: (administers,)}
)
