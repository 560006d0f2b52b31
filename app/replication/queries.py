"""Reading replications: where an innovation has been taken up, and where it could be next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.db.session import session
from app.files.models import StoredFile
from app.innovations.models import Innovation, InnovationMisi
from app.innovations.queries import At, held_rows, supplies
from app.innovations.rules.gates import Asked
from app.kernel.outcomes import Missing
from app.proposals.models import Proposal, ProposalMisi
from app.proposals.queries import SEARCHED
from app.proposals.rules import SET_ASIDE
from app.regions.models import Region
from app.replication.models import Replication
from app.replication.rules import STANDING, State
from app.search.queries import alike

# What the photos of a replication hang on.
PHOTOS = "replication"
MOST, MOST_CANDIDATES, ASKED_ALIKE = 500, 8, 40


@supplies({Asked.REPLICATION: At("replication.report")})
def replications_held() -> Select[Any]:
    """Villages that the lead agency has confirmed."""
    told = {"text": Replication.adopter, "dated": Replication.adopted_on, "provider_id": Replication.asked_by_id}
    rows = held_rows(Replication.innovation_id, Asked.REPLICATION, Replication.id, **told)
    return rows.where(Replication.state == State.CONFIRMED)


@dataclass(frozen=True)
class Row:
    """A replication with its village."""

    replication: Replication
    village: str
    district: str


def replications_of(innovation_id: int) -> list[Row]:
    """What waits first, then the latest."""
    district = aliased(Region)
    rows = session.execute(
        select(Replication, Region.name, district.name)
        .join(Region, Region.code == Replication.village_code)
        .join(district, district.code == Region.parent_code)
        .where(Replication.innovation_id == innovation_id)
        .order_by(Replication.state != State.ASKED, Replication.adopted_on.desc(), Replication.id.desc())
        .limit(MOST)
    )
    return [Row(*row) for row in rows]


def get_replication(innovation_id: int, number: int) -> Replication:
    found = session.get(Replication, number)
    if found is None or found.innovation_id != innovation_id:
        raise Missing
    return found


def find_replication(number: int) -> tuple[Replication, Innovation] | None:
    row = session.execute(
        select(Replication, Innovation)
        .join(Innovation, Innovation.id == Replication.innovation_id)
        .where(Replication.id == number)
    ).first()
    return (row[0], row[1]) if row else None


def find_by_form(form_key: str) -> Replication | None:
    return session.scalars(select(Replication).where(Replication.form_key == form_key)).first()


def taken_villages(innovation_id: int) -> set[str]:
    """The villages that have the innovation, or wait to be confirmed."""
    standing = (Replication.innovation_id == innovation_id) & Replication.state.in_(STANDING)
    return set(session.scalars(select(Replication.village_code).where(standing)))


def confirmed_villages(innovation_id: int) -> list[str]:
    confirmed = (Replication.innovation_id == innovation_id) & (Replication.state == State.CONFIRMED)
    return list(session.scalars(select(Replication.village_code).where(confirmed).order_by(Replication.village_code)))


def count_confirmed(innovation_id: int) -> int:
    confirmed = (Replication.innovation_id == innovation_id) & (Replication.state == State.CONFIRMED)
    return session.scalar(select(func.count()).where(confirmed)) or 0


def has_photos(person_id: int | None, form_key: str) -> bool:
    """Whether the form has taken a photo that will hang on what comes of it."""
    mine = (StoredFile.owner_id == person_id) & (StoredFile.form_key == form_key)
    return session.scalars(select(StoredFile.id).where(mine).limit(1)).first() is not None


@dataclass(frozen=True)
class Candidate:
    """A village that has asked for something like the innovation."""

    village_code: str
    village: str
    proposal: str
    title: str


def candidates(innovation: Innovation, taken: set[str]) -> list[Candidate]:
    """Villages whose public proposals tell of the same problem, those of the same misi first; the likest first."""
    words = f"{innovation.name} {innovation.expansion} {innovation.summary}"
    found = alike(SEARCHED, words, innovation.regency_code, _asked_for(innovation), ASKED_ALIKE)
    order = {number: place for place, (number, _score) in enumerate(found)}
    misi = select(InnovationMisi.misi_id).where(InnovationMisi.innovation_id == innovation.id)
    same = Proposal.id.in_(select(ProposalMisi.proposal_id).where(ProposalMisi.misi_id.in_(misi)))
    rows: Sequence[Any] = session.execute(
        select(Proposal.id, same, Proposal.village_code, Region.name, Proposal.number, Proposal.title)
        .join(Region, Region.code == Proposal.village_code)
        .where(Proposal.id.in_(order))
        .order_by(Proposal.id)
    ).all()
    first: dict[str, Candidate] = {}
    for row in sorted(rows, key=lambda row: (not row[1], order[row[0]])):
        if row[2] not in taken and row[2] != innovation.village_code:
            first.setdefault(row[2], Candidate(row[2], row[3], row[4], row[5]))
    return list(first.values())[:MOST_CANDIDATES]


def _asked_for(innovation: Innovation) -> Select[int]:
    """What the public reads of the regency's proposals."""
    shown = Proposal.public_since.is_not(None) & Proposal.status.not_in(SET_ASIDE)
    return select(Proposal.id).where(Proposal.regency_code == innovation.regency_code, shown)
