"""What this room adds to the page of an innovation, for everybody and at the desk: the years that are covered."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

from app.backing import queries
from app.backing.views.blueprint import today_in
from app.backing.views.public import StripView, strips_of
from app.innovations.models import Innovation
from app.innovations.rules.stages import RUNNING
from app.web.panels import Panel, Place, adds_panel


@dataclass(frozen=True)
class BackingPanel:
    """The way to all that the innovation stands on, and the years of its resources."""

    number: str
    strips: Sequence[StripView]


@adds_panel("innovation")
@adds_panel("managed innovation")
def backing_of_innovation(innovation: Innovation) -> Panel | None:
    strips = []
    if innovation.stage in RUNNING:
        strips = strips_of(queries.commitments_of(innovation.id), today_in(g.regency))
    return Panel(Place.BELOW, "backing/_panel.html", BackingPanel(innovation.number, strips))
