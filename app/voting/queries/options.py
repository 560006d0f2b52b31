"""Options: the proposals on a ballot with their results, and those that may get there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.db.session import session
from app.proposals.models import Proposal
from app.proposals.queries import ProposalRow, rows_select
from app.proposals.rules import Status
from app.regions.models import Region
from app.voting.models import Contest, Option
from app.voting.rules.contest import PUBLIC, ContestStatus
from app.voting.rules.counting import OptionResult, Outcome

MOST_CANDIDATES = 60


@dataclass(frozen=True)
class OptionRow:
    """An option as pages show it; the count is None until the result is certified."""

    number: int | None
    proposal_id: int
    cost: int
    votes: int | None
    outcome: Outcome | None
    left_at_turn: int | None
    proposal_number: str
    title: str
    status: Status
    village: str
    district: str

    @property
    def result(self) -> OptionResult | None:
        if self.number is None or self.votes is None or self.outcome is None or self.left_at_turn is None:
            return None
        return OptionResult(self.number, self.cost, self.votes, self.outcome, self.left_at_turn)


@dataclass(frozen=True)
class OptionPlace:
    """Where a proposal stands: its contest and its number there."""

    contest_id: int
    title: str
    status: ContestStatus
    opens: datetime
    closes: datetime
    number: int | None
    outcome: Outcome | None


def _options() -> Select[*tuple[Any, ...]]:
    village, district = aliased(Region), aliased(Region)
    return (
        select(
            Option.number,
            Option.proposal_id,
            Option.cost,
            Option.votes,
            Option.outcome,
            Option.left_at_turn,
            Proposal.number.label("proposal_number"),
            Proposal.title,
            Proposal.status,
            village.name.label("village"),
            district.name.label("district"),
        )
        .join(Proposal, Proposal.id == Option.proposal_id)
        .join(village, village.code == Proposal.village_code)
        .join(district, district.code == village.parent_code)
    )


def options_of(contest_id: int) -> list[OptionRow]:
    """By drawn number; before the draw in the order in which they were set."""
    rows = session.execute(_options().where(Option.contest_id == contest_id).order_by(Option.number, Option.id))
    return [OptionRow(*row) for row in rows]


def results_of(contest_id: int) -> list[OptionRow]:
    """In the order of the count."""
    order = (Option.votes.desc(), Option.cost, Option.number)
    return [
        OptionRow(*row) for row in session.execute(_options().where(Option.contest_id == contest_id).order_by(*order))
    ]


def options_in(contest_id: int) -> Sequence[Option]:
    """The options themselves, for changing them; always in one order, so that two planners do not block each other."""
    return session.scalars(select(Option).where(Option.contest_id == contest_id).order_by(Option.proposal_id)).all()


def place_of(proposal_id: int) -> OptionPlace | None:
    """The latest public contest that a proposal is in; one statement."""
    row = session.execute(
        select(Contest.id, Contest.title, Contest.status, Contest.opens, Contest.closes, Option.number, Option.outcome)
        .join(Option, Option.contest_id == Contest.id)
        .where(Option.proposal_id == proposal_id, Contest.status.in_(PUBLIC))
        .order_by(Contest.id.desc())
        .limit(1)
    ).first()
    return OptionPlace(*row) if row else None


def candidates(region_code: str) -> list[ProposalRow]:
    """The published proposals of a region, the most supported first: what a contest may put on its ballot."""
    asked = rows_select().where(_is_within(region_code), Proposal.status == Status.PUBLISHED)
    rows = session.execute(asked.order_by(Proposal.support_count.desc(), Proposal.id).limit(MOST_CANDIDATES))
    return [ProposalRow(*row) for row in rows]


def fit_options(region_code: str, proposal_ids: Collection[int]) -> set[int]:
    """Which of these proposals a contest of the region may put on its ballot now."""
    return set(
        session.scalars(
            select(Proposal.id)
            .where(Proposal.id.in_(proposal_ids), _is_within(region_code), Proposal.status == Status.PUBLISHED)
            .order_by(Proposal.id)
        )
    )


def _is_within(region_code: str) -> Any:
    return Proposal.village_code.startswith(f"{region_code}.", autoescape=True)
