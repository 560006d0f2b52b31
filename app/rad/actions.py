"""Keeping the plan: actions, what they are measured by, who pays, what hangs under them, and adopting them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert

from app.audit.actions import record
from app.backing.rules.resources import Fund
from app.db.session import session
from app.innovations.models import Innovation
from app.innovations.rules.provisions import day_in
from app.kernel.actor import Actor
from app.kernel.listeners import announce
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.plans.queries import agencies_of, misi_rows, pillars_of
from app.rad import queries
from app.rad.models import RadAction, RadFund, RadIndicator, RadInnovation, RadSupporter, RadTarget
from app.rad.permissions import POLICY, Can
from app.rad.rules.actions import (
    LIFECYCLE,
    MOST_INDICATORS,
    REASON_LENGTH,
    ActionEvent,
    ActionStatus,
    ActionText,
    IndicatorText,
    Known,
    Refusal,
    lacking,
    refuse_action,
    refuse_indicator,
)
from app.regions.queries import find_regency


def add_action(actor: Actor, regency_code: str, text: ActionText, now: datetime) -> RadAction:
    """Put a new line into the matrix, as a draft."""
    POLICY.require(actor, Can.KEEP_PLAN, Within(regency_code))
    action = RadAction(regency_code=regency_code, status=ActionStatus.DRAFT, status_since=now, made_at=now)
    _write(actor, action, text, now)
    record(actor, "add_rad_action", f"rad_action:{action.id}", now, code=action.code)
    return action


def change_action(actor: Actor, action: RadAction, text: ActionText, now: datetime) -> RadAction:
    """Say it otherwise; an adopted one has to be reopened first."""
    action = _take(actor, action)
    _write(actor, action, text, now)
    record(actor, "change_rad_action", f"rad_action:{action.id}", now, code=action.code)
    return action


def _take(actor: Actor, action: RadAction) -> RadAction:
    """Lock a draft for its planner."""
    locked = queries.get_locked(action.id)
    POLICY.require(actor, Can.KEEP_PLAN, Within(locked.regency_code))
    if locked.status is not ActionStatus.DRAFT:
        raise Refused(Refusal.NOT_DRAFT)
    return locked


def _write(actor: Actor, action: RadAction, text: ActionText, now: datetime) -> None:
    known = queries.find_action(action.regency_code, text.code)
    if known is not None and known.id != action.id:
        raise Refused(Refusal.CODE_TAKEN, taken=text.code)
    if refusal := refuse_action(text, _known(action.regency_code), _today(action.regency_code, now)):
        raise Refused(refusal)
    action.code, action.title, action.program, action.place = text.code, text.title, text.program, text.place
    action.pillar_id, action.misi_id, action.agency_id = text.pillar_id, text.misi_id, text.agency_id
    action.risk, action.risk_answer, action.changed_at = text.risk, text.risk_answer, now
    _write_legal(action, text)
    session.add(action)
    session.flush()
    session.execute(delete(RadSupporter).where(RadSupporter.action_id == action.id))
    session.add_all(RadSupporter(action_id=action.id, agency_id=agency_id) for agency_id in sorted(text.supporters))
    session.flush()


def _write_legal(action: RadAction, text: ActionText) -> None:
    legal = text.legal
    action.legal_form, action.legal_status = (legal.form, legal.status) if legal else (None, None)
    action.legal_title, action.legal_number = (legal.title, legal.number) if legal else ("", "")
    action.legal_dated = legal.dated if legal else None


def _known(regency_code: str) -> Known:
    return Known(
        {pillar.id for pillar in pillars_of(regency_code)},
        {misi.id for misi in misi_rows(regency_code)},
        {agency.id: agency.ended_on is None for agency in agencies_of(regency_code)},
    )


def _today(regency_code: str, now: datetime) -> Any:
    regency = find_regency(regency_code)
    assert regency is not None  # a foreign key
    return day_in(regency.time_zone, now)


def set_indicator(
    actor: Actor, action: RadAction, text: IndicatorText, now: datetime, indicator: RadIndicator | None = None
) -> RadIndicator:
    """Add an indicator with its targets, or say one otherwise."""
    action = _take(actor, action)
    row = indicator or RadIndicator(action_id=action.id)
    keep_indicator(row, text, queries.indicators_of(action.id), action.regency_code)
    action.changed_at = now
    session.flush()
    record(actor, "set_rad_indicator", f"rad_action:{action.id}", now, indicator=row.id)
    return row


def keep_indicator(row: RadIndicator, text: IndicatorText, known: Sequence[RadIndicator], regency_code: str) -> None:
    """Write an indicator with its targets, beside those `known` of its action or innovation; that is locked."""
    if refusal := refuse_indicator(text, queries.plan_of(regency_code).years):
        raise Refused(refusal)
    others = [one for one in known if one is not row]
    if any(one.name.casefold() == text.name.casefold() for one in others):
        raise Refused(Refusal.NAME_TAKEN)
    if len(others) >= MOST_INDICATORS:
        raise Refused(Refusal.TOO_MANY, most=MOST_INDICATORS)
    row.measure, row.name, row.unit, row.direction = text.measure, text.name, text.unit, text.direction
    row.baseline, row.baseline_year, row.source = text.baseline, text.baseline_year, text.source
    session.add(row)
    session.flush()
    session.execute(delete(RadTarget).where(RadTarget.indicator_id == row.id))
    session.add_all(RadTarget(indicator_id=row.id, year=year, value=value) for year, value in text.targets.items())
    session.flush()


def set_funds(actor: Actor, action: RadAction, funds: Mapping[tuple[int, Fund], int], now: datetime) -> None:
    """Who pays what in which year, all of it anew; nothing is paid where nothing is said."""
    action = _take(actor, action)
    if not {year for year, _source in funds} <= set(queries.plan_of(action.regency_code).years):
        raise Refused(Refusal.YEAR_OUTSIDE)
    session.execute(delete(RadFund).where(RadFund.action_id == action.id))
    session.add_all(
        RadFund(action_id=action.id, year=year, source=source, amount=amount)
        for (year, source), amount in sorted(funds.items())
        if amount
    )
    action.changed_at = now
    session.flush()
    record(actor, "set_rad_funds", f"rad_action:{action.id}", now, total=sum(funds.values()))


def hang(actor: Actor, action: RadAction, innovation: Innovation, now: datetime) -> None:
    """Let an innovation hang under an action, whether or not it is adopted; twice is once."""
    action = queries.get_locked(action.id)
    POLICY.require(actor, Can.KEEP_PLAN, Within(action.regency_code))
    if innovation.regency_code != action.regency_code:
        raise Refused(Refusal.INNOVATION_ELSEWHERE)
    if session.get(RadInnovation, (action.id, innovation.id)):
        return
    session.execute(
        insert(RadInnovation).values(
            action_id=action.id, innovation_id=innovation.id, added_by_id=actor.person_id, at=now
        )
    )
    record(actor, "hang_under_rad_action", f"rad_action:{action.id}", now, innovation=innovation.number)


def take_off(actor: Actor, action: RadAction, innovation: Innovation, now: datetime) -> None:
    action = queries.get_locked(action.id)
    POLICY.require(actor, Can.KEEP_PLAN, Within(action.regency_code))
    gone = delete(RadInnovation).where(
        RadInnovation.action_id == action.id, RadInnovation.innovation_id == innovation.id
    )
    session.execute(gone)
    record(actor, "take_off_rad_action", f"rad_action:{action.id}", now, innovation=innovation.number)


def adopt(actor: Actor, action: RadAction, now: datetime) -> None:
    """Decide on a complete action: from now on its targets are what quarterly reports are measured by."""
    action = _lead(actor, action, ActionEvent.ADOPT, now)
    row = queries.get_row(action.regency_code, action.code)
    if lacks := lacking(row.said, queries.plan_of(action.regency_code).years):
        raise Refused(Refusal.INCOMPLETE, lacks=lacks)
    record(actor, "adopt_rad_action", f"rad_action:{action.id}", now, code=action.code)


def reopen(actor: Actor, action: RadAction, reason: str, now: datetime) -> None:
    """Make a draft of an adopted action, to change it; everybody can read why."""
    _require_reason(reason)
    action = _lead(actor, action, ActionEvent.REOPEN, now)
    record(actor, "reopen_rad_action", f"rad_action:{action.id}", now, reason=reason)


def end(actor: Actor, action: RadAction, reason: str, now: datetime) -> None:
    """Give an action up; it stays readable with the reason."""
    _require_reason(reason)
    action = _lead(actor, action, ActionEvent.END, now, reason.strip())
    record(actor, "end_rad_action", f"rad_action:{action.id}", now, reason=reason)


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < REASON_LENGTH[0]:
        raise Refused(Refusal.REASON_MISSING)


def _lead(actor: Actor, action: RadAction, event: ActionEvent, now: datetime, end_reason: str = "") -> RadAction:
    action = queries.get_locked(action.id)
    POLICY.require(actor, Can.KEEP_PLAN, Within(action.regency_code))
    action.status, action.status_since = LIFECYCLE.after(action.status, event), now
    action.end_reason = end_reason
    session.flush()
    announce("rad action moved", action)
    return action
