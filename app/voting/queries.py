"""Reading contests, options, the roll and the box."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, cast, func, select
from sqlalchemy.orm import aliased

from app.db.session import session
from app.identity.queries import identity_of
from app.kernel.outcomes import Missing
from app.kernel.windows import Window
from app.limits.queries import is_remembered
from app.proposals.models import Proposal
from app.proposals.queries import ProposalRow, rows_select
from app.proposals.rules import Status
from app.regions.models import Region
from app.regions.rules import RegionKind
from app.voting.models import Ballot, Contest, Option, RollEntry
from app.voting.rules.ballots import CLOSED_VOTER
from app.voting.rules.contest import PUBLIC, TURNOUT_FROM, ContestFacts, ContestStatus, next_step
from app.voting.rules.counting import OptionResult, Outcome, Rule

MOST_CONTESTS = 100
MOST_CANDIDATES = 60


@dataclass(frozen=True)
class ContestRow:
    """A contest as pages show it, with the name of its region."""

    id: int
    cycle_id: int
    regency_code: str
    region_code: str
    title: str
    ceiling: int
    max_choices: int
    rule: Rule
    status: ContestStatus
    opens: datetime
    closes: datetime
    draw_seed: str | None
    closed_at: datetime | None
    close_reason: str
    certified_at: datetime | None
    ballot_count: int | None
    region: str
    region_kind: RegionKind

    @property
    def facts(self) -> ContestFacts:
        return ContestFacts(self.region_code, self.status, Window(self.opens, self.closes), self.max_choices)


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


def _rows() -> Select[*tuple[Any, ...]]:
    return select(
        Contest.id,
        Contest.cycle_id,
        Contest.regency_code,
        Contest.region_code,
        Contest.title,
        Contest.ceiling,
        Contest.max_choices,
        Contest.rule,
        Contest.status,
        Contest.opens,
        Contest.closes,
        Contest.draw_seed,
        Contest.closed_at,
        Contest.close_reason,
        Contest.certified_at,
        Contest.ballot_count,
        Region.name,
        Region.kind,
    ).join(Region, Region.code == Contest.region_code)


def contests_of(regency_code: str, statuses: Collection[ContestStatus] = tuple(ContestStatus)) -> list[ContestRow]:
    """The contests of a regency, the one that closes last first."""
    asked = _rows().where(Contest.regency_code == regency_code, Contest.status.in_(statuses))
    rows = session.execute(asked.order_by(Contest.closes.desc(), Contest.id.desc()).limit(MOST_CONTESTS))
    return [ContestRow(*row) for row in rows]


def open_contests(regency_code: str, now: datetime) -> list[ContestRow]:
    """The contests that take ballots now, the one that closes first first."""
    rows = contests_of(regency_code, (ContestStatus.OPENED,))
    return [row for row in reversed(rows) if row.facts.takes_ballots(now)]


def awaiting_planner(regency_code: str, now: datetime) -> list[ContestRow]:
    """The contests that wait for their planner to open, close or certify them; `next_step` says which."""
    waiting = (ContestStatus.PREPARED, ContestStatus.OPENED, ContestStatus.CLOSED)
    return [row for row in reversed(contests_of(regency_code, waiting)) if next_step(row.facts, now)]


def get_row(regency_code: str, contest_id: int, *, is_public: bool) -> ContestRow:
    """A contest of this regency; what a planner still prepares is missing to the public."""
    row = session.execute(_rows().where(Contest.id == contest_id, Contest.regency_code == regency_code)).first()
    if row is None or (is_public and row.status not in PUBLIC):
        raise Missing
    return ContestRow(*row)


def get_contest(regency_code: str, contest_id: int) -> Contest:
    contest = session.get(Contest, contest_id)
    if contest is None or contest.regency_code != regency_code:
        raise Missing
    return contest


def get_locked(contest_id: int) -> Contest:
    """The contest locked and read anew, for changing it: nobody votes meanwhile."""
    contest = session.get(Contest, contest_id, with_for_update=True, populate_existing=True)
    if contest is None:
        raise Missing
    return contest


def get_for_voting(contest_id: int) -> Contest:
    """The contest read anew and kept as it is until the ballot is in; voters do not wait for each other."""
    contest = session.get(Contest, contest_id, with_for_update={"read": True}, populate_existing=True)
    if contest is None:
        raise Missing
    return contest


def facts_of(contest: Contest) -> ContestFacts:
    window = Window(contest.opens, contest.closes)
    return ContestFacts(contest.region_code, contest.status, window, contest.max_choices)


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


def numbers_in(contest_id: int) -> list[int]:
    """The drawn numbers on the ballot."""
    found = session.scalars(select(Option.number).where(Option.contest_id == contest_id).order_by(Option.number))
    return [number for number in found if number is not None]


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


def has_voted(contest_id: int, person_id: int | None) -> bool:
    return person_id is not None and session.get(RollEntry, (contest_id, person_id)) is not None


def running_votes_of(person_id: int, now: datetime) -> Sequence[Contest]:
    """The contests not over yet in which the person has voted."""
    asked = select(Contest).join(RollEntry, RollEntry.contest_id == Contest.id)
    return session.scalars(
        asked.where(RollEntry.person_id == person_id, Contest.closes > now).order_by(Contest.id)
    ).all()


def voted_before_closing(contest: Contest, person_id: int | None) -> bool:
    """Whether somebody with the person's NIK has voted, and closed their account since."""
    identity = identity_of(person_id) if person_id is not None else None
    if identity is None or identity.nik_digest is None:
        return False
    return is_remembered(CLOSED_VOTER, f"{contest.id}|{identity.nik_digest}", contest.closes)


def voted_in(contest_ids: Collection[int], person_id: int | None) -> set[int]:
    """The contests among these in which the person has voted."""
    if person_id is None or not contest_ids:
        return set()
    asked = select(RollEntry.contest_id).where(RollEntry.contest_id.in_(contest_ids), RollEntry.person_id == person_id)
    return set(session.scalars(asked.order_by(RollEntry.contest_id)))


def turnout(contest_id: int) -> int | None:
    """How many have voted, once there are enough of them that nobody is given away."""
    count = session.scalar(select(func.count()).select_from(RollEntry).where(RollEntry.contest_id == contest_id)) or 0
    return count if count >= TURNOUT_FROM else None


def ballots_in(contest_id: int) -> list[list[int]]:
    """The choices of every ballot in the box, for the count."""
    return list(session.scalars(select(Ballot.choices).where(Ballot.contest_id == contest_id).order_by(Ballot.handle)))


def boxed(contest_id: int) -> dict[tuple[int, ...], int]:
    """How often each set of choices is in the box: ballots that say the same are counted by the database."""
    choices = cast(Ballot.choices, Text)
    rows = session.execute(
        select(choices, func.count()).where(Ballot.contest_id == contest_id).group_by(choices).order_by(choices)
    )
    return {tuple(json.loads(text)): count for text, count in rows}
