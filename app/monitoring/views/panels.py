"""What monitoring adds to the pages of an action and of an innovation, and to the planner's desk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.innovations.models import Innovation
from app.innovations.permissions import POLICY, Can
from app.innovations.rules.progress import Progress
from app.kernel.policy import Within
from app.monitoring import queries
from app.monitoring.models import Standing
from app.monitoring.rules.achievement import cut
from app.monitoring.rules.alerts import Alert, parse_alerts
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.things import MEASURED, ThingKind
from app.monitoring.views.shown import IndicatorView, indicator_views, judged
from app.rad.queries import ActionRow
from app.regions.rules import Regency
from app.web.access import current_actor
from app.web.panels import Panel, Place, adds_panel


@dataclass(frozen=True)
class ProgressPanel:
    """The light of the last quarter with the first indicator drawn; without a light, how to come to one."""

    kind: ThingKind
    key: str
    quarter: Quarter | None
    light: Progress | None
    achievement: Decimal | None
    alerts: Sequence[Alert]
    indicators: Sequence[IndicatorView]
    may_provide: bool = False
    may_check: bool = False


@adds_panel("innovation")
@adds_panel("managed innovation")
def progress_of_innovation(innovation: Innovation) -> Panel | None:
    where = Within(innovation.regency_code, innovation.agency_id)
    may_provide, is_measured = POLICY.may(current_actor(), Can.PROVIDE, where), innovation.stage in MEASURED
    standing, reports = queries.course_so_far(ThingKind.INNOVATION, innovation.id)
    if standing is None and not may_provide and not is_measured:
        return None
    found = queries.indicators_of(ThingKind.INNOVATION, [innovation.id]).get(innovation.id, []) if standing else []
    page = _page(ThingKind.INNOVATION, innovation.number, standing, indicator_views(found, reports))
    return _panel(replace(page, may_provide=may_provide, may_check=is_measured))


@adds_panel("rad_action")
def progress_of_action(row: ActionRow) -> Panel | None:
    standing, reports = queries.course_so_far(ThingKind.ACTION, row.action.id)
    if standing is None:
        return None
    return _panel(_page(ThingKind.ACTION, row.action.code, standing, indicator_views(row.indicators, reports)))


def _page(kind: ThingKind, key: str, standing: Standing | None, views: Sequence[IndicatorView]) -> ProgressPanel:
    if standing is None or not standing.is_open:
        return ProgressPanel(kind, key, None, None, None, (), views)
    achievement = None if standing.achievement is None else cut(standing.achievement)
    return ProgressPanel(kind, key, judged(standing), standing.light, achievement, parse_alerts(standing.alerts), views)


def _panel(page: ProgressPanel) -> Panel:
    return Panel(Place.BELOW, "monitoring/_panel.html", page)


@dataclass(frozen=True)
class AlertsPanel:
    """How much of what is monitored has to be looked at."""

    count: int


@adds_panel("planner desk")
def alerts_for_planner(regency: Regency) -> Panel | None:
    return Panel(Place.BELOW, "monitoring/_alerts.html", AlertsPanel(queries.count_alerts(regency.code)))
