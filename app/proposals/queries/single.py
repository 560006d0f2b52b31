"""One proposal: for its readers, for those who change it, with its misi and its timeline."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from app.cycles.models import Cycle
from app.cycles.queries import cycles_of
from app.cycles.rules import CycleFacts
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing
from app.plans.models import Misi
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal, ProposalMisi, TimelineEntry
from app.proposals.permissions import POLICY, Can, ProposalFacts
from app.regions.models import Region
from app.regions.rules import Place


def facts_of(proposal: Proposal) -> ProposalFacts:
    return ProposalFacts(
        proposal.village_code,
        proposal.author_id,
        proposal.typed_by_id,
        proposal.status,
        proposal.public_since is not None,
    )


def text_of(proposal: Proposal) -> str:
    """What the search knows of a proposal."""
    return f"{proposal.title} {proposal.problem} {proposal.work} {proposal.hamlet}"


def all_texts() -> Iterator[tuple[int, str, str]]:
    """Number, village and text of every proposal that was ever sent."""
    columns = (Proposal.village_code, Proposal.title, Proposal.problem, Proposal.work, Proposal.hamlet)
    rows = session.execute(select(Proposal.id, *columns).where(Proposal.number.is_not(None)).order_by(Proposal.id))
    return ((row[0], row[1], " ".join(row[2:])) for row in rows.all())


def find_by_number(regency_code: str, number: str) -> Proposal | None:
    return session.scalars(
        select(Proposal).where(Proposal.number == number.upper(), Proposal.regency_code == regency_code)
    ).first()


def find_proposal(proposal_id: int) -> Proposal | None:
    return session.get(Proposal, proposal_id)


def get_seen_by(actor: Actor, regency_code: str, number: str) -> Proposal:
    """The proposal, for those who may know of it; to others it is missing."""
    proposal = find_by_number(regency_code, number)
    if proposal is None or not POLICY.may(actor, Can.SEE, facts_of(proposal)):
        raise Missing
    return proposal


def get_seen_with_place(actor: Actor, regency_code: str, number: str) -> tuple[Proposal, Place]:
    """As `get_seen_by`, with the village in the same statement."""
    district = aliased(Region)
    row = session.execute(
        select(Proposal, Region.code, Region.name, Region.kind, district.code, district.name)
        .join(Region, Region.code == Proposal.village_code)
        .join(district, district.code == Region.parent_code)
        .where(Proposal.number == number.upper(), Proposal.regency_code == regency_code)
        .options(joinedload(Proposal.entry))
    ).first()
    if row is None or not POLICY.may(actor, Can.SEE, facts_of(row[0])):
        raise Missing
    return row[0], Place(*row[1:])


def get_draft(author_id: int, form_key: str) -> Proposal:
    """The author's own draft by the key of its form."""
    proposal = find_draft(author_id, form_key)
    if proposal is None:
        raise Missing
    return proposal


def find_draft(author_id: int, form_key: str) -> Proposal | None:
    return session.scalars(
        select(Proposal).where(Proposal.author_id == author_id, Proposal.form_key == form_key)
    ).first()


def find_draft_locked(author_id: int, form_key: str) -> Proposal | None:
    """As `find_draft`, with its row locked and read anew, for changing it."""
    asked = select(Proposal).where(Proposal.author_id == author_id, Proposal.form_key == form_key)
    return session.scalars(asked.with_for_update(), execution_options={"populate_existing": True}).first()


def lock_all(proposal_ids: Collection[int]) -> None:
    """Lock several proposals that are to be moved together, before the first of them is.

    Every move ends in the log, which has one writer at a time: whoever holds the log must wait for no proposal.
    """
    asked = select(Proposal.id).where(Proposal.id.in_(proposal_ids)).order_by(Proposal.id)
    session.execute(asked.with_for_update())


def get_locked(proposal_id: int) -> Proposal:
    """The proposal with its row locked and read anew, for changing it."""
    proposal = session.get(Proposal, proposal_id, with_for_update=True, populate_existing=True)
    if proposal is None:
        raise Missing
    return proposal


def misi_of_proposal(proposal_id: int) -> list[MisiFacts]:
    rows = session.execute(
        select(Misi.id, Misi.number, Misi.text, Misi.short)
        .join(ProposalMisi, ProposalMisi.misi_id == Misi.id)
        .where(ProposalMisi.proposal_id == proposal_id)
        .order_by(Misi.number)
    )
    return [MisiFacts(*row) for row in rows]


def timeline_of(proposal_id: int) -> Sequence[TimelineEntry]:
    """Oldest first."""
    return session.scalars(
        select(TimelineEntry).where(TimelineEntry.proposal_id == proposal_id).order_by(TimelineEntry.id)
    ).all()


def own(author_id: int, size: int = 50) -> Sequence[Proposal]:
    """A person's own proposals, the latest first."""
    return session.scalars(
        select(Proposal).where(Proposal.author_id == author_id).order_by(Proposal.id.desc()).limit(size)
    ).all()


def plan_year_of(proposal: Proposal) -> int:
    return session.scalars(select(Cycle.plan_year).where(Cycle.id == proposal.cycle_id)).one()


def cycle_of(proposal: Proposal) -> CycleFacts:
    """The cycle that it belongs to now, with its phases."""
    return next(cycle for cycle in cycles_of(proposal.regency_code) if cycle.id == proposal.cycle_id)
