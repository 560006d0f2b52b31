"""Reading supports."""

from dataclasses import dataclass

from sqlalchemy import exists, select

from app.cycles.models import Phase
from app.cycles.rules import PhaseFacts
from app.db.session import session
from app.discussion.models import Support
from app.kernel.windows import Window
from app.proposals.models import Proposal
from app.proposals.rules import Status


@dataclass(frozen=True)
class Backing:
    """What supporting a proposal depends on: the phases of its cycle, and whether the person has done so."""

    phases: tuple[PhaseFacts, ...]
    is_given: bool


def backing_of(proposal: Proposal, person_id: int | None) -> Backing:
    """One statement, and none once the proposal takes no support: its page shows this to everybody."""
    if proposal.status is not Status.PUBLISHED:
        return Backing((), is_given=False)
    given = exists().where(Support.proposal_id == proposal.id, Support.person_id == person_id)
    rows = session.execute(
        select(Phase.kind, Phase.opens, Phase.closes, given)
        .where(Phase.cycle_id == proposal.cycle_id)
        .order_by(Phase.opens, Phase.id)
    ).all()
    phases = tuple(PhaseFacts(kind, Window(opens, closes)) for kind, opens, closes, _given in rows)
    return Backing(phases, is_given=bool(rows and rows[0][3]))
