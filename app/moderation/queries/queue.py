"""What waits for moderators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select, tuple_

from app.db.session import session
from app.kernel.paging import Page, page_of
from app.moderation.models import Assignment
from app.proposals.models import Proposal
from app.proposals.queries import ProposalRow, micros, moment_mark, rows_select, with_misi
from app.proposals.rules import Status
from app.regions.queries import within

DESK_SIZE = 50


@dataclass(frozen=True)
class Load:
    """How much waits, how much of it longer than promised, with the asker, and with nobody."""

    waiting: int
    late: int
    mine: int = 0
    free: int = 0


@dataclass(frozen=True)
class Asked:
    """What a moderator asks of the queue; each empty value asks nothing."""

    status: Status = Status.SUBMITTED
    region: str = ""
    late_at: datetime | None = None
    mine_id: int | None = None
    is_free: bool = False


def _waits(scopes: Sequence[str], status: Status) -> ColumnElement[bool]:
    return and_(Proposal.status == status, within(Proposal.village_code, scopes))


def _held_by(person_id: int) -> ColumnElement[bool]:
    return exists().where(Assignment.proposal_id == Proposal.id, Assignment.moderator_id == person_id)


def _free() -> ColumnElement[bool]:
    return ~exists().where(Assignment.proposal_id == Proposal.id)


def load_of(scopes: Sequence[str], now: datetime, person_id: int | None = None) -> Load:
    """One statement, on what is submitted."""
    late = func.count().filter(Proposal.held_until <= now)
    mine = func.count().filter(Assignment.moderator_id == person_id)
    free = func.count().filter(Assignment.moderator_id.is_(None))
    asked = (
        select(func.count(), late, mine, free)
        .select_from(Proposal)
        .outerjoin(Assignment, Assignment.proposal_id == Proposal.id)
        .where(_waits(scopes, Status.SUBMITTED))
    )
    return Load(*session.execute(asked).one())


def waiting_in(
    scopes: Sequence[str], asked: Asked, after: str | None = None, size: int = DESK_SIZE
) -> Page[ProposalRow]:
    """Proposals within the scopes as asked for, those that have been so the longest first."""
    wanted = rows_select().where(_waits(scopes, asked.status))
    if asked.region:
        wanted = wanted.where(within(Proposal.village_code, [asked.region]))
    if asked.late_at:
        wanted = wanted.where(Proposal.held_until <= asked.late_at)
    if asked.mine_id:
        wanted = wanted.where(_held_by(asked.mine_id))
    if asked.is_free:
        wanted = wanted.where(_free())
    if mark := moment_mark(after):
        wanted = wanted.where(tuple_(Proposal.held_since, Proposal.id) > mark)
    rows = session.execute(wanted.order_by(Proposal.held_since, Proposal.id).limit(size + 1)).all()
    return page_of(with_misi(rows), size, lambda row: f"{micros(row.held_since)}-{row.id}")
