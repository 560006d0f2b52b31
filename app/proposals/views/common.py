"""What the pages of writing share: who may write here now, whose draft it is, and the photos of its form."""

from collections.abc import Sequence

from app.cycles.queries import open_cycle
from app.cycles.rules import Activity, CycleFacts
from app.files.permissions import shows_photos
from app.i18n.catalogues import words
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing, Refused
from app.plans.queries import misi_of
from app.plans.rules import MisiFacts
from app.proposals import queries
from app.proposals.actions import PHOTOS
from app.proposals.models import Proposal
from app.proposals.permissions import POLICY, Can
from app.proposals.rules import Refusal
from app.regions.rules import Regency
from app.web.access import current_actor
from app.web.clock import now


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


@shows_photos(PHOTOS)
def sees_photos_of(actor: Actor, proposal_id: int) -> bool:
    """Whoever sees the proposal, and whoever types it for its author."""
    proposal = queries.find_proposal(proposal_id)
    facts = queries.facts_of(proposal) if proposal else None
    return facts is not None and any(POLICY.may(actor, can, facts) for can in (Can.SEE, Can.SUBMIT))
