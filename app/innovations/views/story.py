"""The story of an innovation, from the first proposal to policy, as one line of steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.i18n.catalogues import _, words
from app.innovations.models import Decision
from app.innovations.queries import Told
from app.innovations.rules.gates import Asked, Held
from app.innovations.rules.stages import StageEvent
from app.innovations.words import HISTORY, STAGE_KINDS
from app.regions.rules import Regency

# Documents that are steps of the story themselves.
MILESTONES = (Asked.DECREE, Asked.EVALUATION, Asked.REGULATION)


@dataclass(frozen=True)
class Step:
    """A step in words; a document has a day only, `who` is the role that acted."""

    at: datetime
    day: date | None
    title: str
    who: str = ""
    reason: str = ""
    lesson: str = ""
    kind: str = "mute"
    until: date | None = None


def story(
    regency: Regency,
    told: Sequence[Told],
    decision: Decision | None,
    held: Sequence[Held],
) -> list[Step]:
    """The latest first; of the same moment what came later in the course of things."""
    steps = [*_proposal(told), *_decided(decision), *_documents(regency, held), *_stages(told)]
    return sorted(steps, key=lambda step: step.at)[::-1]


def _proposal(told: Sequence[Told]) -> Iterator[Step]:
    for one in told:
        if one.stage is None:
            yield Step(one.at, None, words(one.event), words(one.who) if one.who else "", one.reason)


def _decided(decision: Decision | None) -> Iterator[Step]:
    if decision:
        yield Step(decision.at, None, _("Lima pertanyaan dijawab ya: usulan diangkat menjadi inovasi"), kind="ok")


def _documents(regency: Regency, held: Sequence[Held]) -> Iterator[Step]:
    zone = ZoneInfo(regency.time_zone)
    for one in held:
        if one.asked in MILESTONES and one.dated:
            form = words(one.legal_form or one.asked)
            title = _("%(form)s nomor %(number)s", form=form, number=one.text) if one.legal_form else form
            yield Step(datetime.combine(one.dated, time(), zone), one.dated, title, kind="ok")


def _stages(told: Sequence[Told]) -> Iterator[Step]:
    for one in told:
        if one.stage is not None:
            title = str(HISTORY[StageEvent(one.event)]) % {"stage": words(one.stage)}
            kind, who = STAGE_KINDS.get(one.stage, "calm"), words(one.who) if one.who else _("Warga")
            yield Step(one.at, None, title, who, one.reason, one.lesson, kind, one.until)
