"""Closing an account: who it was is erased, what was public stays."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from app.accounts.models import Consent, Person
from app.accounts.queries import get_actor
from app.audit.actions import record
from app.credentials.models import OneTimeCode
from app.db.session import session
from app.files.models import StoredFile
from app.innovations.models import Innovation
from app.kernel.actor import Actor, Level
from app.kernel.outcomes import Refused
from app.privacy.permissions import POLICY, Can, PersonFacts
from app.privacy.queries import closing_facts
from app.privacy.queries.traces import TRACES
from app.privacy.rules import NAMELESS, Fate, Why, refuse_closing
from app.proposals.actions import move
from app.proposals.models import Proposal, ProposalMisi, ProposalVersion, TimelineEntry
from app.proposals.rules import Event, Status
from app.voting.actions import remember_votes


def close_account(actor: Actor, person: Person, why: Why, now: datetime) -> None:
    """Erase who the person was; closed already, nothing changes. The number of their card is never given again."""
    POLICY.require(actor, Can.CLOSE, PersonFacts(person.id))
    session.refresh(person, with_for_update=True)
    if person.closed_at:
        return
    if refusal := refuse_closing(closing_facts(person.id, now)):
        raise Refused(refusal)
    remember_votes(person.id, now)  # whoever registers anew must not vote twice in the same contest
    _leave_proposals(person, now)
    _erase_traces(person, now)
    _erase_person(person, now)
    record(actor, "close_account", f"person:{person.id}", now, why=why)


def _leave_proposals(person: Person, now: datetime) -> None:
    """What waits for its author is withdrawn, for nobody will come; what was never sent is deleted."""
    own = select(Proposal).where(Proposal.author_id == person.id).order_by(Proposal.id)
    for proposal in session.scalars(own.where(Proposal.status == Status.RETURNED)).all():
        move(get_actor(person.id, now), proposal, Event.WITHDRAW, now)
    delete_drafts([proposal.id for proposal in session.scalars(own.where(Proposal.number.is_(None)))])


def delete_drafts(ids: Collection[int]) -> None:
    """Delete proposals that were never sent."""
    for column in (ProposalMisi.proposal_id, ProposalVersion.proposal_id, TimelineEntry.proposal_id, Proposal.id):
        session.execute(delete(column.class_).where(column.in_(ids)))


def _erase_traces(person: Person, now: datetime) -> None:
    for trace in TRACES:
        if trace.fate is Fate.DELETED:
            session.execute(delete(trace.model).where(trace.column == person.id))
    if person.phone_index:  # codes that were asked for at this phone, for nobody
        is_stray = (OneTimeCode.phone_index == person.phone_index) & OneTimeCode.person_id.is_(None)
        session.execute(delete(OneTimeCode).where(is_stray))
    is_draft = (StoredFile.owner_id == person.id) & StoredFile.form_key.is_not(None)
    session.execute(delete(StoredFile).where(is_draft))  # what they show goes with the nightly sweep
    session.execute(update(Innovation).where(Innovation.owner_id == person.id).values(named_at=None))
    given = Consent.person_id == person.id
    session.execute(update(Consent).where(given).values(source=""))
    session.execute(update(Consent).where(given, Consent.withdrawn_at.is_(None)).values(withdrawn_at=now))


def _erase_person(person: Person, now: datetime) -> None:
    person.name, person.hamlet, person.language = NAMELESS, "", "id"
    person.phone_sealed = person.phone_index = person.phone_confirmed_at = None
    person.password_hash = person.form_key = None
    person.level, person.epoch, person.closed_at = Level.REGISTERED, person.epoch + 1, now
    session.flush()
