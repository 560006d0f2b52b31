"""What one innovation stands on, list by list; those withdrawn too, as their reasons are public."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select

from app.backing.models import Commitment, LegalAct, Partner, Task
from app.backing.rules.acts import ActState
from app.backing.rules.partners import PartnerKind, TaskState
from app.backing.rules.resources import FIRM, CommitmentState, Span
from app.db.session import session
from app.kernel.outcomes import Missing
from app.plans.models import Agency

M = TypeVar("M", Commitment, LegalAct, Partner, Task)
# More than an innovation has in its life; a page shows no more.
MOST = 200


def commitments_of(innovation_id: int) -> Sequence[Commitment]:
    """Those that stand first, by kind and time."""
    asked = select(Commitment).where(Commitment.innovation_id == innovation_id)
    is_gone = Commitment.state == CommitmentState.WITHDRAWN
    return session.scalars(asked.order_by(is_gone, Commitment.kind, Commitment.since, Commitment.id).limit(MOST)).all()


def spans_of(commitments: Sequence[Commitment]) -> list[Span]:
    """For how long those that stand hold."""
    return [
        Span(one.kind, one.since, one.until, one.state in FIRM)
        for one in commitments
        if one.state is not CommitmentState.WITHDRAWN
    ]


def acts_of(innovation_id: int) -> Sequence[LegalAct]:
    """Those in force first, the latest first."""
    asked = select(LegalAct).where(LegalAct.innovation_id == innovation_id)
    is_other = LegalAct.state != ActState.IN_FORCE
    return session.scalars(asked.order_by(is_other, LegalAct.dated.desc(), LegalAct.id.desc()).limit(MOST)).all()


def partners_of(innovation_id: int) -> Sequence[Partner]:
    """Those who take part, by kind and name."""
    there = (Partner.innovation_id == innovation_id) & Partner.withdrawn_at.is_(None)
    return session.scalars(select(Partner).where(there).order_by(Partner.kind, Partner.name).limit(MOST)).all()


def partner_names(innovation_id: int, kind: PartnerKind) -> set[str]:
    """The names of the partners of this kind, without the difference of capitals."""
    return {one.name.casefold() for one in partners_of(innovation_id) if one.kind is kind}


def tasks_of(innovation_id: int) -> Sequence[tuple[Task, str]]:
    """Each task with who has it; the open ones first, the most urgent first."""
    rows = session.execute(
        select(Task, Agency.name, Partner.name)
        .outerjoin(Agency, Agency.id == Task.agency_id)
        .outerjoin(Partner, Partner.id == Task.partner_id)
        .where(Task.innovation_id == innovation_id)
        .order_by(Task.state != TaskState.OPEN, Task.due, Task.id)
        .limit(MOST)
    )
    return [(task, agency or partner or "") for task, agency, partner in rows]


def _get(model: type[M], innovation_id: int, number: int) -> M:
    found = session.get(model, number)
    if found is None or found.innovation_id != innovation_id:
        raise Missing
    return found


def get_commitment(innovation_id: int, number: int) -> Commitment:
    return _get(Commitment, innovation_id, number)


def get_act(innovation_id: int, number: int) -> LegalAct:
    return _get(LegalAct, innovation_id, number)


def get_partner(innovation_id: int, number: int) -> Partner:
    return _get(Partner, innovation_id, number)


def get_task(innovation_id: int, number: int) -> Task:
    return _get(Task, innovation_id, number)
