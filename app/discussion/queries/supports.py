"""Reading what a visitor can do with a proposal: support it, follow it, speak of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, func, select

from app.cycles.models import Cycle, Phase
from app.cycles.rules import PhaseFacts
from app.db.session import session
from app.discussion.models import CommentCount, Follow, Support, SupportCount
from app.discussion.rules.follows import Topic
from app.kernel.windows import Window
from app.proposals.models import Proposal


@dataclass(frozen=True)
class Standing:
    """The phases of a proposal's cycle, what a person has done with it, and how much is said of it.

    `earlier` is how many support it since years before this one.
    """

    phases: tuple[PhaseFacts, ...]
    is_supported: bool
    is_followed: bool
    comments: int
    earlier: int
    plan_year: int


def standing_of(proposal: Proposal, person_id: int | None) -> Standing:
    """One statement: the page of a proposal shows this to everybody."""
    given = exists().where(Support.proposal_id == proposal.id, Support.person_id == person_id)
    is_its = and_(Follow.kind == Topic.PROPOSAL, Follow.ref == str(proposal.id))
    followed = exists().where(is_its, Follow.person_id == person_id)
    comments = select(CommentCount.count).where(CommentCount.proposal_id == proposal.id).scalar_subquery()
    is_earlier = and_(SupportCount.proposal_id == proposal.id, SupportCount.cycle_id != proposal.cycle_id)
    earlier = select(func.sum(SupportCount.count)).where(is_earlier).scalar_subquery()
    rows = session.execute(
        select(Phase.kind, Phase.opens, Phase.closes, given, followed, comments, earlier, Cycle.plan_year)
        .select_from(Cycle)
        .outerjoin(Phase, Phase.cycle_id == Cycle.id)
        .where(Cycle.id == proposal.cycle_id)
        .order_by(Phase.opens, Phase.id)
    ).all()
    phases = tuple(PhaseFacts(row[0], Window(row[1], row[2])) for row in rows if row[0] is not None)
    _kind, _opens, _closes, is_given, is_followed, count, before, plan_year = rows[0]
    return Standing(phases, bool(is_given), bool(is_followed), count or 0, int(before or 0), plan_year)


def phases_of(cycle_id: int) -> Sequence[PhaseFacts]:
    """In order of opening."""
    rows = session.execute(
        select(Phase.kind, Phase.opens, Phase.closes).where(Phase.cycle_id == cycle_id).order_by(Phase.opens, Phase.id)
    )
    return tuple(PhaseFacts(kind, Window(opens, closes)) for kind, opens, closes in rows)
