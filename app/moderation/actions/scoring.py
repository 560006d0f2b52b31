"""Weights before the review, points during it, and what people make of the order afterwards."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete

from app.audit.actions import record
from app.cycles.models import Cycle
from app.cycles.queries import get_locked as lock_cycle
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.moderation import queries
from app.moderation.models import Criterion, RankNote, Score, VillageSize
from app.moderation.permissions import POLICY, RUNS, Can, CanRun
from app.moderation.rules.refusals import Refusal
from app.moderation.rules.scoring import CriterionFacts, RankNoteKind, refuse_criteria, refuse_points
from app.moderation.rules.verdicts import HANDED_ON
from app.proposals import permissions as proposals
from app.proposals.actions import note
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_locked
from app.proposals.rules import REASON_LENGTH, Event
from app.proposals.rules import Refusal as ProposalRefusal


def set_criteria(actor: Actor, cycle: Cycle, criteria: Sequence[CriterionFacts], now: datetime) -> None:
    """Set what counts in this year, until the review opens."""
    cycle = lock_cycle(cycle.id)
    RUNS.require(actor, CanRun.SCORING, Within(cycle.regency_code))
    if refusal := refuse_criteria(criteria, is_review_open=queries.has_review_begun(cycle.id, now)):
        raise Refused(refusal)
    session.execute(delete(Criterion).where(Criterion.cycle_id == cycle.id))
    session.add_all(Criterion(cycle_id=cycle.id, **vars(one)) for one in criteria)
    session.flush()
    record(actor, "set_criteria", f"cycle:{cycle.id}", now, weights={one.code: one.weight for one in criteria})


def set_sizes(actor: Actor, cycle: Cycle, sizes: Mapping[str, int], now: datetime) -> None:
    """Enter how many people of each village may have an identity card; until the review opens."""
    cycle = lock_cycle(cycle.id)
    RUNS.require(actor, CanRun.SCORING, Within(cycle.regency_code))
    if queries.has_review_begun(cycle.id, now):
        raise Refused(Refusal.CRITERIA_FIXED)
    session.execute(delete(VillageSize).where(VillageSize.cycle_id == cycle.id))
    session.add_all(VillageSize(cycle_id=cycle.id, village_code=code, people=people) for code, people in sizes.items())
    session.flush()
    record(actor, "set_sizes", f"cycle:{cycle.id}", now, villages=len(sizes))


def assess(actor: Actor, proposal: Proposal, points: Mapping[str, int], now: datetime) -> None:
    """Give one's points for every criterion; one's own earlier ones are replaced."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.ASSESS, facts_of(proposal))
    is_open = (
        proposal.status in HANDED_ON
        and queries.is_review_open(proposal, now)
        and queries.has_review_begun(proposal.cycle_id, now)
    )
    criteria = queries.criteria_of(proposal.cycle_id)
    if refusal := refuse_points(criteria, points, is_review_open=is_open):
        raise Refused(refusal)
    mine = (Score.proposal_id == proposal.id, Score.assessor_id == actor.person_id)
    session.execute(delete(Score).where(*mine))
    session.add_all(
        Score(proposal_id=proposal.id, code=code, assessor_id=actor.person_id, points=given, at=now)
        for code, given in points.items()
    )
    session.flush()
    record(actor, "assess", f"proposal:{proposal.id}", now, points=dict(points))


def note_discussion(actor: Actor, proposal: Proposal, reason: str, now: datetime) -> RankNote:
    """Tell everybody what the assessors have found when they were far apart and talked."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.ASSESS, facts_of(proposal))
    return _rank_note(actor, proposal, RankNoteKind.DISCUSSION, None, reason, "", now)


def deviate(actor: Actor, proposal: Proposal, place: int, reason: str, document: str, now: datetime) -> RankNote:
    """Write down that the minutes put the proposal on another place than its points, and why."""
    proposal = get_locked(proposal.id)
    proposals.POLICY.require(actor, proposals.Can.CURATE, facts_of(proposal))
    written = _rank_note(actor, proposal, RankNoteKind.DEVIATION, place, reason, document, now)
    note(actor, proposal, Event.DEVIATE, now, reason=reason, place=place, document=document.strip())
    return written


def _rank_note(
    actor: Actor, proposal: Proposal, kind: RankNoteKind, place: int | None, reason: str, document: str, now: datetime
) -> RankNote:
    if len(reason.strip()) < REASON_LENGTH[0]:
        raise Refused(ProposalRefusal.REASON_MISSING)
    written = RankNote(
        proposal_id=proposal.id,
        kind=kind,
        place=place,
        reason=reason.strip(),
        document=document.strip(),
        at=now,
        by_id=actor.person_id,
    )
    session.add(written)
    session.flush()
    record(actor, f"rank_{kind}", f"proposal:{proposal.id}", now, place=place)
    return written
