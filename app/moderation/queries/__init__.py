"""What waits for moderators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing
from app.kernel.paging import Page, page_of
from app.moderation.models import Assignment
from app.moderation.permissions import POLICY, Can
from app.proposals import permissions as proposals
from app.proposals.models import Proposal
from app.proposals.queries import ProposalRow, facts_of, micros, moment_mark, rows_select, with_misi
from app.proposals.rules import Status
from app.regions.queries import within

DESK_SIZE = 50


@dataclass(frozen=True)
class Load:
    """How much waits, and how much of it longer than promised."""

    waiting: int
    late: int


def _waits(scopes: Sequence[str]) -> ColumnElement[bool]:
    return and_(Proposal.status == Status.SUBMITTED, within(Proposal.village_code, scopes))


def load_of(scopes: Sequence[str], now: datetime) -> Load:
    late = func.count().filter(Proposal.held_until <= now)
    return Load(*session.execute(select(func.count(), late).where(_waits(scopes))).one())


def waiting_in(
    scopes: Sequence[str], district: str, after: str | None, late_at: datetime | None = None, size: int = DESK_SIZE
) -> Page[ProposalRow]:
    """Submitted proposals within the scopes, the longest waiting first; only those late at the moment, where given."""
    asked = rows_select().where(_waits(scopes))
    if district:
        asked = asked.where(within(Proposal.village_code, [district]))
    if late_at:
        asked = asked.where(Proposal.held_until <= late_at)
    if mark := moment_mark(after):
        asked = asked.where(tuple_(Proposal.held_since, Proposal.id) > mark)
    rows = session.execute(asked.order_by(Proposal.held_since, Proposal.id).limit(size + 1)).all()
    return page_of(with_misi(rows), size, lambda row: f"{micros(row.held_since)}-{row.id}")


def get_on_desk(actor: Actor, number: str) -> Proposal:
    """The proposal, for a moderator of its place; missing to those who may not even know of it."""
    proposal = session.scalars(select(Proposal).where(Proposal.number == number.upper())).first()
    if proposal is None or not proposals.POLICY.may(actor, proposals.Can.SEE, facts_of(proposal)):
        raise Missing
    POLICY.require(actor, Can.OPEN_ON_DESK, facts_of(proposal))
    return proposal


def holder_of(proposal_id: int) -> Assignment | None:
    """Who has the proposal in hand."""
    return session.get(Assignment, proposal_id)
