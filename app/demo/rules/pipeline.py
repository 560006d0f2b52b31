"""What becomes of the winners: ordinary work for an agency, or an innovation that goes through its gates."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.demo.rules.clock import Clock
from app.demo.rules.contests import plan_year
from app.demo.rules.people import OFFICER, OFFICERS_AGENCY, PLANNER
from app.demo.rules.steps import Escalate, PassGate, Provide, RouteWork, Step, Stop
from app.demo.rules.texts import InnovationText, ProvisionText, Texts
from app.innovations.rules.provisions import Content, Field, Kind, fields_of

ROUTED = (-286, -280)


def tell_pipeline(texts: Texts, clock: Clock) -> Iterator[Step]:
    for key, route in texts.routed.items():
        at = clock.office(clock.between(*ROUTED))
        yield RouteWork(at, PLANNER, key, texts.ordinary, route.agency, route.text)
    for innovation in texts.innovations:
        yield from _tell(innovation, texts, clock)


def _tell(innovation: InnovationText, texts: Texts, clock: Clock) -> Iterator[Step]:
    key, began = innovation.proposal, -innovation.escalated_days_ago
    text = texts.proposals[key]
    yield Escalate(
        clock.office(began), PLANNER, key, texts.escalated[key], text.name, text.expansion, innovation.pillar
    )
    base_year = plan_year(texts.cycles["previous"], clock)
    shown = began + 1
    for order, provision in enumerate(innovation.provisions):
        shown = shown if provision.dated_days_ago is None else -provision.dated_days_ago
        # Those of one day follow each other by minutes, in the order of the file.
        at = clock.hour(shown, 9) + timedelta(minutes=7 * order)
        agency = innovation.agency if provision.kind is Kind.AGENCY else ""
        # The planner names the agency; from then on its officer, where the story has one, brings what is asked for.
        by = OFFICER if innovation.agency == OFFICERS_AGENCY and provision.kind is not Kind.AGENCY else PLANNER
        yield Provide(at, by, key, provision.kind, _content(provision, base_year, clock), agency)
    for stage, days in innovation.passed.items():
        yield PassGate(clock.hour(-days, 14), PLANNER, key, stage)
    if innovation.stopped_days_ago:
        stop = texts.stopped[key]
        yield Stop(clock.hour(-innovation.stopped_days_ago, 14), PLANNER, key, stop.reason, stop.lesson)


def _content(provision: ProvisionText, base_year: int, clock: Clock) -> Content:
    """The columns that the kind has; an agency is put in when it is known by number."""
    days = provision.dated_days_ago
    given = {
        Field.DATED: None if days is None else clock.date(-days),
        Field.UNTIL: None if days is None else clock.date(-days + (provision.lasts_days or 0)),
        Field.YEAR: None if provision.year_offset is None else base_year + provision.year_offset,
    }
    kept = [column for column in fields_of(provision.kind) if column not in (Field.AGENCY, Field.PILLAR)]
    columns: dict[str, Any] = {c.value: given[c] if c in given else getattr(provision, c.value) for c in kept}
    return Content(**columns)
