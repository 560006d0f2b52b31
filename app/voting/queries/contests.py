"""Contests: as pages list them, and for changing them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from app.db.session import session
from app.kernel.outcomes import Missing
from app.kernel.windows import Window
from app.regions.models import RegencyProfile, Region
from app.regions.rules import RegionKind
from app.voting.models import Contest, Witness
from app.voting.rules.contest import LIFECYCLE, PUBLIC, ContestFacts, ContestStatus, RollEnd, next_step
from app.voting.rules.counting import Rule
from app.voting.rules.objections import objection_window

MOST_CONTESTS = 100


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
    is_weighted: bool
    threshold_percent: int
    quorum_percent: int
    objection_days: int
    roll_ends: RollEnd
    opened_at: datetime | None
    counted_at: datetime | None
    box_key: str | None
    head_key: str | None
    definition_sha256: str | None
    box_sha256: str | None
    ballots_sha256: str | None
    region: str
    region_kind: RegionKind

    @property
    def objections_end(self) -> datetime | None:
        """When nobody can object any more; None before the count, and where nobody can."""
        window = objection_window(self.counted_at, self.objection_days) if self.counted_at else None
        return window.closes if window else None

    @property
    def facts(self) -> ContestFacts:
        return ContestFacts(self.region_code, self.status, Window(self.opens, self.closes), self.max_choices)


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
        Contest.is_weighted,
        Contest.threshold_percent,
        Contest.quorum_percent,
        Contest.objection_days,
        Contest.roll_ends,
        Contest.opened_at,
        Contest.counted_at,
        Contest.box_key,
        Contest.head_key,
        Contest.definition_sha256,
        Contest.box_sha256,
        Contest.ballots_sha256,
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
    waiting = tuple(status for status in ContestStatus if LIFECYCLE.events(status))
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


def get_for_voting(contest_id: int) -> tuple[Contest, ZoneInfo]:
    """The contest read anew and kept as it is until the ballot is in; voters do not wait for each other.

    With it the regency's clocks.
    """
    asked = select(Contest, RegencyProfile.time_zone).join(RegencyProfile, RegencyProfile.code == Contest.regency_code)
    asked = asked.where(Contest.id == contest_id).with_for_update(read=True, of=Contest)
    row = session.execute(asked.execution_options(populate_existing=True)).first()
    if row is None:
        raise Missing
    return row[0], ZoneInfo(row[1])


def facts_of(contest: Contest) -> ContestFacts:
    window = Window(contest.opens, contest.closes)
    return ContestFacts(contest.region_code, contest.status, window, contest.max_choices)


def roll_end_of(contest: Contest | ContestRow) -> datetime | None:
    """The moment after which who is attested is too late for this contest; None where there is none."""
    return contest.opened_at if contest.roll_ends is RollEnd.AT_OPENING else None


def definition_of(contest: Contest) -> Mapping[str, Any]:
    """What was frozen at the opening."""
    if contest.definition is None:
        raise Missing
    found: Mapping[str, Any] = json.loads(contest.definition)
    return found


def witnesses_of(contest_id: int) -> Sequence[Witness]:
    return session.scalars(select(Witness).where(Witness.contest_id == contest_id).order_by(Witness.number)).all()
