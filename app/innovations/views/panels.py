"""What the pipeline adds to the page of a proposal: where it went, with the five public answers."""

from dataclasses import dataclass

from app.innovations import queries
from app.innovations.permissions import POLICY, Can
from app.innovations.queries import Decided
from app.kernel.policy import Within
from app.proposals.models import Proposal
from app.proposals.rules import Status
from app.web.access import current_actor
from app.web.panels import Panel, Place, adds_panel

# The statuses behind the five answers.
DECIDED = (
    Status.ESCALATED,
    Status.ROUTED,
    Status.PLANNED,
    Status.BUDGETED,
    Status.UNDERWAY,
    Status.COMPLETED,
)


@dataclass(frozen=True)
class PathPage:
    """Where a proposal went; `decided` is None as long as it waits for the answers."""

    proposal: Proposal
    decided: Decided | None


@adds_panel("proposal")
def path_of_proposal(proposal: Proposal) -> Panel | None:
    if proposal.status is Status.SELECTED:
        return _waiting(proposal)
    decided = queries.find_decided(proposal.id) if proposal.status in DECIDED else None
    if decided is None:
        return None
    return Panel(Place.BELOW, "innovations/_on_proposal.html", PathPage(proposal, decided))


@adds_panel("proposal")
def supported_innovations(proposal: Proposal) -> Panel | None:
    """The innovations that this proposal asks for as well."""
    found = queries.supported_by(proposal.id) if proposal.public_since else []
    return Panel(Place.BELOW, "innovations/_supports.html", found) if found else None


def _waiting(proposal: Proposal) -> Panel | None:
    """The planner's way to the five questions."""
    if not POLICY.may(current_actor(), Can.CURATE, Within(proposal.regency_code)):
        return None
    return Panel(Place.ACTION, "innovations/_decide_link.html", PathPage(proposal, None))
