"""Counting what facilitators do, by person, day and deed; for those who oversee them and for themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from app.accounts.models import Person
from app.db.session import session
from app.facilitation.models import Assistance
from app.facilitation.rules import Deed
from app.proposals.models import Proposal
from app.regions.queries import within
from app.voting.models import RollEntry


@dataclass(frozen=True)
class Count:
    """So many deeds of a kind on a day, the day by its place in the days that were asked for."""

    facilitator_id: int
    day: int
    deed: Deed
    count: int


@dataclass(frozen=True)
class Shares:
    """How much of what residents have sent and cast came with help."""

    proposals: int
    typed: int
    voters: int
    helped: int


def count_deeds(scopes: Sequence[str], days: Sequence[datetime], facilitator_id: int | None = None) -> list[Count]:
    """Deeds within the scopes, of one facilitator where asked; `days` are when each day begins, ascending."""
    day = case(*((Assistance.at < end, number) for number, end in enumerate(days[1:])), else_=len(days) - 1).label(
        "day"
    )
    asked = (
        select(Assistance.facilitator_id, day, Assistance.deed, func.count())
        .where(within(Assistance.village_code, scopes), Assistance.at >= days[0])
        .group_by(Assistance.facilitator_id, day, Assistance.deed)
        .order_by(Assistance.facilitator_id, day, Assistance.deed)
    )
    if facilitator_id is not None:
        asked = asked.where(Assistance.facilitator_id == facilitator_id)
    return [Count(*row) for row in session.execute(asked)]


def ballots_since(scopes: Sequence[str], since: datetime) -> list[tuple[int, datetime]]:
    """Who helped with a ballot and when, in order of time; nothing of whose ballot it was."""
    asked = (
        select(Assistance.facilitator_id, Assistance.at)
        .where(within(Assistance.village_code, scopes), Assistance.at >= since, Assistance.deed == Deed.BALLOT_ASSISTED)
        .order_by(Assistance.at, Assistance.id)
    )
    return [(row.facilitator_id, row.at) for row in session.execute(asked)]


def shares_in(scopes: Sequence[str]) -> Shares:
    """Of all proposals that were sent and all voters on the rolls of these villages."""
    sent = select(func.count(), func.count(Proposal.typed_by_id)).where(
        within(Proposal.village_code, scopes), Proposal.number.is_not(None)
    )
    voted = (
        select(func.count(), func.count(RollEntry.helper_id))
        .join(Person, Person.id == RollEntry.person_id)
        .where(within(Person.village_code, scopes))
    )
    return Shares(*session.execute(sent).one(), *session.execute(voted).one())
