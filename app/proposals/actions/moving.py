"""The one way a proposal changes its status, and steps that change none: each stands on the timeline and in the log."""

from datetime import datetime
from typing import Any

from app.audit.actions import record
from app.db.base import as_json
from app.db.session import session
from app.db.upserts import count_up
from app.kernel.actor import Actor
from app.kernel.listeners import announce
from app.kernel.outcomes import Refused
from app.proposals import queries
from app.proposals.models import NumberSequence, Proposal, TimelineEntry
from app.proposals.permissions import NEEDS, POLICY
from app.proposals.rules import (
    LIFECYCLE,
    NOTES,
    Clock,
    Event,
    Holder,
    ReasonCode,
    format_number,
    holder_after,
    public_after,
    refuse_reason,
)
from app.regions.queries import find_regency
from app.search import actions as search

# What those who listen hear: the entry of the timeline that was just written.
TOLD = "step told"
# The events after which a proposal may say something else than before.
REWORDS = frozenset({Event.SUBMIT, Event.RESUBMIT, Event.PUBLISH, Event.REVISE, Event.SPLIT})
search.searches(queries.SEARCHED)(queries.all_texts)


def next_number(regency_code: str, cycle_id: int, plan_year: int) -> str:
    """The next number of the cycle, given to nobody else."""
    regency = find_regency(regency_code)
    assert regency is not None  # a foreign key
    return format_number(regency.number_prefix, plan_year, count_up(NumberSequence.last, cycle_id=cycle_id))


def move(
    actor: Actor,
    proposal: Proposal,
    event: Event,
    now: datetime,
    *,
    code: ReasonCode | None = None,
    reason: str = "",
    **facts: Any,
) -> Proposal:
    """Let an event happen: permission, rule, new status and holder, timeline, log. `facts` stand on the timeline."""
    proposal = queries.get_locked(proposal.id)
    POLICY.require(actor, NEEDS[event], queries.facts_of(proposal))
    return happen(actor, proposal, event, now, code=code, reason=reason, **facts)


def happen(
    actor: Actor,
    proposal: Proposal,
    event: Event,
    now: datetime,
    *,
    code: ReasonCode | None = None,
    reason: str = "",
    clock: Clock | None = None,
    **facts: Any,
) -> Proposal:
    """As `move`, for who holds the lock and has asked a permission of their own; undoing gives a step's clock back."""
    if refusal := refuse_reason(event, code, reason):
        raise Refused(refusal)
    proposal.status = LIFECYCLE.after(proposal.status, event)
    proposal.holder, until = holder_after(proposal.status, now)
    clock = clock or Clock(now, until, public_after(event, code, proposal.public_since, now))
    proposal.held_since, proposal.held_until, proposal.public_since = clock.since, clock.until, clock.public_since
    _tell(actor, proposal, event, now, code, reason, facts)
    _reword(proposal, event)
    record(actor, event, f"proposal:{proposal.id}", now, status=proposal.status, code=code)
    return proposal


def note(
    actor: Actor,
    proposal: Proposal,
    event: Event,
    now: datetime,
    *,
    code: ReasonCode | None = None,
    reason: str = "",
    held: tuple[Holder, datetime | None] | None = None,
    **facts: Any,
) -> Proposal:
    """Tell a step that changes no status, of a locked proposal; where told, somebody else holds it from now on."""
    assert event in NOTES
    if held:
        proposal.holder, proposal.held_until = held
        proposal.held_since = now
    _tell(actor, proposal, event, now, code, reason, facts)
    _reword(proposal, event)
    record(actor, event, f"proposal:{proposal.id}", now, code=code)
    return proposal


def _reword(proposal: Proposal, event: Event) -> None:
    session.flush()
    if event in REWORDS:
        search.index(queries.SEARCHED, proposal.id, proposal.village_code, queries.text_of(proposal))


def _tell(
    actor: Actor,
    proposal: Proposal,
    event: Event,
    now: datetime,
    code: ReasonCode | None,
    reason: str,
    facts: dict[str, Any],
) -> None:
    """Write the step that has just happened on the public timeline, and tell whoever listens."""
    entry = TimelineEntry(
        proposal_id=proposal.id,
        event=event,
        status=proposal.status,
        at=now,
        actor_id=actor.person_id,
        holder=proposal.holder,
        held_until=proposal.held_until,
        reason_code=code,
        reason=reason.strip(),
        facts=as_json(**facts),
    )
    session.add(entry)
    session.flush()
    announce(TOLD, entry)
