"""What the plan adds to the page of an innovation, and to that of the proposal it came from; and to the gates."""

from dataclasses import dataclass

from app.innovations.models import Innovation
from app.kernel.policy import Within
from app.proposals.models import Proposal
from app.proposals.rules import Status
from app.rad import queries
from app.rad.permissions import POLICY, Can
from app.rad.queries import Named
from app.rad.views.public import PUBLIC
from app.web.access import current_actor
from app.web.panels import Panel, Place, adds_panel


@dataclass(frozen=True)
class UnderPage:
    """The actions under which something hangs."""

    actions: list[Named]


@adds_panel("innovation")
def actions_of_innovation(innovation: Innovation) -> Panel | None:
    return _panel(innovation.regency_code, queries.actions_of_innovation(innovation.id))


@adds_panel("proposal")
def actions_of_proposal(proposal: Proposal) -> Panel | None:
    """The way from a resident's proposal to the row of the plan."""
    if proposal.status is not Status.ESCALATED:
        return None
    return _panel(proposal.regency_code, queries.actions_of_proposal(proposal.id))


def _panel(regency_code: str, found: list[Named]) -> Panel | None:
    """Drafts are for those who keep the plan."""
    may_keep = POLICY.may(current_actor(), Can.KEEP_PLAN, Within(regency_code))
    shown = [one for one in found if may_keep or one.status in PUBLIC]
    return Panel(Place.BELOW, "rad/_under.html", UnderPage(shown)) if shown else None
