"""The tables of indicators, by year."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select

from app.db.session import session
from app.kernel.outcomes import Missing
from app.maturity.models import Evidence, Indicator, IndicatorBasis
from app.maturity.rules import indicators as rules


def years() -> Sequence[int]:
    """The years with indicators, the latest first."""
    return session.scalars(select(Indicator.year).distinct().order_by(Indicator.year.desc())).all()


def find_year(today: date) -> int | None:
    """The year that counts on this day."""
    return rules.year_in_force(years(), today)


def year_on(today: date) -> int:
    """As `find_year`, where there has to be one."""
    year = find_year(today)
    if year is None:
        raise Missing
    return year


def indicators_of(year: int) -> dict[int, rules.Indicator]:
    """By row, in the order of their numbers; one statement."""
    rows = session.execute(
        select(Indicator, IndicatorBasis)
        .join(IndicatorBasis, IndicatorBasis.indicator_id == Indicator.id)
        .where(Indicator.year == year)
        .order_by(Indicator.number, IndicatorBasis.code)
    ).all()
    bases: dict[int, list[rules.Basis]] = {}
    for row, basis in rows:
        levels = (basis.level_1, basis.level_2, basis.level_3)
        bases.setdefault(row.id, []).append(rules.Basis(basis.code, basis.name, levels))
    return {row.id: _facts(row, bases[row.id]) for row, _basis in rows}


def _facts(row: Indicator, bases: Sequence[rules.Basis]) -> rules.Indicator:
    return rules.Indicator(
        row.year,
        row.number,
        row.name,
        row.weight,
        row.is_required,
        row.needs_document,
        row.file_kind,
        tuple(bases),
    )


def get_indicator(year: int, number: int) -> tuple[int, rules.Indicator]:
    """The row's id and what it asks."""
    found = ((key, one) for key, one in indicators_of(year).items() if one.number == number)
    indicator = next(found, None)
    if indicator is None:
        raise Missing
    return indicator


def is_used(year: int) -> bool:
    """Whether evidence rests on the year's table."""
    of_year = exists().where(Evidence.indicator_id == Indicator.id, Indicator.year == year)
    return bool(session.scalars(select(of_year)).one())


def used_years() -> Sequence[int]:
    rests = exists().where(Evidence.indicator_id == Indicator.id)
    return session.scalars(select(Indicator.year).where(rests).distinct().order_by(Indicator.year)).all()
