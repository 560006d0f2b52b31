"""How long answers took: the public timelines, and what was counted of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select

from app.db.session import session
from app.moderation.models import ServiceAnswer
from app.moderation.rules.service import Service, Tally, service_of
from app.proposals.models import Proposal, TimelineEntry


def service_of_cycle(cycle_id: int) -> dict[tuple[str, str], Service]:
    """Desk and district (and '' for the regency) to what was answered there in the cycle; no person is told apart.

    One statement, answered from an index; its rows are bounded by desks, districts and days.
    """
    one = ServiceAnswer
    counted = (one.desk, one.district_code, one.days, one.is_in_time)
    rows = session.execute(
        select(*counted, func.count()).where(one.cycle_id == cycle_id).group_by(*counted).order_by(*counted)
    )
    found: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for desk, district, days, is_in_time, count in rows:
        tally = Tally(days, is_in_time, count)
        found[desk, district].append(tally)
        found[desk, ""].append(tally)
    return {key: service_of(tallies) for key, tallies in found.items()}


def timelines_of(proposal_ids: Collection[int]) -> Sequence[Any]:
    """What the service clock asks of timelines, each with its proposal's place and present year, oldest first."""
    entry = TimelineEntry
    return session.execute(
        select(
            entry.proposal_id,
            Proposal.village_code,
            Proposal.cycle_id,
            entry.event,
            entry.status,
            entry.holder,
            entry.at,
            entry.held_until,
            entry.facts,
        )
        .join(Proposal, Proposal.id == entry.proposal_id)
        .where(entry.proposal_id.in_(proposal_ids))
        .order_by(entry.proposal_id, entry.id)
    ).all()


def proposals_after(proposal_id: int, size: int) -> Sequence[int]:
    """The next proposals by id."""
    return session.scalars(select(Proposal.id).where(Proposal.id > proposal_id).order_by(Proposal.id).limit(size)).all()
