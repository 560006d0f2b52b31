"""Who may support a proposal."""

from enum import StrEnum

from app.kernel.policy import Policy
from app.proposals.permissions import ProposalFacts, is_resident


class Can(StrEnum):
    SUPPORT = "support"


POLICY: Policy[Can, ProposalFacts] = Policy({Can.SUPPORT: (is_resident,)})
