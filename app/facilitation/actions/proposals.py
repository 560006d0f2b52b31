"""Typing proposals for residents: the author stays the resident, the typist is on record."""

from collections.abc import Collection
from datetime import datetime

from app.accounts.models import Person
from app.accounts.queries import get_actor
from app.facilitation.actions.deeds import note
from app.facilitation.rules import Deed, Refusal
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.proposals import actions as proposals
from app.proposals.models import Proposal
from app.proposals.queries import get_locked
from app.proposals.rules import Answers


def write_for(
    actor: Actor, person: Person, answers: Answers, form_key: str, now: datetime, dropped: Collection[str] = ()
) -> Proposal:
    """Keep what a resident says as their draft, with the photos of the form; sent again it is the same draft."""
    if actor.person_id == person.id:
        raise Refused(Refusal.OWN_PROPOSAL)
    draft = proposals.write_draft(actor, answers, form_key, now, get_actor(person.id, now))
    proposals.change_photos(actor, draft, form_key, dropped)
    return draft


def send_for(
    actor: Actor,
    person: Person,
    proposal: Proposal,
    now: datetime,
    *,
    is_read_back: bool,
    deed: Deed = Deed.PROPOSAL_TYPED,
) -> Proposal:
    """Send what was read back to the resident; what was sent already stays as it is."""
    # Locked before it is looked at: of a double click one half sends and counts.
    is_new = get_locked(proposal.id).number is None
    proposal = proposals.submit(actor, proposal, now, is_read_back=is_read_back)
    if is_new:
        note(actor, person, deed, now)
    return proposal


def mend_for(
    actor: Actor, person: Person, proposal: Proposal, answers: Answers, now: datetime, dropped: Collection[str] = ()
) -> Proposal:
    """Send a returned proposal again with its photos, read back to its author."""
    proposals.change_photos(actor, proposal, proposal.form_key, dropped)
    proposal = proposals.resubmit(actor, proposal, answers, now, is_read_back=True)
    note(actor, person, Deed.PROPOSAL_TYPED, now)
    return proposal
