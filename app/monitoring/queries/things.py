"""Things that are monitored, with their agencies; and what they are measured by."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, exists, extract, func, select

from app.backing.models import Commitment
from app.backing.rules.resources import FIRM, Resource
from app.db.session import session
from app.innovations.models import Innovation
from app.kernel.outcomes import Missing
from app.monitoring.rules.achievement import Course
from app.monitoring.rules.things import MEASURED, Thing, ThingKind
from app.plans.models import Agency
from app.rad.models import RadAction, RadFund, RadIndicator
from app.rad.queries import Indicator, indicators_under
from app.rad.rules.actions import ActionStatus


def column_of(model: Any, kind: ThingKind) -> Any:
    """The column of the table that points at things of the kind."""
    return model.action_id if kind is ThingKind.ACTION else model.innovation_id


def get_thing(regency_code: str, kind: ThingKind, key: str) -> Thing:
    model = RadAction if kind is ThingKind.ACTION else Innovation
    return _one(kind, _select(kind).where(model.regency_code == regency_code, _key(kind) == key))


def get_thing_by_id(kind: ThingKind, thing_id: int) -> Thing:
    return _one(kind, _select(kind).where(_model(kind).id == thing_id))


def lock_thing(thing: Thing) -> Thing:
    """The thing locked, so that of two who report on it at once the second sees the first."""
    session.execute(select(_model(thing.kind).id).where(_model(thing.kind).id == thing.id).with_for_update())
    return get_thing_by_id(thing.kind, thing.id)


def measured_after(regency_code: str, kind: ThingKind, after_id: int, size: int) -> list[Thing]:
    """The next things of the regency that are or were to be measured, by id."""
    model = _model(kind)
    asked = _select(kind).where(model.regency_code == regency_code, model.id > after_id)
    has_indicator = exists().where(column_of(RadIndicator, kind) == model.id)
    is_wanted = RadAction.status != ActionStatus.DRAFT if kind is ThingKind.ACTION else has_indicator
    return [_thing(kind, row) for row in session.execute(asked.where(is_wanted).order_by(model.id).limit(size))]


def _model(kind: ThingKind) -> Any:
    return RadAction if kind is ThingKind.ACTION else Innovation


def _key(kind: ThingKind) -> Any:
    return RadAction.code if kind is ThingKind.ACTION else Innovation.number


def _select(kind: ThingKind) -> Select[Any]:
    model: Any = _model(kind)
    name = RadAction.title if kind is ThingKind.ACTION else Innovation.name
    state = (
        (RadAction.status, RadAction.status_since)
        if kind is ThingKind.ACTION
        else (
            Innovation.stage,
            Innovation.stage_since,
        )
    )
    return select(
        model.id,
        model.regency_code,
        _key(kind),
        name,
        model.pillar_id,
        model.agency_id,
        Agency.name,
        Agency.ended_on,
        *state,
    ).outerjoin(Agency, Agency.id == model.agency_id)


def _one(kind: ThingKind, asked: Select[Any]) -> Thing:
    row = session.execute(asked).first()
    if row is None:
        raise Missing
    return _thing(kind, row)


def _thing(kind: ThingKind, row: Any) -> Thing:
    key, code, called, name, pillar_id, agency_id, agency, ended_on, state, since = row
    is_open = state is ActionStatus.ADOPTED if kind is ThingKind.ACTION else state in MEASURED
    return Thing(kind, key, code, called, name, pillar_id, agency_id, agency, ended_on, is_open, since)


def indicators_of(kind: ThingKind, ids: Collection[int]) -> Mapping[int, list[Indicator]]:
    return indicators_under(column_of(RadIndicator, kind), ids)


def course_of(one: Indicator) -> Course:
    return Course(one.row.direction, one.row.baseline, one.row.baseline_year, dict(one.targets))


def funds_of(kind: ThingKind, ids: Collection[int], years: Collection[int]) -> dict[tuple[int, int], int]:
    """The money of each thing and year, in rupiah: the plan's ceilings, or the commitments that can be counted on."""
    asked = _planned(ids) if kind is ThingKind.ACTION else _committed(ids)
    rows: Sequence[Any] = session.execute(asked).all()
    return {(thing_id, int(year)): int(amount) for thing_id, year, amount in rows if int(year) in years}


def _planned(ids: Collection[int]) -> Any:
    asked = select(RadFund.action_id, RadFund.year, func.sum(RadFund.amount)).where(RadFund.action_id.in_(ids))
    return asked.group_by(RadFund.action_id, RadFund.year).order_by(RadFund.action_id, RadFund.year)


def _committed(ids: Collection[int]) -> Any:
    year = extract("year", Commitment.since)
    money = (Commitment.kind == Resource.BUDGET) & Commitment.state.in_(FIRM) & Commitment.innovation_id.in_(ids)
    asked = select(Commitment.innovation_id, year, func.sum(Commitment.amount)).where(money)
    return asked.group_by(Commitment.innovation_id, year).order_by(Commitment.innovation_id, year)
