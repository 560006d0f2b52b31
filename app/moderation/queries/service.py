"""How long answers took, from the public timelines."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import select

from app.db.session import session
from app.moderation.rules.service import Service, Step, Stop, service_of, stops
from app.proposals.models import Proposal, TimelineEntry
from app.regions.rules import parent_code


def service_of_cycle(cycle_id: int) -> dict[tuple[str, str], Service]:
    """Desk and district (and '' for the regency) to what was answered there in the cycle; no person is told apart."""
    entry = TimelineEntry
    rows: Iterable[Any] = session.execute(
        select(
            entry.proposal_id,
            Proposal.village_code,
            entry.event,
            entry.status,
            entry.holder,
            entry.at,
            entry.held_until,
            entry.facts,
        )
        .join(Proposal, Proposal.id == entry.proposal_id)
        .where(Proposal.cycle_id == cycle_id)
        .order_by(entry.proposal_id, entry.id)
        .execution_options(yield_per=2000)
    )
    found: dict[tuple[str, str], list[Stop]] = defaultdict(list)
    for (_id, village), rows_of in groupby(rows, key=lambda row: (row[0], row[1])):
        for stop in stops(_step(row) for row in rows_of):
            found[stop.desk, parent_code(village)].append(stop)
            found[stop.desk, ""].append(stop)
    return {key: service_of(answered) for key, answered in found.items()}


def _step(row: Any) -> Step:
    return Step(row.event, row.status, row.holder, row.at, row.held_until, str(row.facts.get("level", "")))
