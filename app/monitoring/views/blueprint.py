"""The blueprint that the room's views share, finding the thing of an address, and how codes are coloured."""

from typing import Any

from flask import Blueprint, url_for

from app.innovations.models import Innovation
from app.innovations.queries import get_detail
from app.innovations.rules.progress import Progress
from app.kernel.outcomes import Missing
from app.monitoring import queries
from app.monitoring.rules.evaluations import Recommendation
from app.monitoring.rules.quarters import Quarter, last_ended, parse_quarter
from app.monitoring.rules.reports import ReportStatus
from app.monitoring.rules.things import Thing, ThingKind
from app.monitoring.words import LIGHT_KINDS, RECOMMENDATION_KINDS, STATUS_KINDS
from app.regions.rules import Regency
from app.web.clock import now

bp = Blueprint("monitoring", __name__, template_folder="../templates")


@bp.app_template_filter("progress_kind")
def progress_kind(light: Progress) -> str:
    """The kind of badge of a light."""
    return LIGHT_KINDS[light]


@bp.app_template_filter("report_kind")
def report_kind(status: ReportStatus) -> str:
    return STATUS_KINDS[status]


@bp.app_template_filter("recommendation_kind")
def recommendation_kind(one: Recommendation) -> str:
    return RECOMMENDATION_KINDS[one]


def thing_at(regency: Regency, kind: str, key: str) -> Thing:
    return queries.get_thing(regency.code, ThingKind(kind), key)


def quarter_at(text: str) -> Quarter:
    quarter = parse_quarter(text)
    if quarter is None:
        raise Missing
    return quarter


def innovation_at(regency: Regency, number: str) -> Innovation:
    return get_detail(regency.code, number).innovation


def current_quarter(regency: Regency) -> Quarter:
    """The quarter that is judged now."""
    return last_ended(now(), regency.time_zone)


def page_of_thing(kind: ThingKind, key: str) -> str:
    """The page of the action or innovation itself."""
    return url_for("rad.show", code=key) if kind is ThingKind.ACTION else url_for("innovations.show", number=key)


def address_of(thing: Thing, endpoint: str, **values: Any) -> str:
    return url_for(endpoint, kind=thing.kind.value, key=thing.key, **values)
