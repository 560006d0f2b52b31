"""One innovation with all that it shows, and the way between it and its proposal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db.session import session
from app.innovations.models import Decision, Innovation, Provision
from app.innovations.queries.cards import DESK_SIZE, misi_of_all
from app.innovations.rules.stages import Stage
from app.kernel.outcomes import Missing
from app.plans.models import Agency, Pillar
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal
from app.proposals.queries import ProposalRow, rows_select
from app.proposals.rules import Status


@dataclass(frozen=True)
class Detail:
    """An innovation with what it refers to."""

    innovation: Innovation
    pillar: Pillar | None
    agency: Agency | None
    proposal_number: str | None
    proposal_title: str | None


@dataclass(frozen=True)
class Link:
    """Where a proposal went: its innovation's number, name and present stage."""

    number: str
    name: str
    stage: Stage


def detail_select(regency_code: str, number: str) -> Any:
    return (
        select(Innovation, Pillar, Agency, Proposal.number, Proposal.title)
        .outerjoin(Pillar, Pillar.id == Innovation.pillar_id)
        .outerjoin(Agency, Agency.id == Innovation.agency_id)
        .outerjoin(Proposal, Proposal.id == Innovation.origin_proposal_id)
        .where(Innovation.regency_code == regency_code, Innovation.number == number.upper())
    )


def get_detail(regency_code: str, number: str) -> Detail:
    row = session.execute(detail_select(regency_code, number)).first()
    if row is None:
        raise Missing
    return Detail(*row)


def get_locked(innovation_id: int) -> Innovation:
    """The innovation with its row locked and read anew, for changing it."""
    innovation = session.get(Innovation, innovation_id, with_for_update=True, populate_existing=True)
    if innovation is None:
        raise Missing
    return innovation


def misi_of_innovation(innovation_id: int) -> list[MisiFacts]:
    return misi_of_all([innovation_id]).get(innovation_id, [])


def provisions_of(innovation_id: int) -> Sequence[Provision]:
    """Oldest first, those that were withdrawn too."""
    return session.scalars(
        select(Provision).where(Provision.innovation_id == innovation_id).order_by(Provision.id)
    ).all()


def get_provision(innovation_id: int, provision_id: int) -> Provision:
    provision = session.get(Provision, provision_id)
    if provision is None or provision.innovation_id != innovation_id:
        raise Missing
    return provision


def winners(regency_code: str) -> list[ProposalRow]:
    """Selected proposals that wait for the five answers, the longest waiting first."""
    rows = session.execute(
        rows_select()
        .where(Proposal.regency_code == regency_code, Proposal.status == Status.SELECTED)
        .order_by(Proposal.held_since, Proposal.id)
        .limit(DESK_SIZE)
    )
    return [ProposalRow(*row) for row in rows]


@dataclass(frozen=True)
class Decided:
    """The decision on a proposal, with the name of its agency or the innovation that grew out of it."""

    decision: Decision
    agency: str | None
    link: Link | None


def find_decided(proposal_id: int) -> Decided | None:
    """One statement: the proposal's page shows it to everybody."""
    row = session.execute(
        select(Decision, Agency.name, Innovation.number, Innovation.name, Innovation.stage)
        .outerjoin(Agency, Agency.id == Decision.agency_id)
        .outerjoin(Innovation, Innovation.origin_proposal_id == Decision.proposal_id)
        .where(Decision.proposal_id == proposal_id)
    ).first()
    if row is None:
        return None
    return Decided(row[0], row[1], Link(*row[2:]) if row[2] else None)
