"""What becomes of the winners: ordinary work for an agency, or an innovation that goes through its gates."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.backing.rules.acts import ActText, Purpose
from app.backing.rules.partners import PartnerKind, PartnerText
from app.backing.rules.resources import CommitmentText, Fund, Resource, year_of_money
from app.demo.rules.clock import Clock
from app.demo.rules.contests import plan_year
from app.demo.rules.people import COLLEAGUE, OFFICER, OFFICERS_AGENCY, PLANNER
from app.demo.rules.steps import Back, Escalate, PassGate, Provide, RouteWork, SetLead, Step, Stop
from app.demo.rules.texts import InnovationText, ProvisionText, Texts
from app.innovations.rules.gates import Asked, LegalForm
from app.innovations.rules.provisions import Content, Field, Kind, fields_of

ROUTED = (-286, -280)
PASSED = "Semua syarat tahap ini sudah diperiksa dan lengkap."


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
    # The planner names the agency; from then on its officer, where the story has one, brings what is asked for.
    by = OFFICER if innovation.agency == OFFICERS_AGENCY else COLLEAGUE
    base_year = plan_year(texts.cycles["previous"], clock)
    shown = began + 1
    for order, given in enumerate(innovation.provisions):
        shown = shown if given.dated_days_ago is None else -given.dated_days_ago
        # Those of one day follow each other by minutes, in the order of the file.
        at = clock.hour(shown, 9) + timedelta(minutes=7 * order)
        if given.kind is Asked.AGENCY:
            yield SetLead(at, PLANNER, key, innovation.agency, innovation.pillar)
        elif given.kind.value in set(Kind):
            kind = Kind(given.kind.value)
            yield Provide(at, by, key, kind, _content(kind, given, clock))
        else:
            yield Back(at, by, key, _backing(given, base_year, clock, shown), clock.date(shown))
    for stage, days in innovation.passed.items():
        yield PassGate(clock.hour(-days, 14), PLANNER, key, stage, PASSED)
    if innovation.stopped_days_ago:
        stop = texts.stopped[key]
        yield Stop(clock.hour(-innovation.stopped_days_ago, 14), PLANNER, key, stop.reason, stop.lesson)


def _content(kind: Kind, given: ProvisionText, clock: Clock) -> Content:
    """The columns that the kind has."""
    days = given.dated_days_ago
    known = {
        Field.DATED: None if days is None else clock.date(-days),
        Field.UNTIL: None if days is None else clock.date(-days + (given.lasts_days or 0)),
    }
    columns: dict[str, Any] = {
        one.value: known[one] if one in known else getattr(given, one.value) for one in fields_of(kind)
    }
    return Content(**columns)


def _backing(given: ProvisionText, base_year: int, clock: Clock, shown: int) -> CommitmentText | ActText | PartnerText:
    """Money, people, an act or a partner out of what the file says."""
    title, day = given.title or "", clock.date(shown)
    if given.kind is Asked.PARTNER:
        return PartnerText(PartnerKind.COMMUNITY, given.text or "", name=title)
    if given.kind is Asked.PEOPLE:
        return CommitmentText(Resource.PEOPLE, title, day, person=given.person or "", is_consented=True)
    if given.kind is Asked.BUDGET:
        since, until = year_of_money(base_year + (given.year_offset or 0))
        return CommitmentText(Resource.BUDGET, title, since, until, fund=Fund.REGENCY, amount=given.amount)
    purpose = Purpose.TRIAL if given.kind is Asked.DECREE else Purpose.USE
    form = given.legal_form or LegalForm.REGENT_DECREE
    return ActText(purpose, form, title, given.number or "", day, note=given.text or "")
