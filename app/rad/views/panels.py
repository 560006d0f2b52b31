"""What the plan adds to the page of an innovation, and to that of the proposal it came from; and to the gates."""

from dataclasses import dataclass

from app.innovations.models import Innovation
from app.proposals.models import Proposal
from app.proposals.rules import Status
from app.rad import queries
from app.rad.queries import Named
from app.web.panels import Panel, Place, adds_panel


@dataclass(frozen=True)
class UnderPage:
    """The actions under which something hangs."""

    actions: list[Named]


@adds_panel("innovation")
def actions_of_innovation(innovation: Innovation) -> Panel | None:
    return _panel(queries.actions_of_innovation(innovation.id))


@adds_panel("proposal")
def actions_of_proposal(proposal: Proposal) -> Panel | None:
    """The way from a resident's proposal to the row of the plan."""
    return _panel(queries.actions_of_proposal(proposal.id)) if proposal.status is Status.ESCALATED else None


def _panel(found: list[Named]) -> Panel | None:
    return Panel(Place.BELOW, "rad/_under.html", UnderPage(found)) if found else None
