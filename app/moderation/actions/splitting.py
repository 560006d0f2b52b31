"""Making two proposals of one that asks for two things."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.db.session import session
from app.files import actions as files
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.moderation import queries
from app.moderation.models import Split
from app.moderation.rules import state_mark
from app.moderation.rules.merging import refuse_split
from app.proposals.actions import happen, keep_version, next_number, note
from app.proposals.actions.writing import PHOTOS
from app.proposals.models import Proposal, ProposalMisi
from app.proposals.permissions import POLICY, Can
from app.proposals.queries import facts_of, get_locked, misi_of_proposal, plan_year_of
from app.proposals.rules import Event, Refusal, Status, holder_after

# What a part has of its own, and what it takes over from the whole, beside misi and photos.
OWN = ("title", "work", "volume", "unit", "estimate")
SHARED = (
    "regency_code",
    "cycle_id",
    "village_code",
    "author_id",
    "typed_by_id",
    "read_back_at",
    "problem",
    "group_name",
    "group_registration",
    "hamlet",
    "latitude",
    "longitude",
    "is_at_home",
    "beneficiaries",
)


@dataclass(frozen=True)
class Piece:
    """What one of the two asks for; money in rupiah."""

    title: str
    work: str
    volume: int
    unit: str
    estimate: int


def split(
    actor: Actor,
    whole: Proposal,
    seen: str,
    pieces: tuple[Piece, Piece],
    form_key: str,
    now: datetime,
    photos: Iterable[files.Picture] = (),
) -> Proposal:
    """The whole becomes the first piece, with number and history; the second is new and waits beside it.

    What the author had written stays to be read as a version. Sent twice, it splits once.
    """
    first, second = pieces
    whole = get_locked(whole.id)
    POLICY.require(actor, Can.REVIEW, facts_of(whole))
    if (made := queries.find_part(whole.id, form_key)) is not None:
        return made
    if seen != state_mark(whole.status, whole.held_since):
        raise Refused(Refusal.CHANGED_MEANWHILE)
    if refusal := refuse_split(whole.status):
        raise Refused(refusal)
    part = _begin(whole, second, form_key, now)
    files.hang(photos, PHOTOS, part.id, part.author_id, now)
    part.number = next_number(part.regency_code, part.cycle_id, plan_year_of(part))
    session.add(Split(part_id=part.id, from_id=whole.id, at=now, by_id=actor.person_id))
    version = keep_version(whole)
    whole.entry_id = _entry_of(whole, first)
    for name in OWN:
        setattr(whole, name, getattr(first, name))
    note(actor, whole, Event.SPLIT, now, number=part.number, version=version)
    happen(actor, part, Event.SUBMIT, now, number=whole.number)
    part.held_since, part.held_until = whole.held_since, whole.held_until  # it has waited as long as the whole
    session.flush()
    return part


def _begin(whole: Proposal, piece: Piece, form_key: str, now: datetime) -> Proposal:
    holder, until = holder_after(Status.DRAFT, now)
    part = Proposal(
        form_key=form_key,
        status=Status.DRAFT,
        holder=holder,
        held_since=now,
        held_until=until,
        written_at=now,
        support_count=0,
        entry_id=_entry_of(whole, piece),
        **{name: getattr(whole, name) for name in SHARED},
        **{name: getattr(piece, name) for name in OWN},
    )
    session.add(part)
    session.flush()
    session.add_all(ProposalMisi(proposal_id=part.id, misi_id=misi.id) for misi in misi_of_proposal(whole.id))
    return part


def _entry_of(whole: Proposal, piece: Piece) -> int | None:
    """The entry of the catalog counts in its own unit: a piece in another one is no such work."""
    return whole.entry_id if piece.unit == whole.unit else None
