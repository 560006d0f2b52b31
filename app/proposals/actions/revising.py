"""Changing what a proposal says: the former text is kept, and the timeline says so to its supporters."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.proposals import queries
from app.proposals.actions.moving import note
from app.proposals.actions.writing import check, fill
from app.proposals.models import Proposal, ProposalVersion
from app.proposals.permissions import POLICY, Can
from app.proposals.rules import Answers, Event, Refusal
from app.proposals.rules.revising import refuse_revision, substance


def revise(actor: Actor, proposal: Proposal, answers: Answers, now: datetime) -> Proposal:
    """Let a published proposal say something else; what it said before stays to be read."""
    proposal = queries.get_locked(proposal.id)
    POLICY.require(actor, Can.REVISE, queries.facts_of(proposal))
    before, versions = queries.answers_of(proposal), queries.count_versions(proposal.id)
    cycle = queries.cycle_of(proposal)
    is_reviewed = cycle.has_begun_review(now)
    if refusal := refuse_revision(proposal.status, before, answers, is_reviewed=is_reviewed, versions=versions):
        touched = substance(before, answers) if refusal is Refusal.CHANGES_TOO_MUCH else []
        raise Refused(refusal, **({"parts": touched} if touched else {}))
    check(proposal.village_code, answers, proposal.regency_code, cycle.plan_year)
    version = keep_version(proposal)
    fill(proposal, answers)
    return note(actor, proposal, Event.REVISE, now, version=version, parts=substance(before, answers))


def keep_version(proposal: Proposal) -> int:
    """Keep what a locked proposal says until now, since when, and who wrote it; the number of its next version.

    The step that says something else is to tell that number as its `version`.
    """
    number, last = queries.count_versions(proposal.id) + 1, queries.last_revision(proposal.id)
    kept = ProposalVersion(
        proposal_id=proposal.id,
        number=number,
        content=_content(queries.answers_of(proposal)),
        written_at=last.at if last else proposal.public_since or proposal.written_at,
        written_by_id=last.actor_id if last else proposal.typed_by_id or proposal.author_id,
    )
    session.add(kept)
    session.flush()
    return number + 1


def _content(answers: Answers) -> dict[str, Any]:
    return asdict(answers) | {"misi_ids": sorted(answers.misi_ids)}
