"""Keeping the plan, on the database."""

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from app.backing.rules.resources import Fund
from app.db.transaction import transaction
from app.kernel.actor import Role
from app.kernel.outcomes import Denied, Refused
from app.kernel.transitions import Transition
from app.rad import actions, queries
from app.rad.models import RadAction, RadTarget
from app.rad.rules.actions import ActionStatus, Lack, Measure, Refusal
from tests import builders as b
from tests.rad.matrices import (
    YEARS,
    complete,
    make_action,
    make_adopted,
    make_indicator,
    make_text,
    planner,
)


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


def refused(reason: Refusal) -> object:
    return pytest.raises(Refused, check=lambda error: error.reason is reason)


def test_an_action_is_kept_with_its_agencies_and_legal_basis() -> None:
    other = b.make_agency("Dinas Sosial")
    action = make_action(supporters={other.id})
    row = queries.get_row(b.BELU, "1.1")
    assert row.supporters == ["Dinas Sosial"]
    assert (row.pillar, row.agency) == (1, "Dinas Kesehatan")
    assert action.legal_number == "12/2025"
    assert action.status is ActionStatus.DRAFT


def test_nobody_else_keeps_the_plan() -> None:
    action = make_action()
    others = [b.make_staff(role, b.BELU) for role in (Role.MODERATOR, Role.OFFICER, Role.AUDITOR, Role.FACILITATOR)]
    for actor in (*others, planner(b.BELTIM)):
        with pytest.raises(Denied):
            actions.set_funds(actor, action, {}, b.NOW)
        with pytest.raises(Denied):
            actions.set_indicator(actor, action, make_indicator(), b.NOW)
        with pytest.raises(Denied):
            actions.adopt(actor, action, b.NOW)


def test_a_code_stands_once_in_a_regency() -> None:
    actor = planner()
    action = make_action(actor)
    text = make_text()
    with refused(Refusal.CODE_TAKEN):
        actions.add_action(actor, b.BELU, text, b.NOW)
    actions.change_action(actor, action, text, b.NOW)


def test_figures_come_back_as_they_were_typed() -> None:
    actor = planner()
    action = make_action(actor)
    targets = {2025: Decimal("12.5"), 2026: Decimal("1234567.0001"), 2027: Decimal(0), 2029: Decimal("99.9")}
    row = actions.set_indicator(actor, action, make_indicator(baseline=Decimal("-3.25"), targets=targets), b.NOW)
    kept = queries.get_indicator(action.id, row.id)
    assert kept.targets == targets
    assert kept.row.baseline == Decimal("-3.25")
    with pytest.raises(StatementError, match="four places"):
        actions.set_indicator(actor, action, make_indicator(baseline=Decimal("0.00001"), name="Terlalu halus"), b.NOW)


def test_an_indicator_is_said_otherwise_with_other_targets(session: Session) -> None:
    actor = planner()
    action = make_action(actor)
    row = actions.set_indicator(actor, action, make_indicator(), b.NOW)
    actions.set_indicator(actor, action, make_indicator(targets={2029: Decimal(40)}), b.NOW, row)
    assert session.scalars(select(RadTarget.year).where(RadTarget.indicator_id == row.id)).all() == [2029]
    with refused(Refusal.NAME_TAKEN):
        actions.set_indicator(actor, action, make_indicator(), b.NOW)


def test_funds_are_written_anew_and_none_stands_for_nothing() -> None:
    actor = planner()
    action = make_action(actor)
    actions.set_funds(actor, action, {(2025, Fund.REGENCY): 10, (2026, Fund.VILLAGE): 20}, b.NOW)
    actions.set_funds(actor, action, {(2025, Fund.REGENCY): 30, (2026, Fund.VILLAGE): 0}, b.NOW)
    assert queries.get_row(b.BELU, "1.1").funds == {(2025, Fund.REGENCY): 30}
    with refused(Refusal.YEAR_OUTSIDE):
        actions.set_funds(actor, action, {(2031, Fund.REGENCY): 10}, b.NOW)


def test_an_incomplete_action_is_not_adopted_and_what_is_missing_is_named() -> None:
    actor = planner()
    action = complete(actor, make_action(actor, legal=None), years=[2025])
    with pytest.raises(Refused) as error:
        actions.adopt(actor, action, b.NOW)
    assert error.value.facts["lacks"] == (Lack.FUNDS, Lack.LEGAL)


def test_what_is_adopted_is_changed_only_after_it_was_opened_again_with_a_reason() -> None:
    actor = planner()
    action = make_adopted()
    assert action.status is ActionStatus.ADOPTED
    with refused(Refusal.NOT_DRAFT):
        actions.set_funds(actor, action, {}, b.NOW)
    with refused(Refusal.NOT_DRAFT):
        actions.set_indicator(actor, action, make_indicator(name="Yang lain"), b.NOW)
    with refused(Refusal.REASON_MISSING):
        actions.reopen(actor, action, "  karena ", b.NOW)
    actions.reopen(actor, action, "Pagu berubah setelah pembahasan.", b.NOW)
    actions.set_funds(actor, action, {(year, Fund.NATION): 5 for year in YEARS}, b.NOW)
    actions.adopt(actor, action, b.NOW)


def test_an_ended_action_stays_with_its_reason_and_does_not_come_back() -> None:
    actor, action = planner(), make_adopted()
    actions.end(actor, action, "Diganti aksi 1.2 yang lebih luas.", b.NOW)
    assert queries.get_row(b.BELU, "1.1").action.end_reason.startswith("Diganti")
    with pytest.raises(Refused):
        actions.adopt(actor, action, b.NOW)


def test_innovations_hang_under_an_action_once_and_proposals_are_found_both_ways() -> None:
    actor, action = planner(), make_adopted()
    innovation = b.make_innovation(actor)
    for _time in range(2):
        actions.hang(actor, action, innovation, b.NOW)
    (linked,) = queries.get_row(b.BELU, "1.1").innovations
    assert linked.number == innovation.number
    (named,) = queries.actions_of_proposal(innovation.origin_proposal_id or 0)
    assert named.code == "1.1"
    assert queries.targeted({innovation.id}) == {innovation.id}
    actions.take_off(actor, action, innovation, b.NOW)
    assert queries.actions_of_innovation(innovation.id) == []
    assert queries.targeted({innovation.id}) == set()


def test_an_innovation_of_another_regency_does_not_hang_here() -> None:
    innovation = b.make_innovation(planner())
    b.make_misi(b.BELTIM)
    action = make_adopted(b.BELTIM)
    with refused(Refusal.INNOVATION_ELSEWHERE):
        actions.hang(planner(b.BELTIM), action, innovation, b.NOW)


def test_a_draft_gives_an_innovation_no_targets() -> None:
    innovation = b.make_innovation(planner())
    actor = planner()
    action = complete(actor, make_action(actor), [Measure.OUTPUT])
    actions.hang(actor, action, innovation, b.NOW)
    assert queries.targeted({innovation.id}) == set()


def test_of_several_who_adopt_at_once_one_does(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        actor = planner()
        action_id = complete(actor, make_action(actor)).id

    def adopt(_number: int) -> object:
        return actions.adopt(actor, queries.get_locked(action_id), b.NOW)

    outcomes = b.race(live_app, 5, adopt)
    assert [outcome for outcome in outcomes if outcome is not None] == [Transition.NOT_NOW] * 4
    with live_app.app_context():
        assert queries.find_action(b.BELU, "1.1") is not None
        assert isinstance(queries.get_row(b.BELU, "1.1").action, RadAction)
