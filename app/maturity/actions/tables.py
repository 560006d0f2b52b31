"""Keeping the tables of indicators, as long as no evidence rests on their year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from app.audit.actions import record
from app.db.session import session
from app.db.upserts import Tally, bring_up_to_date
from app.kernel.actor import Actor
from app.kernel.outcomes import Missing, Refused
from app.kernel.policy import Within
from app.maturity import queries
from app.maturity.models import Indicator, IndicatorBasis
from app.maturity.permissions import POLICY, Can
from app.maturity.rules import indicators as rules
from app.maturity.rules.refusals import Refusal

EVERYWHERE = Within("")


def bring_in(actor: Actor, indicators: Sequence[rules.Indicator], now: datetime) -> Tally:
    """Make the tables say what a file says; a year on which evidence rests must say the same already."""
    POLICY.require(actor, Can.EDIT_TABLE, EVERYWHERE)
    tally = Tally()
    for year in sorted({one.year for one in indicators}):
        tally += _write(year, [one for one in indicators if one.year == year])
    if tally.new or tally.changed:
        record(actor, "import_indicators", "indicators", now, new=tally.new, changed=tally.changed)
    return tally


def edit_indicator(actor: Actor, indicator: rules.Indicator, now: datetime) -> None:
    """Write an indicator of a year anew."""
    POLICY.require(actor, Can.EDIT_TABLE, EVERYWHERE)
    queries.get_indicator(indicator.year, indicator.number)
    tally = _write(indicator.year, [indicator])
    if tally.changed:
        record(actor, "edit_indicator", f"indicator:{indicator.year}-{indicator.number}", now)


def begin_year(actor: Actor, now: datetime) -> int:
    """A new year with the indicators of the last one, to be edited; which year it is."""
    POLICY.require(actor, Can.EDIT_TABLE, EVERYWHERE)
    last = max(queries.years(), default=None)
    if last is None:
        raise Missing
    _lock(last)
    if max(queries.years()) != last:
        raise Refused(Refusal.YEAR_EXISTS, year=last + 1)
    _write(last + 1, [replace(one, year=last + 1) for one in queries.indicators_of(last).values()])
    record(actor, "begin_indicator_year", f"indicators:{last + 1}", now)
    return last + 1


def _write(year: int, indicators: Sequence[rules.Indicator]) -> Tally:
    _lock(year)
    known = {row.number: row for row in session.scalars(select(Indicator).where(Indicator.year == year))}
    tally = bring_up_to_date(Indicator, known, {one.number: _columns(one) for one in indicators})
    ids = {row.number: row.id for row in session.scalars(select(Indicator).where(Indicator.year == year))}
    bases = session.scalars(select(IndicatorBasis).where(IndicatorBasis.indicator_id.in_(ids.values())))
    wanted = {
        (ids[one.number], basis.code): _levels(ids[one.number], basis) for one in indicators for basis in one.bases
    }
    of_bases = bring_up_to_date(IndicatorBasis, {(row.indicator_id, row.code): row for row in bases}, wanted)
    is_changed = tally.new or tally.changed or of_bases.new or of_bases.changed
    if is_changed and queries.is_used(year):
        raise Refused(Refusal.YEAR_IN_USE, year=year)
    return tally if tally.new else Tally(changed=max(tally.changed, of_bases.changed + of_bases.new), same=tally.same)


def _lock(year: int) -> None:
    """Lock what new evidence refers to: nobody claims a level while it is written anew."""
    of_year = select(Indicator.id).where(Indicator.year == year)
    rows = select(IndicatorBasis.code).where(IndicatorBasis.indicator_id.in_(of_year))
    session.execute(rows.order_by(IndicatorBasis.indicator_id, IndicatorBasis.code).with_for_update()).all()


def _columns(one: rules.Indicator) -> dict[str, object]:
    return {
        "year": one.year,
        "number": one.number,
        "name": one.name,
        "weight": one.weight,
        "is_required": one.is_required,
        "needs_document": one.needs_document,
        "file_kind": one.file_kind,
    }


def _levels(indicator_id: int, basis: rules.Basis) -> dict[str, object]:
    texts = {f"level_{level}": basis.asks(level) for level in rules.LEVELS}
    return {"indicator_id": indicator_id, "code": basis.code, "name": basis.name, **texts}
