"""Citizen checks, counted; and who may make one."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import exists, func, select

from app.db.session import session
from app.discussion.models import Support
from app.innovations.models import Innovation, InnovationProposal
from app.kernel.actor import Actor, Role, covers
from app.monitoring.models import CitizenCheck
from app.monitoring.rules.checks import Answer, CheckFacts, Counts
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.things import ThingKind
from app.proposals.models import Proposal
from app.rad.models import RadInnovation
from app.replication.models import Replication
from app.replication.rules import State

MOST_NOTES = 50


def find_check(innovation_id: int, person_id: int, quarter: Quarter) -> CitizenCheck | None:
    mine = (CitizenCheck.innovation_id == innovation_id) & (CitizenCheck.person_id == person_id)
    asked = select(CitizenCheck).where(mine, CitizenCheck.year == quarter.year, CitizenCheck.quarter == quarter.number)
    return session.scalars(asked).first()


def counts_of(
    kind: ThingKind, ids: Collection[int], quarters: Collection[Quarter]
) -> dict[tuple[int, Quarter], Counts]:
    """The answers on each thing and quarter; on an action those on the innovations under it."""
    thing_id: Any = CitizenCheck.innovation_id if kind is ThingKind.INNOVATION else RadInnovation.action_id
    shape = (thing_id, CitizenCheck.year, CitizenCheck.quarter, CitizenCheck.is_attested, CitizenCheck.answer)
    asked = select(*shape, func.count()).select_from(CitizenCheck).where(thing_id.in_(ids))
    if kind is ThingKind.ACTION:
        asked = asked.join(RadInnovation, RadInnovation.innovation_id == CitizenCheck.innovation_id)
    found: dict[tuple[int, Quarter], Counts] = {}
    for number, year, quarter, is_attested, answer, count in session.execute(asked.group_by(*shape).order_by(*shape)):
        when = Quarter(year, quarter)
        if when in quarters:
            found[number, when] = found.get((number, when), Counts()) + _counted(answer, count, is_attested=is_attested)
    return found


def _counted(answer: Answer, count: int, *, is_attested: bool) -> Counts:
    if is_attested:
        return Counts(attested_yes=count) if answer is Answer.YES else Counts(attested_no=count)
    return Counts(**{answer.value: count})


def villages_of(innovation_id: int) -> list[str]:
    """Where it comes from, and where it was taken up."""
    own = select(Innovation.village_code).where(Innovation.id == innovation_id, Innovation.village_code.is_not(None))
    taken = select(Replication.village_code).where(
        Replication.innovation_id == innovation_id, Replication.state == State.CONFIRMED
    )
    return sorted(code for code in session.scalars(own.union(taken)) if code)


def check_facts(actor: Actor, innovation: Innovation) -> CheckFacts:
    """Who the actor is to the innovation."""
    ours = select(InnovationProposal.proposal_id).where(InnovationProposal.innovation_id == innovation.id)
    is_one = (Proposal.id == innovation.origin_proposal_id) | Proposal.id.in_(ours)
    wrote = select(Proposal.id).where(is_one, Proposal.author_id == actor.person_id)
    supported = select(Proposal.id).where(
        is_one, exists().where(Support.proposal_id == Proposal.id, Support.person_id == actor.person_id)
    )
    return CheckFacts(
        actor.level,
        is_proposer=session.scalars(wrote.limit(1)).first() is not None,
        is_supporter=session.scalars(supported.limit(1)).first() is not None,
        lives_there=actor.village_code in villages_of(innovation.id),
    )


def attests(actor: Actor, innovation_id: int) -> bool:
    """Whether the actor is the facilitator of a village that has it."""
    scopes = actor.scopes(Role.FACILITATOR)
    return bool(scopes) and any(covers(scope, code) for scope in scopes for code in villages_of(innovation_id))


def notes_of(innovation_id: int) -> Sequence[CitizenCheck]:
    """What people wrote, for agency and planner; the latest first."""
    asked = select(CitizenCheck).where(CitizenCheck.innovation_id == innovation_id)
    return session.scalars(asked.order_by(CitizenCheck.id.desc()).limit(MOST_NOTES)).all()


def find_place(check_id: int) -> tuple[str, int | None, int | None] | None:
    """The regency and the agency of what was checked, and who did."""
    asked = (
        select(Innovation.regency_code, Innovation.agency_id, CitizenCheck.person_id)
        .join(CitizenCheck, CitizenCheck.innovation_id == Innovation.id)
        .where(CitizenCheck.id == check_id)
    )
    row = session.execute(asked).first()
    return (row[0], row[1], row[2]) if row else None
