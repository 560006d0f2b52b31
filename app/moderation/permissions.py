"""Who may open a proposal on the desk; who may decide is `proposals.permissions.Can.REVIEW`."""

from enum import StrEnum

from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy
from app.proposals.permissions import ProposalFacts


class Can(StrEnum):
    OPEN_ON_DESK = "open_on_desk"


def moderates(actor: Actor, facts: ProposalFacts) -> bool:
    """a moderator of its village, district or regency"""
    return actor.holds(Role.MODERATOR, facts.village_code)


POLICY: Policy[Can, ProposalFacts] = Policy({Can.OPEN_ON_DESK: (moderates,)})
