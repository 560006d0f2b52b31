"""Reading what the page of a proposal shows of this room: support, follow, and the newest words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, func, select, true

from app.cycles.models import Cycle, Phase
from app.cycles.rules import PhaseFacts
from app.db.session import session
from app.discussion.models import CommentCount, Follow, Support, SupportCount
from app.discussion.queries.comments import CommentRow, newest_select
from app.discussion.rules.follows import Topic
from app.kernel.windows import Window
from app.proposals.models import Proposal


@dataclass(frozen=True)
class Standing:
    """The phases of a proposal's cycle, what a person has done with it, and what is said of it.

    `earlier` is how many support it since years before this one; `newest` are the few comments written last.
    """

    phases: tuple[PhaseFacts, ...]
    is_supported: bool
    is_followed: bool
    comments: int
    earlier: int
    plan_year: int
    newest: tuple[CommentRow, ...]


def standing_of(proposal: Proposal, person_id: int | None) -> Standing:
    """One statement, for the page has few to spend: of five phases and three comments it reads every pair."""
    given = exists().where(Support.proposal_id == proposal.id, Support.person_id == person_id)
    is_its = and_(Follow.kind == Topic.PROPOSAL, Follow.ref == str(proposal.id))
    followed = exists().where(is_its, Follow.person_id == person_id)
    comments = select(CommentCount.count).where(CommentCount.proposal_id == proposal.id).scalar_subquery()
    is_earlier = and_(SupportCount.proposal_id == proposal.id, SupportCount.cycle_id != proposal.cycle_id)
    earlier = select(func.sum(SupportCount.count)).where(is_earlier).scalar_subquery()
    newest = newest_select(proposal.id).subquery()
    facts = (given, followed, comments, earlier, Cycle.plan_year)
    rows = session.execute(
        select(*facts, Phase.id, Phase.kind, Phase.opens, Phase.closes, newest)
        .select_from(Cycle)
        .outerjoin(Phase, Phase.cycle_id == Cycle.id)
        .outerjoin(newest, true())
        .where(Cycle.id == proposal.cycle_id)
        .order_by(Phase.opens, Phase.id, newest.c.id.desc())
    ).all()
    is_given, is_followed, count, before, plan_year = rows[0][:5]
    phases = {row[5]: PhaseFacts(row[6], Window(row[7], row[8])) for row in rows if row[5]}
    said = {row[9]: CommentRow(*row[9:]) for row in rows if row[9]}
    return Standing(
        phases=tuple(phases.values()),
        is_supported=bool(is_given),
        is_followed=bool(is_followed),
        comments=count or 0,
        earlier=int(before or 0),
        plan_year=plan_year,
        newest=tuple(said.values()),
    )


def phases_of(cycle_id: int) -> Sequence[PhaseFacts]:
    """In order of opening."""
    rows = session.execute(
        select(Phase.kind, Phase.opens, Phase.closes).where(Phase.cycle_id == cycle_id).order_by(Phase.opens, Phase.id)
    )
    return tuple(PhaseFacts(kind, Window(opens, closes)) for kind, opens, closes in rows)
