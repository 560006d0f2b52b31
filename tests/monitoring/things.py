"""What is monitored in tests: an adopted action, an innovation in its trial, and reports on them."""

from datetime import UTC, datetime
from decimal import Decimal

from app.db.session import session
from app.innovations.models import Innovation
from app.innovations.rules.stages import Stage
from app.kernel.actor import Actor, AgencyFacts, Role
from app.monitoring import actions, queries
from app.monitoring.models import Report
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.reports import ReportText
from app.monitoring.rules.things import Thing, ThingKind
from app.plans.models import Agency
from app.rad.models import RadAction
from tests import builders as b
from tests.rad.matrices import agency_of, make_adopted, make_indicator, planner

# On the 21st of November the third quarter is over, and so are its ten days.
LAST = Quarter(2026, 3)
LONG_AGO = datetime(2025, 1, 10, tzinfo=UTC)


def officer(name: str = "Dinas Kesehatan", regency: str = b.BELU) -> Actor:
    agency = session.get_one(Agency, agency_of(regency, name))
    return b.make_staff(Role.OFFICER, regency, agency=AgencyFacts(agency.id, regency, agency.name))


def make_thing(regency: str = b.BELU, **changes: object) -> Thing:
    """An action that was adopted long ago; its two indicators have baseline 5 and targets 20, 40, 60, 80, 100."""
    action = make_adopted(regency, **changes)
    action.status_since = LONG_AGO
    session.flush()
    standing = queries.find_standing(thing_of(action))
    assert standing is not None
    standing.since = LONG_AGO
    session.flush()
    actions.judge(ThingKind.ACTION, [thing_of(action)], b.NOW)
    return thing_of(action)


def thing_of(action: RadAction) -> Thing:
    return queries.get_thing_by_id(ThingKind.ACTION, action.id)


def make_measured(actor: Actor | None = None, stage: Stage = Stage.TRIAL, name: str = "AIR LESTARI") -> Innovation:
    """An innovation of Makir in its trial, with an indicator."""
    actor = actor or planner()
    innovation = b.make_innovation(actor, name)
    innovation.stage, innovation.agency_id = stage, agency_of(b.BELU)
    session.flush()
    actions.set_indicator(actor, innovation, make_indicator(), b.NOW)
    standing = queries.find_standing(queries.get_thing_by_id(ThingKind.INNOVATION, innovation.id))
    assert standing is not None
    standing.since = LONG_AGO
    session.flush()
    return innovation


def text_for(thing: Thing, value: object = 35, **changes: object) -> ReportText:
    """A report in which every indicator stands at the value; at the end of the third quarter of 2026 35 are due."""
    found = queries.indicators_of(thing.kind, [thing.id])[thing.id]
    facts: dict[str, object] = {
        "figures": {one.row.id: Decimal(str(value)) for one in found},
        "physical": Decimal(70),
        "spent": 35_000_000,
        "obstacles": "Jalan rusak.",
        "follow_up": "Minta bantuan PUPR.",
    }
    return ReportText(**facts | changes)  # type: ignore[arg-type]


def make_report(
    thing: Thing, value: object = 35, quarter: Quarter = LAST, actor: Actor | None = None, **changes: object
) -> Report:
    return actions.report(actor or officer(), thing, quarter, text_for(thing, value, **changes), b.NOW)
