"""Cycles on a real database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.cycles import queries
from app.cycles.actions import open_cycle, set_ceilings, set_phase
from app.cycles.rules import PhaseFacts, PhaseKind, Refusal
from app.db.transaction import transaction
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Refused
from app.kernel.windows import Window
from tests.builders import BELTIM, BELU, LAMAKNEN, NOW, RAIHAT, make_cycle, make_regions, make_staff

AtOnce = Callable[[Callable[[int], Any], int], list[Any]]
WEEK = Window(NOW, NOW + timedelta(days=7))


@pytest.fixture
def planner(session: Session) -> Actor:
    make_regions()
    return make_staff(Role.PLANNER, BELU)


def refusal(act: Callable[..., Any], *args: Any) -> Any:
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.reason


def test_a_year_is_opened_once_a_regency(planner: Actor) -> None:
    open_cycle(planner, BELU, 2028, [PhaseFacts(PhaseKind.VOTING, WEEK)], NOW)
    make_cycle(BELTIM, plan_year=2028)
    assert refusal(open_cycle, planner, BELU, 2028, [], NOW) is Refusal.YEAR_TAKEN
    assert [cycle.plan_year for cycle in queries.cycles_of(BELU)] == [2028]


def test_a_phase_is_dated_and_dated_anew(planner: Actor) -> None:
    cycle = open_cycle(planner, BELU, 2028, [], NOW)
    later = Window(WEEK.opens, WEEK.closes + timedelta(days=7))
    for window in (WEEK, later):
        set_phase(planner, cycle, PhaseFacts(PhaseKind.VOTING, window), NOW)
    assert queries.cycles_of(BELU)[0].phases == (PhaseFacts(PhaseKind.VOTING, later),)
    backwards = PhaseFacts(PhaseKind.REVIEW, Window(WEEK.closes, WEEK.opens))
    assert refusal(set_phase, planner, cycle, backwards, NOW) is Refusal.ENDS_BEFORE_START


def test_ceilings_are_set_and_those_not_named_stay(planner: Actor) -> None:
    cycle = open_cycle(planner, BELU, 2028, [], NOW)
    set_ceilings(planner, cycle, {LAMAKNEN: 900_000_000, RAIHAT: 0}, NOW)
    set_ceilings(planner, cycle, {RAIHAT: 650_000_000}, NOW)
    assert queries.ceilings_of(cycle.id) == {LAMAKNEN: 900_000_000, RAIHAT: 650_000_000}
    assert refusal(set_ceilings, planner, cycle, {LAMAKNEN: -1}, NOW) is Refusal.CEILING_BELOW_ZERO


def test_only_a_planner_of_the_regency_runs_its_cycle(planner: Actor) -> None:
    cycle = open_cycle(planner, BELU, 2028, [], NOW)
    for other in (Actor(), make_staff(Role.PLANNER, BELTIM), make_staff(Role.ADMINISTRATOR, BELU)):
        for act in (
            lambda it=other: open_cycle(it, BELU, 2029, [], NOW),
            lambda it=other: set_phase(it, cycle, PhaseFacts(PhaseKind.VOTING, WEEK), NOW),
            lambda it=other: set_ceilings(it, cycle, {LAMAKNEN: 1}, NOW),
        ):
            with pytest.raises(Denied):
                act()


def test_planners_at_the_same_cycle_wait_for_each_other(live_app: Flask, at_once: AtOnce) -> None:
    with live_app.app_context(), transaction():
        make_regions()
        planner, cycle = make_staff(Role.PLANNER, BELU), make_cycle(kinds=())

    def plan(number: int) -> None:
        kinds = list(PhaseKind)[:: 1 if number % 2 else -1]
        with transaction():
            for kind in kinds:
                set_phase(planner, cycle, PhaseFacts(kind, Window(NOW, NOW + timedelta(days=number + 1))), NOW)
            set_ceilings(planner, cycle, {BELU: number, LAMAKNEN: number}, NOW)

    assert at_once(plan, 4) == [None] * 4
    with live_app.app_context():
        assert {phase.window.closes for phase in queries.cycles_of(BELU)[0].phases} <= {
            NOW + timedelta(days=number + 1) for number in range(4)
        }
        assert len(set(queries.ceilings_of(cycle.id).values())) == 1


def test_a_year_that_two_planners_open_at_once_is_opened_once(live_app: Flask, at_once: AtOnce) -> None:
    with live_app.app_context(), transaction():
        make_regions()
        planner = make_staff(Role.PLANNER, BELU)

    def begin(_number: int) -> str:
        try:
            with transaction():
                open_cycle(planner, BELU, 2031, (), NOW)
        except Refused as refused:
            return str(refused.reason)
        return "opened"

    assert sorted(at_once(begin, 6)) == ["opened", *[str(Refusal.YEAR_TAKEN)] * 5]
