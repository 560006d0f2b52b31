"""Works: one with all that is told of it, and lists of them by where they stand."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.db.session import session
from app.delivery.models import Work, WorkCheck, WorkProgress
from app.delivery.rules import WORKS, Answer, is_doubted
from app.files.queries import photos_of
from app.files.rules import Photo
from app.innovations.models import Decision, Innovation, InnovationProposal
from app.kernel.paging import PAGE_SIZE, Page, page_of
from app.plans.models import Agency
from app.proposals.models import Proposal
from app.proposals.rules import Status
from app.regions.models import Region

PHOTOS = "progress"


@dataclass(frozen=True)
class Progress:
    """How far a work was on a day, with its photos."""

    percent: int
    on: date
    note: str
    photos: Sequence[Photo]


@dataclass(frozen=True)
class WorkRow:
    """A work in a list."""

    id: int
    number: str
    title: str
    village: str
    status: Status
    held_since: datetime
    agency: str | None
    amount: int | None
    due_on: date | None
    percent: int | None
    checks: Mapping[Answer, int]

    @property
    def is_doubted(self) -> bool:
        return is_doubted(self.checks)


def agency_of(proposal_id: int) -> int | None:
    """The agency that a routed proposal was given to; None is the village itself."""
    return session.scalars(select(Decision.agency_id).where(Decision.proposal_id == proposal_id)).one_or_none()


def find_work(proposal_id: int) -> Work | None:
    return session.get(Work, proposal_id)


def percents_of(proposal_id: int) -> list[int]:
    asked = select(WorkProgress.percent).where(WorkProgress.proposal_id == proposal_id)
    return list(session.scalars(asked.order_by(WorkProgress.percent)))


def progress_of(proposal_id: int) -> list[Progress]:
    """From the beginning on."""
    asked = select(WorkProgress).where(WorkProgress.proposal_id == proposal_id).order_by(WorkProgress.percent)
    rows = session.scalars(asked).all()
    photos = photos_of(PHOTOS, [row.id for row in rows]) if rows else {}
    return [Progress(row.percent, row.reached_on, row.note, photos[row.id]) for row in rows]


def checks_of(proposal_ids: Collection[int]) -> Mapping[int, Mapping[Answer, int]]:
    """How many residents say what, of each of these works."""
    asked = select(WorkCheck.proposal_id, WorkCheck.answer, func.count()).where(WorkCheck.proposal_id.in_(proposal_ids))
    found: dict[int, Counter[Answer]] = {id_: Counter() for id_ in proposal_ids}
    grouped = asked.group_by(WorkCheck.proposal_id, WorkCheck.answer)
    for proposal_id, answer, count in session.execute(grouped.order_by(WorkCheck.proposal_id, WorkCheck.answer)):
        found[proposal_id][answer] = count
    return found


def own_check(proposal_id: int, person_id: int | None) -> Answer | None:
    check = session.get(WorkCheck, (proposal_id, person_id)) if person_id else None
    return check.answer if check else None


def works_of(
    regency_code: str,
    status: Status | None,
    after: int | None,
    size: int = PAGE_SIZE,
    agency_ids: Collection[int] | None = None,
) -> Page[WorkRow]:
    """The works of a regency, the newest first; `agency_ids` narrows to those of these agencies."""
    asked = _rows().where(Proposal.regency_code == regency_code, Proposal.status.in_([status] if status else WORKS))
    if agency_ids is not None:
        asked = asked.where(Decision.agency_id.in_(agency_ids))
    if after is not None:
        asked = asked.where(Proposal.id < after)
    rows: Sequence[Any] = session.execute(asked.order_by(Proposal.id.desc()).limit(size + 1)).all()
    checks = checks_of([row[0] for row in rows]) if rows else {}
    found = [WorkRow(*(*row, checks[row[0]])) for row in rows]
    return page_of(found, size, lambda row: str(row.id))


def counts_of(regency_code: str) -> Mapping[Status, int]:
    asked = select(Proposal.status, func.count()).where(
        Proposal.regency_code == regency_code, Proposal.status.in_(WORKS)
    )
    return {row[0]: row[1] for row in session.execute(asked.group_by(Proposal.status).order_by(Proposal.status))}


def _rows() -> Any:
    percent = select(func.max(WorkProgress.percent)).where(WorkProgress.proposal_id == Proposal.id).scalar_subquery()
    return (
        select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            Region.name,
            Proposal.status,
            Proposal.held_since,
            Agency.name,
            Work.budget_amount,
            Work.due_on,
            percent,
        )
        .join(Decision, Decision.proposal_id == Proposal.id)
        .join(Region, Region.code == Proposal.village_code)
        .outerjoin(Work, Work.proposal_id == Proposal.id)
        .outerjoin(Agency, Agency.id == Decision.agency_id)
    )


def proposals_behind(innovation_id: int) -> list[int]:
    """The proposal an innovation came from, and those that support it."""
    origin = session.scalars(select(Innovation.origin_proposal_id).where(Innovation.id == innovation_id)).one()
    others = select(InnovationProposal.proposal_id).where(InnovationProposal.innovation_id == innovation_id)
    return sorted({*session.scalars(others.order_by(InnovationProposal.proposal_id)), *([origin] if origin else ())})
