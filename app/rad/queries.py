"""Actions of a regency's plan, with what hangs on them; always whole and in the order of the matrix."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, literal, select

from app.backing.rules.resources import Fund
from app.db.session import session
from app.innovations.models import Innovation
from app.innovations.queries import At, held_rows, supplies
from app.innovations.rules.gates import Asked
from app.innovations.rules.stages import Stage
from app.kernel.outcomes import Missing
from app.plans.models import Agency, Misi, Pillar
from app.plans.queries import plans_of
from app.plans.rules import PlanKind
from app.proposals.models import Proposal
from app.rad.models import RadAction, RadFund, RadIndicator, RadInnovation, RadSupporter, RadTarget
from app.rad.rules.actions import ActionStatus, Measure, Said

MOST_ACTIONS = 500
# Where a regency has neither a RAD nor an RPJMD on record.
USUAL_YEARS = range(2025, 2030)


@dataclass(frozen=True)
class PlanFacts:
    """The plan that the actions belong to: its title and source, and the years it speaks of."""

    title: str
    source: str
    years: Sequence[int]


@dataclass(frozen=True)
class Indicator:
    """An indicator with its targets by year."""

    row: RadIndicator
    targets: Mapping[int, Decimal]


@dataclass(frozen=True)
class Linked:
    """An innovation under an action, and the proposal it came from."""

    innovation_id: int
    number: str
    name: str
    stage: Stage
    proposal: str | None
    proposal_title: str | None


@dataclass(frozen=True)
class ActionRow:
    """A line of the matrix; funds by (year, source)."""

    action: RadAction
    pillar: int
    pillar_name: str
    misi: int | None
    agency: str
    supporters: Sequence[str]
    indicators: Sequence[Indicator]
    funds: Mapping[tuple[int, Fund], int]
    innovations: Sequence[Linked]

    def measured(self, measure: Measure) -> Sequence[Indicator]:
        return [one for one in self.indicators if one.row.measure is measure]

    def funded(self, year: int) -> int:
        return sum(amount for (of_year, _source), amount in self.funds.items() if of_year == year)

    @property
    def total(self) -> int:
        return sum(self.funds.values())

    @property
    def said(self) -> Said:
        return Said(
            [(one.row.measure, one.targets.keys()) for one in self.indicators],
            {year for year, _source in self.funds},
            has_legal=self.action.legal_form is not None,
            has_risk=bool(self.action.risk),
        )


def plan_of(regency_code: str) -> PlanFacts:
    """The RAD where the regency has one, else its RPJMD; the newest of them."""
    plans = plans_of(regency_code)
    own = [plan for plan in plans if plan.kind is PlanKind.RAD] or list(plans)
    if not own:
        return PlanFacts("", "", USUAL_YEARS)
    plan = max(own, key=lambda one: one.first_year)
    return PlanFacts(plan.title, plan.source, range(plan.first_year, plan.last_year + 1))


def matrix_of(regency_code: str, statuses: Collection[ActionStatus] = tuple(ActionStatus)) -> list[ActionRow]:
    """Every action of the regency, by pillar and code."""
    asked = _actions().where(RadAction.regency_code == regency_code, RadAction.status.in_(statuses))
    return _whole(asked.order_by(Pillar.number, RadAction.code, RadAction.id).limit(MOST_ACTIONS))


def get_row(regency_code: str, code: str) -> ActionRow:
    found = _whole(_actions().where(RadAction.regency_code == regency_code, RadAction.code == code))
    if not found:
        raise Missing
    return found[0]


def get_locked(action_id: int) -> RadAction:
    action = session.get(RadAction, action_id, with_for_update=True, populate_existing=True)
    if action is None:
        raise Missing
    return action


def find_action(regency_code: str, code: str) -> RadAction | None:
    asked = select(RadAction).where(RadAction.regency_code == regency_code, RadAction.code == code)
    return session.scalars(asked).first()


def get_indicator(action_id: int, indicator_id: int) -> Indicator:
    found = _indicators((RadIndicator.id == indicator_id) & (RadIndicator.action_id == action_id))
    if not found:
        raise Missing
    return found[0]


def supporters_of(action_id: int) -> Sequence[int]:
    asked = select(RadSupporter.agency_id).where(RadSupporter.action_id == action_id)
    return session.scalars(asked.order_by(RadSupporter.agency_id)).all()


def indicators_of(action_id: int) -> Sequence[RadIndicator]:
    return session.scalars(
        select(RadIndicator).where(RadIndicator.action_id == action_id).order_by(RadIndicator.id)
    ).all()


@dataclass(frozen=True)
class Named:
    """An action by its name, for the page of something that hangs under it."""

    code: str
    title: str
    status: ActionStatus


def actions_of_innovation(innovation_id: int) -> list[Named]:
    asked = (
        select(RadAction.code, RadAction.title, RadAction.status)
        .join(RadInnovation, RadInnovation.action_id == RadAction.id)
        .where(RadInnovation.innovation_id == innovation_id)
    )
    return [Named(*row) for row in session.execute(asked.order_by(RadAction.code))]


def action_ids_of(innovation_id: int) -> Sequence[int]:
    """The actions under which an innovation hangs, and which are neither drafts nor over."""
    asked = (
        select(RadInnovation.action_id)
        .join(RadAction, RadAction.id == RadInnovation.action_id)
        .where(RadInnovation.innovation_id == innovation_id, RadAction.status == ActionStatus.ADOPTED)
    )
    return session.scalars(asked.order_by(RadInnovation.action_id)).all()


def actions_of_proposal(proposal_id: int) -> list[Named]:
    """The actions under which the innovation hangs that came from the proposal."""
    asked = (
        select(RadAction.code, RadAction.title, RadAction.status)
        .join(RadInnovation, RadInnovation.action_id == RadAction.id)
        .join(Innovation, Innovation.id == RadInnovation.innovation_id)
        .where(Innovation.origin_proposal_id == proposal_id)
    )
    return [Named(*row) for row in session.execute(asked.order_by(RadAction.code))]


def targeted(innovation_ids: Collection[int]) -> set[int]:
    """Those of the innovations that hang under an adopted action: it has a target for every year of the plan."""
    asked = (
        select(RadInnovation.innovation_id)
        .join(RadAction, RadAction.id == RadInnovation.action_id)
        .where(RadInnovation.innovation_id.in_(innovation_ids), RadAction.status == ActionStatus.ADOPTED)
    )
    return set(session.scalars(asked.order_by(RadInnovation.innovation_id)))


def _actions() -> Any:
    return (
        select(RadAction, Pillar.number, Pillar.name, Misi.number, Agency.name)
        .join(Pillar, Pillar.id == RadAction.pillar_id)
        .join(Agency, Agency.id == RadAction.agency_id)
        .outerjoin(Misi, Misi.id == RadAction.misi_id)
    )


def _whole(asked: Any) -> list[ActionRow]:
    rows: Sequence[Any] = session.execute(asked).all()
    ids = [action.id for action, *_more in rows]
    indicators = indicators_under(RadIndicator.action_id, ids)
    supporters, funds, linked = _supporters(ids), _funds(ids), _linked(ids)
    return [
        ActionRow(
            action,
            pillar,
            pillar_name,
            misi,
            agency,
            supporters[action.id],
            indicators[action.id],
            funds[action.id],
            linked[action.id],
        )
        for action, pillar, pillar_name, misi, agency in rows
    ]


def _supporters(ids: Collection[int]) -> Mapping[int, list[str]]:
    asked = select(RadSupporter.action_id, Agency.name).join(Agency, Agency.id == RadSupporter.agency_id)
    found = defaultdict[int, list[str]](list)
    for action_id, name in session.execute(asked.where(RadSupporter.action_id.in_(ids)).order_by(Agency.name)):
        found[action_id].append(name)
    return found


def indicators_under(column: Any, ids: Collection[int]) -> Mapping[int, list[Indicator]]:
    """What is measured of each of these actions, or innovations: `column` says which of the two they are."""
    found = defaultdict[int, list[Indicator]](list)
    for one in _indicators(column.in_(ids)):
        found[getattr(one.row, column.key)].append(one)
    return found


def _indicators(where: Any) -> list[Indicator]:
    """Each with its targets, in one statement."""
    asked = select(RadIndicator, RadTarget.year, RadTarget.value).outerjoin(RadTarget).where(where)
    found: dict[int, tuple[RadIndicator, dict[int, Decimal]]] = {}
    rows: Sequence[Any] = session.execute(asked.order_by(RadIndicator.id, RadTarget.year)).all()
    for row, year, value in rows:
        targets = found.setdefault(row.id, (row, {}))[1]
        if year is not None:
            targets[year] = value
    return [Indicator(*one) for one in found.values()]


def _funds(ids: Collection[int]) -> Mapping[int, dict[tuple[int, Fund], int]]:
    asked = select(RadFund).where(RadFund.action_id.in_(ids)).order_by(RadFund.action_id, RadFund.year, RadFund.source)
    found = defaultdict[int, dict[tuple[int, Fund], int]](dict)
    for fund in session.scalars(asked):
        found[fund.action_id][fund.year, fund.source] = fund.amount
    return found


def _linked(ids: Collection[int]) -> Mapping[int, list[Linked]]:
    asked = (
        select(
            RadInnovation.action_id,
            Innovation.id,
            Innovation.number,
            Innovation.name,
            Innovation.stage,
            Proposal.number,
            Proposal.title,
        )
        .join(Innovation, Innovation.id == RadInnovation.innovation_id)
        .outerjoin(Proposal, Proposal.id == Innovation.origin_proposal_id)
    )
    found = defaultdict[int, list[Linked]](list)
    rows: Sequence[Any] = session.execute(
        asked.where(RadInnovation.action_id.in_(ids)).order_by(Innovation.number)
    ).all()
    for action_id, *facts in rows:
        found[action_id].append(Linked(*facts))
    return found


@supplies({Asked.RAD_ACTION: At("rad.choose")})
def actions_held() -> Select[Any]:
    """The adopted actions under which innovations hang: they have a target for every year of the plan."""
    rows = held_rows(
        RadInnovation.innovation_id,
        Asked.RAD_ACTION,
        RadAction.id,
        text=RadAction.code + literal(" ") + RadAction.title,
        provider_id=RadInnovation.added_by_id,
    )
    joined = rows.select_from(RadInnovation).join(RadAction, RadAction.id == RadInnovation.action_id)
    return joined.where(RadAction.status == ActionStatus.ADOPTED)
