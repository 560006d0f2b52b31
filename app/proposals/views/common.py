"""What the pages of writing share: who may write here now, whose draft it is, and the photos of its form."""

from collections.abc import Sequence

from app.cycles.queries import open_cycle
from app.cycles.rules import Activity, CycleFacts
from app.db.transaction import transaction
from app.files import actions as files
from app.files.permissions import shows_photos
from app.files.queries import drafts_of, photos_of
from app.files.rules import Photo
from app.files.words import tell
from app.i18n.catalogues import words
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing, Refused
from app.plans.queries import misi_of
from app.plans.rules import MisiFacts
from app.proposals import queries
from app.proposals.models import Proposal
from app.proposals.permissions import POLICY, Can
from app.proposals.rules import Refusal
from app.regions.rules import Regency
from app.web.access import current_actor
from app.web.clock import now
from app.web.uploads import FilesField


def refuse_writing(regency: Regency, misi: Sequence[MisiFacts], cycle: CycleFacts | None) -> Refusal | None:
    """Why this person cannot write a proposal here now, told before they type."""
    if not current_actor().lives_in(regency.code):
        return Refusal.OTHER_REGENCY
    if not misi:
        return Refusal.NO_MISI
    return None if cycle else Refusal.NO_CYCLE_OPEN


def gathering(regency: Regency) -> tuple[Sequence[MisiFacts], CycleFacts | None, Refusal | None]:
    """The misi, the cycle that gathers proposals, and why nobody can write."""
    misi, cycle = misi_of(regency.code), open_cycle(regency.code, Activity.PROPOSE, now())
    return misi, cycle, refuse_writing(regency, misi, cycle)


def told(refused: Refused) -> str:
    """A refusal in words, and the codes in it as well."""
    parts = refused.facts.get("parts")
    facts = {"parts": ", ".join(words(part) for part in parts)} if isinstance(parts, list) else refused.facts
    return words(refused.reason, **facts)


def author_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # signed in
    return person_id


def own_proposal(regency: Regency, number: str) -> Proposal:
    """The signed-in author's own proposal; others learn nothing."""
    proposal = queries.find_by_number(regency.code, number)
    if proposal is None or proposal.author_id != current_actor().person_id:
        raise Missing
    return proposal


@shows_photos("proposal")
def sees_photos_of(actor: Actor, proposal_id: int) -> bool:
    """Whoever sees the proposal."""
    proposal = queries.find_proposal(proposal_id)
    return proposal is not None and POLICY.may(actor, Can.SEE, queries.facts_of(proposal))


def photos_on(proposal: Proposal | None, form_key: str) -> Sequence[Photo]:
    """Those that hang on the proposal, and those that its form has taken since."""
    attached = photos_of("proposal", [proposal.id])[proposal.id] if proposal else []
    return [*attached, *drafts_of(author_id(), form_key)]


def receive_photos(field: FilesField, form_key: str, proposal: Proposal | None) -> Sequence[Photo]:
    """Keep the photos that have come, whatever else is wrong with the form; what the form has now."""
    actor = current_actor()
    if field.uploads or field.dropped:
        kept = [photo for photo in photos_on(proposal, form_key) if photo.key not in field.dropped]
        taken = files.take(actor, field.uploads, kept, now())
        with transaction():
            files.drop(actor, form_key, field.dropped)
            files.keep(actor, form_key, taken, now())
        field.refuse(tell(fault) for fault in taken.faults)
    return photos_on(proposal, form_key)
