"""Counting promised answers as they are given, so that nobody reads every timeline to tell how long they took."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import delete

from app.db.session import session
from app.kernel.listeners import listens
from app.moderation import queries
from app.moderation.models import ServiceAnswer
from app.moderation.rules.service import ANSWERS, Step, cycle_at, stops
from app.proposals.actions.moving import TOLD
from app.proposals.models import TimelineEntry
from app.proposals.rules import Event
from app.regions.rules import parent_code

# What gives an answer or takes one back, beside the verdicts.
COUNTS = ANSWERS | {Event.UNDO, Event.SEPARATE}


@listens(TOLD)
def count_step(entry: TimelineEntry) -> None:
    """Count the proposal's answers anew where the step may have given one or taken one back."""
    if entry.event in COUNTS or entry.facts.get("level"):
        count_answers([entry.proposal_id])


def count_answers(proposal_ids: Collection[int]) -> int:
    """Count the answers to these proposals anew; how many."""
    session.execute(delete(ServiceAnswer).where(ServiceAnswer.proposal_id.in_(proposal_ids)))
    rows = queries.timelines_of(proposal_ids)
    counted = [one for _id, lines in groupby(rows, key=lambda row: row.proposal_id) for one in _answers(list(lines))]
    session.add_all(counted)
    session.flush()
    return len(counted)


def _answers(lines: Sequence[Any]) -> Iterator[ServiceAnswer]:
    """Of one proposal."""
    first = lines[0]
    reopened = [(line.at, line.facts["was_for"]) for line in lines if "was_for" in line.facts]
    for place, stop in enumerate(stops(map(_step, lines))):
        yield ServiceAnswer(
            proposal_id=first.proposal_id,
            place=place,
            cycle_id=cycle_at(stop.at, reopened, first.cycle_id),
            desk=stop.desk,
            district_code=parent_code(first.village_code),
            days=stop.days,
            is_in_time=stop.is_in_time,
        )


def _step(line: Any) -> Step:
    return Step(line.event, line.status, line.holder, line.at, line.held_until, str(line.facts.get("level", "")))
