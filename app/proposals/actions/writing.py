"""Writing a proposal and sending it: for oneself, or for the resident who tells it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import get_person, level_of
from app.cycles.queries import open_cycle
from app.cycles.rules import Activity, CycleFacts
from app.db.session import session
from app.files import actions as files
from app.kernel.actor import SPEAKS, Actor, regency_of
from app.kernel.outcomes import Denied, Refused
from app.limits.actions import take
from app.plans.queries import misi_of
from app.proposals import queries
from app.proposals.actions.moving import move, next_number
from app.proposals.models import Proposal, ProposalMisi
from app.proposals.permissions import POLICY, Can, ProposalFacts
from app.proposals.rules import LIFECYCLE, Answers, Event, Refusal, Status, holder_after, refuse_answers
from app.proposals.rules.newcomers import NEWCOMERS, is_newcomer
from app.proposals.rules.place import Position, is_inside, position_of
from app.proposals.rules.works import refuse_work
from app.proposals.rules.writing import all_said

# The kind under which photos are attached to proposals.
PHOTOS = "proposal"
BEING_WRITTEN = (Status.DRAFT, Status.RETURNED)
# What tells a form that comes again from another proposal on the same form.
TYPED = ("title", "problem", "work", "hamlet", "volume", "unit", "estimate", "beneficiaries", "entry_id")
# What is filled in as it was said; misi have a table of their own.
SAID = (*TYPED, "village_code", "group_name", "group_registration", "is_at_home")


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
    check(author.village_code, answers, regency_code, cycle.plan_year if cycle else None)
    assert cycle is not None  # checked
    proposal = queries.find_draft_locked(author.person_id, form_key)
    if proposal is None:
        return _begin(cycle, facts, answers, form_key, now)
    POLICY.require(actor, Can.WRITE, queries.facts_of(proposal))
    if proposal.status is Status.DRAFT:
        fill(proposal, answers)
        queries.keep_said(proposal.author_id, form_key, all_said(answers), now)
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
    _set(proposal, answers)
    try:
        with session.begin_nested():
            session.add(proposal)
    except IntegrityError:
        return queries.get_draft(facts.author_id, form_key)
    fill(proposal, answers)
    return proposal


def check(own_village: str, answers: Answers, regency_code: str, plan_year: int | None) -> None:
    """Refuse what nobody of the village may propose; there is no plan year where nothing is gathered."""
    known = [misi.id for misi in misi_of(regency_code)]
    if refusal := refuse_answers(answers, own_village, known, plan_year is not None):
        raise Refused(refusal)
    assert plan_year is not None  # checked
    entry = queries.find_entry(answers.entry_id, regency_code, plan_year)
    if refusal := refuse_work(answers, entry, is_known=answers.entry_id is None or entry is not None):
        raise Refused(refusal)
    check_place(position_of(answers.latitude, answers.longitude), answers.village_code)


def check_place(position: Position | None, village_code: str) -> None:
    """The pin lies in the regency, as far as its outlines are known; most lie in the village itself."""
    if position is None or is_inside(position, queries.outlines(village_code)):
        return
    regency_code = regency_of(village_code)
    outlines = queries.outlines(regency_code)
    if outlines and not is_inside(position, outlines):
        raise Refused(Refusal.OUTSIDE_REGENCY)


def fill(proposal: Proposal, answers: Answers) -> None:
    """Let the proposal say this, and link it to its misi."""
    _set(proposal, answers)
    session.flush()
    session.execute(delete(ProposalMisi).where(ProposalMisi.proposal_id == proposal.id))
    session.add_all(ProposalMisi(proposal_id=proposal.id, misi_id=misi_id) for misi_id in sorted(answers.misi_ids))
    session.flush()


def _set(proposal: Proposal, answers: Answers) -> None:
    for name in SAID:
        setattr(proposal, name, getattr(answers, name))
    position = position_of(answers.latitude, answers.longitude)
    proposal.latitude = position.latitude if position else None
    proposal.longitude = position.longitude if position else None


def change_photos(actor: Actor, proposal: Proposal, form_key: str, dropped: Collection[str]) -> None:
    """Hang the form's photos on what is being written or was returned, and take off the dropped ones.

    Whoever sends a form again whose proposal is with the moderators, or public, changes none of its photos.
    """
    proposal = queries.get_locked(proposal.id)
    if proposal.status not in BEING_WRITTEN:
        return
    POLICY.require(actor, Can.SUBMIT, queries.facts_of(proposal))
    files.detach(PHOTOS, proposal.id, dropped)
    files.attach(actor, form_key, PHOTOS, proposal.id)


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
    if proposal.entry_id and queries.find_entry(proposal.entry_id, proposal.regency_code, cycle.plan_year) is None:
        raise Refused(Refusal.UNKNOWN_ENTRY)  # a draft that has waited for another year
    LIFECYCLE.after(proposal.status, Event.SUBMIT)
    _note_reading(actor, proposal, now, is_read_back=is_read_back)
    _count_newcomer(actor, proposal, now)
    proposal.cycle_id = cycle.id
    proposal.number = next_number(proposal.regency_code, cycle.id, cycle.plan_year)
    return move(actor, proposal, Event.SUBMIT, now, **_settled(proposal))


def _settled(proposal: Proposal) -> dict[str, Any]:
    """What the author has said of proposals like this one; with it their answers have done their service."""
    draft = queries.find_answers(proposal.author_id, proposal.form_key)
    if draft is None:
        return {}
    differs_from = draft.answers.get("differs_from", [])
    session.delete(draft)
    return {"differs_from": differs_from} if differs_from else {}


def _count_newcomer(actor: Actor, proposal: Proposal, now: datetime) -> None:
    """Who has just registered sends a few a day; somebody they have met may send more for them."""
    if actor.person_id == proposal.author_id and is_newcomer(get_person(proposal.author_id).registered_at, now):
        take(NEWCOMERS, str(actor.person_id), now, actor)


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
    check(own_village, answers, proposal.regency_code, queries.plan_year_of(proposal))  # the term to mend it is its own
    _note_reading(actor, proposal, now, is_read_back=is_read_back)
    fill(proposal, answers)
    return move(actor, proposal, Event.RESUBMIT, now)
