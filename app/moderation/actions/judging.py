"""Giving the verdict of a level."""

from datetime import datetime
from typing import Any

from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing, Refused
from app.moderation import queries
from app.moderation.models import VerdictEntry
from app.moderation.permissions import JUDGES, CanJudge, LevelFacts
from app.moderation.rules import state_mark
from app.moderation.rules.verdicts import (
    ENDS,
    HANDED_ON,
    Given,
    LevelVerdict,
    Outcome,
    Turn,
    hands_on,
    refuse_level_verdict,
    turn_after,
)
from app.plans.queries import agencies_of
from app.proposals.actions import happen, note
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_locked
from app.proposals.rules import Event

# What the timeline tells of a verdict, beside the agencies by name.
TOLD = ("level", "outcome", "volume", "budget", "document")


def judge(actor: Actor, proposal: Proposal, verdict: LevelVerdict, now: datetime) -> VerdictEntry:
    """Say what a level says; a new row beside those that stand. What the author asked for stays as it is."""
    proposal = get_locked(proposal.id)
    given = queries.given_on(proposal.id)
    turn = turn_after(given)
    JUDGES.require(actor, CanJudge.on(verdict.level), LevelFacts(facts_of(proposal), turn.agency_id))
    present = state_mark(proposal.status, proposal.held_since)
    is_open = queries.is_review_open(proposal, now)
    if refusal := refuse_level_verdict(verdict, proposal.status, present, turn, is_review_open=is_open):
        raise Refused(refusal)
    if verdict.agency_id and verdict.agency_id not in {one.id for one in agencies_of(proposal.regency_code)}:
        raise Missing
    entry = _enter(actor, proposal, verdict, turn, now)
    _tell(actor, proposal, entry, turn_after([*given, _as_given(entry)]), now)
    return entry


def _enter(actor: Actor, proposal: Proposal, verdict: LevelVerdict, turn: Turn, now: datetime) -> VerdictEntry:
    is_rerouted = verdict.outcome is Outcome.REROUTE
    entry = VerdictEntry(
        proposal_id=proposal.id,
        level=verdict.level,
        outcome=verdict.outcome,
        reason_code=verdict.code,
        reason=verdict.reason.strip(),
        volume=verdict.volume,
        budget=verdict.budget,
        agency_id=turn.agency_id if is_rerouted else verdict.agency_id or turn.agency_id,
        to_agency_id=verdict.agency_id if is_rerouted else None,
        document=verdict.document.strip(),
        given_by_id=actor.person_id,
        at=now,
        since=proposal.held_since,
        due=proposal.held_until,
    )
    session.add(entry)
    session.flush()
    return entry


def _as_given(entry: VerdictEntry) -> Given:
    return Given(entry.level, entry.outcome, entry.agency_id, entry.to_agency_id)


def _tell(actor: Actor, proposal: Proposal, entry: VerdictEntry, turn: Turn, now: datetime) -> None:
    """On the timeline; a no ends the proposal's way for this year, anything else hands it on."""
    names: dict[int | None, str] = {one.id: one.name for one in agencies_of(proposal.regency_code)}
    facts: dict[str, Any] = {name: getattr(entry, name) for name in TOLD}
    facts |= {"agency": names.get(entry.agency_id), "to_agency": names.get(entry.to_agency_id)}
    code, reason = entry.reason_code, entry.reason
    if ends := ENDS.get(entry.outcome):
        happen(actor, proposal, ends, now, code=code, reason=reason, **facts)
        return
    held = hands_on(turn, now) if proposal.status in HANDED_ON else None
    note(actor, proposal, Event.VERDICT, now, code=code, reason=reason, held=held, **facts)
