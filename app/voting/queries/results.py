"""What was counted: the files of the result package, the result itself, and what people object to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Person
from app.db.session import session
from app.kernel.outcomes import Missing
from app.regions.models import Region
from app.voting.models import Contest, CountedLeaf, Objection
from app.voting.queries.box import counted_ballots
from app.voting.queries.closed import log_files
from app.voting.queries.contests import definition_of
from app.voting.rules.deciding import LEAST_BALLOTS
from app.voting.rules.package.ballots import write_ballots
from app.voting.rules.package.counted import BALLOTS, COUNTS, DEFINITION, LEAVES

MOST_OBJECTIONS = 200


@dataclass(frozen=True)
class Published:
    """A counted contest as it was published: the frozen definition, hasil.json, and the signature under it."""

    definition: Mapping[str, Any]
    result: Mapping[str, Any]
    result_sha256: str
    signature: str
    objection_days: int
    counted_at: datetime


@dataclass(frozen=True)
class ObjectionRow:
    """An objection as everybody reads it: from which village, not from whom."""

    id: int
    village: str | None
    author_id: int
    text: str
    at: datetime
    answer: str
    answered_at: datetime | None


def published(contest_id: int) -> Published | None:
    """None before the count."""
    asked = select(
        Contest.definition,
        Contest.result,
        Contest.result_sha256,
        Contest.result_signature,
        Contest.objection_days,
        Contest.counted_at,
    )
    row = session.execute(asked.where(Contest.id == contest_id)).first()
    if row is None or row.result is None:
        return None
    definition, result, *others = tuple[Any, ...](row)
    return Published(json.loads(definition), json.loads(result), *others)


def data_files(contest: Contest) -> dict[str, bytes]:
    """The files of the package that the result answers for; ballots only where there are enough to hide in."""
    if contest.counts is None:
        raise Missing
    files = {DEFINITION: str(contest.definition).encode(), COUNTS: contest.counts.encode(), **log_files(contest)}
    if (contest.ballot_count or 0) < LEAST_BALLOTS:
        return files
    leaves = session.scalars(
        select(CountedLeaf.leaf).where(CountedLeaf.contest_id == contest.id).order_by(CountedLeaf.leaf)
    )
    listed = "".join(f"{leaf.hex()}\n" for leaf in leaves).encode()
    ballots = write_ballots(definition_of(contest), counted_ballots(contest.id))
    return files | {BALLOTS: ballots, LEAVES: listed}


def objections_to(contest_id: int) -> Sequence[ObjectionRow]:
    """The earliest first."""
    asked = (
        select(
            Objection.id,
            Region.name,
            Objection.author_id,
            Objection.text,
            Objection.at,
            Objection.answer,
            Objection.answered_at,
        )
        .join(Person, Person.id == Objection.author_id)
        .outerjoin(Region, Region.code == Person.village_code)
        .where(Objection.contest_id == contest_id)
        .order_by(Objection.id)
        .limit(MOST_OBJECTIONS)
    )
    return [ObjectionRow(*row) for row in session.execute(asked)]


def count_objections(contest_id: int, author_id: int | None = None, *, only_open: bool = False) -> int:
    """How many there are: all, of one person, or without an answer."""
    asked = select(func.count()).select_from(Objection).where(Objection.contest_id == contest_id)
    if author_id is not None:
        asked = asked.where(Objection.author_id == author_id)
    if only_open:
        asked = asked.where(Objection.answered_at.is_(None))
    return session.scalar(asked) or 0


def get_objection(contest_id: int, objection_id: int) -> Objection:
    objection = session.get(Objection, objection_id)
    if objection is None or objection.contest_id != contest_id:
        raise Missing
    return objection
