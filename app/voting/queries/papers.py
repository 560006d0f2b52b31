"""Stacks of paper ballots, and the readings of their papers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db.session import session
from app.kernel.outcomes import Missing
from app.regions.models import Region
from app.regions.queries import within
from app.voting.models import Contest, PaperBallot, PaperStack, RollEntry
from app.voting.queries.contests import ContestRow, get_row
from app.voting.rules.contest import Channel
from app.voting.rules.papers import Reading, StackFacts

MOST_STACKS = 400


@dataclass(frozen=True)
class StackRow:
    """A stack as desks show it."""

    id: int
    contest_id: int
    village_code: str
    village: str
    station: str
    sheet_sha256: str | None
    note: str
    facts: StackFacts


def get_public_row(contest_id: int) -> ContestRow:
    """A public contest, whatever regency it is in; the desk asks its own permission."""
    regency_code = session.scalar(select(Contest.regency_code).where(Contest.id == contest_id))
    if regency_code is None:
        raise Missing
    return get_row(regency_code, contest_id, is_public=True)


def stacks_of(contest_id: int, scopes: Sequence[str] = ("",)) -> list[StackRow]:
    """The stacks of the villages in these scopes, by village and station."""
    return _stacks(contest_id, scopes)


def get_stack(contest_id: int, stack_id: int) -> StackRow:
    found = _stacks(contest_id, ("",), stack_id)
    if not found:
        raise Missing
    return found[0]


def _stacks(contest_id: int, scopes: Sequence[str], stack_id: int | None = None) -> list[StackRow]:
    read = [func.count(column) for column in (PaperBallot.first, PaperBallot.second, PaperBallot.agreed)]
    differs = PaperBallot.first.is_not(None) & PaperBallot.second.is_not(None) & PaperBallot.agreed.is_(None)
    asked = (
        select(PaperStack, Region.name, *read, func.count(PaperBallot.number).filter(differs))
        .join(Region, Region.code == PaperStack.village_code)
        .outerjoin(PaperBallot, PaperBallot.stack_id == PaperStack.id)
        .where(PaperStack.contest_id == contest_id, within(PaperStack.village_code, scopes))
        .group_by(PaperStack.id, Region.name)
        .order_by(Region.name, PaperStack.station)
        .limit(MOST_STACKS)
    )
    if stack_id is not None:
        asked = asked.where(PaperStack.id == stack_id)
    return [_row(stack, village, counts) for stack, village, *counts in session.execute(asked)]


def _row(stack: PaperStack, village: str, counts: Sequence[int]) -> StackRow:
    firsts, seconds, agreed, differing = counts
    facts = StackFacts(
        stack.attendance,
        stack.size,
        stack.first_typist_id,
        stack.second_typist_id,
        firsts,
        seconds,
        agreed,
        differing,
        stack.finished_at is not None,
    )
    place = stack.village_code, village, stack.station
    return StackRow(stack.id, stack.contest_id, *place, stack.sheet_sha256, stack.note, facts)


def find_stack(stack_id: int) -> PaperStack | None:
    return session.get(PaperStack, stack_id)


def get_locked_stack(contest_id: int, stack_id: int) -> PaperStack:
    """The stack locked and read anew: whoever else types or looks at it waits."""
    stack = session.get(PaperStack, stack_id, with_for_update=True, populate_existing=True)
    if stack is None or stack.contest_id != contest_id:
        raise Missing
    return stack


def is_on_roll(contest_id: int, village_code: str) -> bool:
    """Whether as many voters of the village are marked on paper as there are papers in all its stacks, or more."""
    papers = select(func.coalesce(func.sum(PaperStack.size), 0)).where(
        PaperStack.contest_id == contest_id, PaperStack.village_code == village_code
    )
    voters = select(func.count()).where(
        RollEntry.contest_id == contest_id, RollEntry.village_code == village_code, RollEntry.channel == Channel.PAPER
    )
    return bool(session.scalar(select(papers.scalar_subquery() <= voters.scalar_subquery())))


def is_station_known(contest_id: int, station: str, but: int | None = None) -> bool:
    same = (PaperStack.contest_id == contest_id) & (func.lower(PaperStack.station) == station.lower())
    return session.scalar(select(PaperStack.id).where(same, PaperStack.id != (but or 0)).limit(1)) is not None


def read_numbers(stack_id: int, reading: Reading) -> set[int]:
    """Which papers of a stack have been read this time."""
    said = {Reading.FIRST: PaperBallot.first, Reading.SECOND: PaperBallot.second}[reading]
    asked = select(PaperBallot.number).where(PaperBallot.stack_id == stack_id, said.is_not(None))
    return set(session.scalars(asked.order_by(PaperBallot.number)))


def papers_by_number(stack_id: int, numbers: Collection[int]) -> dict[int, PaperBallot]:
    """Those of these papers that have been typed."""
    asked = select(PaperBallot).where(PaperBallot.stack_id == stack_id, PaperBallot.number.in_(numbers))
    return {paper.number: paper for paper in session.scalars(asked.order_by(PaperBallot.number))}


def agreed_in(stack_id: int, numbers: Collection[int]) -> list[tuple[int, list[int]]]:
    """What these papers say, for looking at them again."""
    asked = select(PaperBallot.number, PaperBallot.agreed).where(PaperBallot.stack_id == stack_id)
    rows = session.execute(asked.where(PaperBallot.number.in_(numbers)).order_by(PaperBallot.number))
    return [(number, agreed) for number, agreed in rows if agreed is not None]


def papers_that_differ(stack_id: int) -> Sequence[PaperBallot]:
    """The papers of which two people have read two things."""
    differs = PaperBallot.first.is_not(None) & PaperBallot.second.is_not(None) & PaperBallot.agreed.is_(None)
    asked = select(PaperBallot).where(PaperBallot.stack_id == stack_id, differs)
    return session.scalars(asked.order_by(PaperBallot.number)).all()
