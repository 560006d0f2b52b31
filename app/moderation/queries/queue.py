"""What waits for moderators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_

from app.accounts.models import Person
from app.db.session import session
from app.kernel.paging import Page, page_of
from app.moderation.models import Assignment
from app.proposals.models import Proposal
from app.proposals.queries import ProposalRow, lies_in, micros, moment_mark, rows_select
from app.proposals.rules import Status
from app.regions.queries import within

DESK_SIZE = 50
# Counting stops here: a desk with more needs help, not a number.
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Load:
    """How much waits, how much of it longer than promised, with the asker, and with nobody."""

    waiting: int
    late: int
    mine: int = 0
    free: int = 0


@dataclass(frozen=True)
class Waiting:
    """A proposal of the queue, and who has it in hand."""

    row: ProposalRow
    holder_id: int | None
    holder: str | None


@dataclass(frozen=True)
class Asked:
    """What a moderator asks of the queue; each empty value asks nothing."""

    status: Status = Status.SUBMITTED
    region: str = ""
    late_at: datetime | None = None
    mine_id: int | None = None
    is_free: bool = False


def _waits(scopes: Sequence[str], status: Status) -> ColumnElement[bool]:
    return and_(Proposal.status == status, lies_in(scopes))


def load_of(scopes: Sequence[str], now: datetime, person_id: int = 0) -> Load:
    """One statement, on what has been submitted the longest, the first thousand."""
    waiting = (
        select(Proposal.held_until, Assignment.moderator_id)
        .outerjoin(Assignment, Assignment.proposal_id == Proposal.id)
        .where(_waits(scopes, Status.SUBMITTED))
        .order_by(Proposal.held_since, Proposal.id)
        .limit(MOST_COUNTED)
        .subquery()
    )
    late = func.count().filter(waiting.c.held_until <= now)
    mine = func.count().filter(waiting.c.moderator_id == person_id)
    free = func.count().filter(waiting.c.moderator_id.is_(None))
    return Load(*session.execute(select(func.count(), late, mine, free).select_from(waiting)).one())


def waiting_in(scopes: Sequence[str], asked: Asked, after: str | None = None, size: int = DESK_SIZE) -> Page[Waiting]:
    """Proposals within the scopes as asked for, those that have been so the longest first; one statement.

    The page is found in an index first: rows are read and joined only for what is shown.
    """
    page = _first(scopes, asked, after).order_by(Proposal.held_since, Proposal.id).limit(size + 1)
    shown = (
        rows_select()
        .add_columns(Assignment.moderator_id, Person.name)
        .outerjoin(Assignment, Assignment.proposal_id == Proposal.id)
        .outerjoin(Person, Person.id == Assignment.moderator_id)
        .where(Proposal.id.in_(page))
        .order_by(Proposal.held_since, Proposal.id)
    )
    found = [Waiting(ProposalRow(*row[:-2]), *row[-2:]) for row in session.execute(shown)]
    return page_of(found, size, lambda one: f"{micros(one.row.held_since)}-{one.row.id}")


def _first(scopes: Sequence[str], asked: Asked, after: str | None) -> Select[int]:
    wanted = select(Proposal.id).where(_waits([asked.region] if asked.region else scopes, asked.status))
    if asked.region:
        wanted = wanted.where(within(Proposal.village_code, scopes))
    if asked.late_at:
        wanted = wanted.where(Proposal.held_until <= asked.late_at)
    if asked.mine_id or asked.is_free:
        wanted = wanted.outerjoin(Assignment, Assignment.proposal_id == Proposal.id)
        wanted = wanted.where(Assignment.moderator_id == (asked.mine_id or None))
    if mark := moment_mark(after):
        wanted = wanted.where(tuple_(Proposal.held_since, Proposal.id) > mark)
    return wanted
