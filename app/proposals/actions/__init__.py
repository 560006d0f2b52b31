"""Every change to a proposal: writing, submitting, and each event of its life cycle."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import level_of
from app.audit.actions import record
from app.cycles.queries import open_cycle
from app.cycles.rules import Activity, CycleFacts
from app.db.base import as_json
from app.db.session import session
from app.db.upserts import count_up
from app.kernel.actor import SPEAKS, Actor, regency_of
from app.kernel.outcomes import Denied, Refused
from app.plans.queries import misi_of
from app.proposals import queries
from app.proposals.models import NumberSequence, Proposal, ProposalMisi, TimelineEntry
from app.proposals.permissions import NEEDS, POLICY, Can, ProposalFacts
from app.proposals.rules import (
    LIFECYCLE,
    NOTES,
    Answers,
    Clock,
    Event,
    Holder,
    ReasonCode,
    Refusal,
    Status,
    format_number,
    holder_after,
    public_after,
    refuse_answers,
    refuse_reason,
)
from app.regions.queries import find_regency
from app.search import actions as search

# The events after which a proposal may say something else than before.
REWORDS = frozenset({Event.SUBMIT, Event.RESUBMIT, Event.PUBLISH})
search.searches(queries.SEARCHED)(queries.all_texts)
# What tells a form that comes again from another proposal on the same form.
TYPED = ("title", "problem", "work", "hamlet", "volume", "unit", "estimate", "beneficiaries")


def write_draft(actor: Actor, answers: Answers, form_key: str, now: datetime, author: Actor | None = None) -> Proposal:
    """Keep the answers as a draft; sending the same form again gives the same draft with the newer answers.

    Once it is sent, the same answers give it back, and other ones are refused rather than dropped. A facilitator
    types for the `author` whose proposal it is.
    """
    author = author or actor
    if author.person_id is None or not author.village_code:
        raise Denied(Can.WRITE)
    typed_by_id = actor.person_id if actor.person_id != author.person_id else None
    facts = ProposalFacts(author.village_code, author.person_id, typed_by_id, Status.DRAFT, False)
    POLICY.require(actor, Can.WRITE, facts)
    regency_code = regency_of(author.village_code)
    cycle = open_cycle(regency_code, Activity.PROPOSE, now)
    _check(author.village_code, answers, regency_code, is_gathering=cycle is not None)
    assert cycle is not None  # checked
    proposal = queries.find_draft_locked(author.person_id, form_key)
    if proposal is None:
        return _begin(cycle, facts, answers, form_key, now)
    POLICY.require(actor, Can.WRITE, queries.facts_of(proposal))
    if proposal.status is Status.DRAFT:
        _fill(proposal, answers)
        _link_misi(proposal, answers)
    elif any(getattr(proposal, name) != getattr(answers, name) for name in TYPED):
        raise Refused(Refusal.ALREADY_SENT, number=proposal.number)
    return proposal


def _begin(cycle: CycleFacts, facts: ProposalFacts, answers: Answers, form_key: str, now: datetime) -> Proposal:
    """A new draft, or the one that the other half of a double click has just begun."""
    assert facts.author_id is not None  # checked
    holder, until = holder_after(Status.DRAFT, now)
    proposal = Proposal(
        regency_code=cycle.regency_code,
        cycle_id=cycle.id,
        author_id=facts.author_id,
        typed_by_id=facts.typed_by_id,
        form_key=form_key,
        status=Status.DRAFT,
        holder=holder,
        held_since=now,
        held_until=until,
        written_at=now,
        support_count=0,
    )
    _fill(proposal, answers)
    try:
        with session.begin_nested():
            session.add(proposal)
    except IntegrityError:
        return queries.get_draft(facts.author_id, form_key)
    _link_misi(proposal, answers)
    return proposal


def _check(village_code: str, answers: Answers, regency_code: str, *, is_gathering: bool) -> None:
    """Of a resident of the village."""
    known = [misi.id for misi in misi_of(regency_code)]
    if refusal := refuse_answers(answers, village_code, known, is_gathering):
        raise Refused(refusal)


def _fill(proposal: Proposal, answers: Answers) -> None:
    proposal.title, proposal.problem, proposal.work = answers.title, answers.problem, answers.work
    proposal.village_code, proposal.hamlet = answers.village_code, answers.hamlet
    proposal.volume, proposal.unit = answers.volume, answers.unit
    proposal.estimate, proposal.beneficiaries = answers.estimate, answers.beneficiaries


def _link_misi(proposal: Proposal, answers: Answers) -> None:
    session.flush()
    session.execute(delete(ProposalMisi).where(ProposalMisi.proposal_id == proposal.id))
    session.add_all(ProposalMisi(proposal_id=proposal.id, misi_id=misi_id) for misi_id in sorted(answers.misi_ids))
    session.flush()


def submit(actor: Actor, proposal: Proposal, now: datetime, *, is_read_back: bool = False) -> Proposal:
    """Send a draft to the moderators; it gets its number. What was sent already stays as it is.

    Who has typed it for somebody else has read all of it back to them.
    """
    proposal = queries.get_locked(proposal.id)
    POLICY.require(actor, Can.SUBMIT, queries.facts_of(proposal))
    if proposal.status is not Status.DRAFT and proposal.number:
        return proposal
    if level_of(proposal.author_id) < SPEAKS:
        raise Refused(Refusal.NOT_CONFIRMED)
    cycle = open_cycle(proposal.regency_code, Activity.PROPOSE, now)
    if cycle is None:
        raise Refused(Refusal.NO_CYCLE_OPEN)
    LIFECYCLE.after(proposal.status, Event.SUBMIT)
    _note_reading(actor, proposal, now, is_read_back=is_read_back)
    proposal.cycle_id = cycle.id
    proposal.number = next_number(proposal.regency_code, cycle.id, cycle.plan_year)
    return move(actor, proposal, Event.SUBMIT, now)


def next_number(regency_code: str, cycle_id: int, plan_year: int) -> str:
    """The next number of the cycle, given to nobody else."""
    regency = find_regency(regency_code)
    assert regency is not None  # a foreign key
    return format_number(regency.number_prefix, plan_year, count_up(NumberSequence.last, cycle_id=cycle_id))


def _note_reading(actor: Actor, proposal: Proposal, now: datetime, *, is_read_back: bool) -> None:
    if actor.person_id == proposal.author_id:
        return
    if not is_read_back:
        raise Refused(Refusal.NOT_READ_BACK)
    proposal.read_back_at = now


def resubmit(
    actor: Actor, proposal: Proposal, answers: Answers, now: datetime, *, is_read_back: bool = False
) -> Proposal:
    """Send a returned proposal again with better answers; number and history stay."""
    proposal = queries.get_locked(proposal.id)
    POLICY.require(actor, Can.RESUBMIT, queries.facts_of(proposal))
    LIFECYCLE.after(proposal.status, Event.RESUBMIT)
    own_village = actor.village_code if actor.person_id == proposal.author_id else proposal.village_code
    _check(own_village, answers, proposal.regency_code, is_gathering=True)  # the term to mend it is its own
    _note_reading(actor, proposal, now, is_read_back=is_read_back)
    _fill(proposal, answers)
    _link_misi(proposal, answers)
    return move(actor, proposal, Event.RESUBMIT, now)


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
    session.flush()
    if event in REWORDS:
        search.index(queries.SEARCHED, proposal.id, queries.text_of(proposal))
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
    session.flush()
    record(actor, event, f"proposal:{proposal.id}", now, code=code)
    return proposal


def _tell(
    actor: Actor,
    proposal: Proposal,
    event: Event,
    now: datetime,
    code: ReasonCode | None,
    reason: str,
    facts: dict[str, Any],
) -> None:
    """Write the step that has just happened on the public timeline."""
    session.add(
        TimelineEntry(
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
    )
