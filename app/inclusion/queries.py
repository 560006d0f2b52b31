"""Counting people, in one statement by place, sex and age, and in one by group."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Subquery, case, cast, func, select

from app.accounts.models import Person
from app.db.session import session
from app.discussion.models import Support
from app.identity.models import GroupMembership, Identity
from app.identity.rules import Group
from app.inclusion.rules import FIRST_AGE, Band, Cell, Counts
from app.kernel.actor import Level
from app.proposals.models import Proposal
from app.regions.queries import within
from app.voting.models import Contest, RollEntry
from app.voting.rules.contest import ContestStatus


def cells(regency_code: str, year: int) -> list[Cell]:
    """Everybody with an account; ages are those that people reach in the year."""
    band = case(
        *((Identity.birth_year > year - FIRST_AGE[after], before) for before, after in pairwise(Band)),
        (Identity.birth_year.is_not(None), Band.ELDERLY),
    ).label("band")
    asked = _counted(regency_code, Person.village_code, Identity.sex, band)
    asked = asked.outerjoin(Identity, Identity.person_id == Person.id)
    grouped = asked.group_by(Person.village_code, Identity.sex, "band").order_by(Person.village_code)
    return [
        Cell(row[0], row[1], Band(row[2]) if row[2] else None, _counts(row[3:])) for row in session.execute(grouped)
    ]


def groups(regency_code: str) -> dict[Group, Counts]:
    """Everybody who has named a group, once in each of theirs."""
    asked = _counted(regency_code, GroupMembership.group)
    asked = asked.join(GroupMembership, GroupMembership.person_id == Person.id)
    grouped = asked.group_by(GroupMembership.group).order_by(GroupMembership.group)
    return {row[0]: _counts(row[1:]) for row in session.execute(grouped)}


def _counts(numbers: Sequence[int]) -> Counts:
    return tuple(int(number) for number in numbers)


def _counted(regency_code: str, *by: Any) -> Select[*tuple[Any, ...]]:
    """The columns `by`, then the counts in the order of Measure."""
    in_regency = Proposal.regency_code == regency_code
    authors = _once(select(Proposal.author_id).where(in_regency, Proposal.number.is_not(None)))
    supporters = _once(select(Support.person_id).join(Proposal, Proposal.id == Support.proposal_id).where(in_regency))
    is_certified = (Contest.regency_code == regency_code) & (Contest.status == ContestStatus.CERTIFIED)
    voters = _once(select(RollEntry.person_id).join(Contest, Contest.id == RollEntry.contest_id).where(is_certified))
    asked = select(*by, func.count(Person.id), _sum(Person.level == Level.ATTESTED)).add_columns(
        *(func.count(done.c[0]) for done in (authors, supporters, voters))
    )
    asked = asked.select_from(Person)
    for done in (authors, supporters, voters):
        asked = asked.outerjoin(done, done.c[0] == Person.id)
    return asked.where(within(Person.village_code, [regency_code]), Person.closed_at.is_(None))


def _once(people: Select[*tuple[Any, ...]]) -> Subquery:
    return people.distinct().subquery()


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(cast(condition, Integer)), 0)
