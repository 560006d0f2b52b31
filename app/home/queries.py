"""Counts and short lists for the first pages, each in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import BigInteger, ColumnElement, cast, func, null, select
from sqlalchemy.exc import SQLAlchemyError

from app.cycles.models import Ceiling, Cycle, Phase
from app.cycles.rules import PhaseFacts
from app.db.session import session
from app.innovations.models import Innovation, InnovationMisi
from app.innovations.rules.stages import Stage
from app.kernel.windows import Window
from app.plans.models import Misi
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal, ProposalMisi
from app.proposals.rules import SET_ASIDE, Status
from app.regions.models import Region
from app.regions.rules import RegionLevel

MOST_INNOVATIONS = 30
UNANSWERED = (Status.DRAFT, Status.SUBMITTED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Figures:
    """A regency in numbers, the last four of one plan year; money in rupiah."""

    villages: int
    misi: int
    innovations: int
    public: int
    ceilings: int
    proposing: int
    received: int
    answered: int


@dataclass(frozen=True)
class MisiCounts:
    """A misi with how many public proposals and innovations serve it."""

    misi: MisiFacts
    proposals: int
    innovations: int


@dataclass(frozen=True)
class InnovationRow:
    number: str
    name: str
    expansion: str
    stage: Stage


def _is_shown() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What public lists show."""
    return Proposal.public_since.is_not(None), Proposal.status.not_in(SET_ASIDE)


def _count(of: Any, *conditions: ColumnElement[bool]) -> Any:
    return select(func.count(of)).where(*conditions).scalar_subquery()


def figures(regency_code: str, cycle_id: int | None) -> Figures:
    in_cycle = (Proposal.cycle_id == cycle_id, Proposal.regency_code == regency_code)
    received = (*in_cycle, Proposal.number.is_not(None), Proposal.status != Status.WITHDRAWN)
    is_village = (Region.level == RegionLevel.VILLAGE, Region.code.startswith(f"{regency_code}.", autoescape=True))
    total = cast(func.coalesce(func.sum(Ceiling.amount), 0), BigInteger)  # PostgreSQL's sum is a decimal
    ceilings = select(total).where(Ceiling.cycle_id == cycle_id)
    row = session.execute(
        select(
            _count(Region.code, *is_village),
            _count(Misi.id, Misi.regency_code == regency_code),
            _count(Innovation.id, Innovation.regency_code == regency_code),
            _count(Proposal.id, Proposal.regency_code == regency_code, *_is_shown()),
            ceilings.scalar_subquery(),
            _count(Proposal.village_code.distinct(), *received),
            _count(Proposal.id, *received),
            _count(Proposal.id, *in_cycle, Proposal.status.not_in(UNANSWERED)),
        )
    ).one()
    return Figures(*row)


def sizes() -> dict[tuple[str, RegionLevel], int]:
    """How many regions of each level every regency has."""
    regency = func.substr(Region.code, 1, 5)
    rows = session.execute(
        select(regency, Region.level, func.count()).group_by(regency, Region.level).order_by(regency, Region.level)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def open_phases(now: datetime) -> dict[str, PhaseFacts]:
    """For every regency the open phase that closes first."""
    rows = session.execute(
        select(Cycle.regency_code, Phase.kind, Phase.opens, Phase.closes)
        .join(Phase, Phase.cycle_id == Cycle.id)
        .where(Phase.opens <= now, Phase.closes > now)
        .order_by(Phase.closes.desc(), Phase.id)
    )
    return {row.regency_code: PhaseFacts(row.kind, Window(row.opens, row.closes)) for row in rows}


def misi_with_counts(regency_code: str, proposals: Mapping[int, int] | None = None) -> list[MisiCounts]:
    """The misi of a regency in order; their proposals are those that were counted by their ids, or counted now."""
    counted = (
        select(func.count())
        .select_from(ProposalMisi)
        .join(Proposal, Proposal.id == ProposalMisi.proposal_id)
        .where(ProposalMisi.misi_id == Misi.id, *_is_shown())
    )
    innovations = select(func.count()).select_from(InnovationMisi).where(InnovationMisi.misi_id == Misi.id)
    rows = session.execute(
        select(
            Misi.id,
            Misi.number,
            Misi.text,
            Misi.short,
            innovations.correlate(Misi).scalar_subquery(),
            counted.correlate(Misi).scalar_subquery() if proposals is None else null(),
        )
        .where(Misi.regency_code == regency_code)
        .order_by(Misi.number)
    )
    counts = proposals or {}
    return [MisiCounts(MisiFacts(*row[:4]), row[5] or counts.get(row[0], 0), row[4]) for row in rows]


def innovations_under(misi_id: int) -> list[InnovationRow]:
    """The innovations that serve a misi, the latest first."""
    rows = session.execute(
        select(Innovation.number, Innovation.name, Innovation.expansion, Innovation.stage)
        .join(InnovationMisi, InnovationMisi.innovation_id == Innovation.id)
        .where(InnovationMisi.misi_id == misi_id)
        .order_by(Innovation.id.desc())
        .limit(MOST_INNOVATIONS)
    )
    return [InnovationRow(*row) for row in rows]


def proposals_by_village(regency_code: str) -> dict[str, int]:
    """How many public proposals each village has; villages without are left out."""
    rows = session.execute(
        select(Proposal.village_code, func.count())
        .where(Proposal.regency_code == regency_code, *_is_shown())
        .group_by(Proposal.village_code)
        .order_by(Proposal.village_code)
    )
    return {row[0]: row[1] for row in rows}


def schema_heads() -> Sequence[str] | None:
    """The migrations that the database stands at; None where it does not answer."""
    try:
        return MigrationContext.configure(session.connection()).get_current_heads()
    except SQLAlchemyError:
        return None
