"""What the index of a regency is made of: its registry, looked at by the rules of a year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, case, func, select

from app.db.session import session
from app.innovations.models import Innovation, InnovationAffair
from app.innovations.rules.profile import BASIC_SERVICES, DESIGN_WORDS, word_count
from app.kernel.paging import PAGE_SIZE, Page, page_of
from app.maturity.models import GovernmentFigure
from app.maturity.rules.index import Candidate, IndexRules, Lack, Terms, lacks, terms

# So many words need at least so many letters: shorter texts are not loaded.
LEAST_LETTERS = 2 * DESIGN_WORDS - 1


@dataclass(frozen=True)
class Counted:
    """The terms, of how many innovations, and how many of those do not count for which reason."""

    terms: Terms
    registered: int
    lacking: Mapping[Lack, int]


@dataclass(frozen=True)
class Listed:
    """An innovation of the registry, and why it does not count, if it does not."""

    id: int
    number: str
    name: str
    score: int | None
    lacks: tuple[Lack, ...]


def _candidates(*more: Any) -> Select[*tuple[Any, ...]]:
    long_design = case((func.length(Innovation.design) >= LEAST_LETTERS, Innovation.design), else_="")
    return select(
        Innovation.id,
        Innovation.score,
        Innovation.stage,
        Innovation.applied_on,
        Innovation.developed_on,
        long_design.label("design"),
        *more,
    ).order_by(Innovation.id)


def _lacks(row: Row[Any], rules: IndexRules) -> tuple[Lack, ...]:
    return lacks(Candidate(row.stage, row.applied_on, row.developed_on, word_count(row.design)), rules)


def counted(regency_code: str, rules: IndexRules) -> Counted:
    """Two statements over the whole registry: to be remembered for a while."""
    statement = _candidates().where(Innovation.regency_code == regency_code).execution_options(yield_per=500)
    scores: dict[int, int] = {}
    lacking: Counter[Lack] = Counter()
    registered = 0
    for row in session.execute(statement):
        registered += 1
        found = _lacks(row, rules)
        lacking.update(found)
        if not found:
            scores[row.id] = row.score or 0
    basic = session.execute(
        select(InnovationAffair.innovation_id, InnovationAffair.affair)
        .join(Innovation, Innovation.id == InnovationAffair.innovation_id)
        .where(Innovation.regency_code == regency_code, InnovationAffair.affair.in_(BASIC_SERVICES))
    )
    affairs = {row.affair for row in basic if row.innovation_id in scores}
    return Counted(terms(rules, len(scores), sum(scores.values()), affairs), registered, lacking)


def listed(regency_code: str, rules: IndexRules, after: tuple[int, ...] | None) -> Page[Listed]:
    """The registry in the order in which it grew."""
    statement = _candidates(Innovation.number, Innovation.name).where(Innovation.regency_code == regency_code)
    if after:
        statement = statement.where(Innovation.id > after[0])
    rows = session.execute(statement.limit(PAGE_SIZE + 1)).all()
    page = [Listed(row.id, row.number, row.name, row.score, _lacks(row, rules)) for row in rows]
    return page_of(page, PAGE_SIZE, lambda row: str(row.id))


def figure_of(regency_code: str, year: int) -> GovernmentFigure | None:
    """What was noted last of the part that is not about innovations."""
    mine = (GovernmentFigure.regency_code == regency_code) & (GovernmentFigure.year == year)
    return session.scalars(select(GovernmentFigure).where(mine).order_by(GovernmentFigure.id.desc())).first()
