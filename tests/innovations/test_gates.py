"""Gates on a real database: who opens them, on what they stand, what may go, and two at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.backing import actions as backing
from app.backing.rules.acts import ActState, ActText
from app.backing.rules.resources import CommitmentState
from app.db.transaction import transaction
from app.innovations import actions, queries
from app.innovations.models import Innovation, Provision
from app.innovations.rules.gates import Asked, LegalForm
from app.innovations.rules.provisions import Content, Kind
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.stages import PATH, Stage, StageEvent
from app.kernel.actor import ANYONE, CONSOLE, Actor, AgencyFacts, Role
from app.kernel.outcomes import Denied, Refused
from app.kernel.transitions import Transition
from app.rad import actions as rad
from tests import builders as b
from tests.rad.matrices import make_adopted

LATER = b.NOW + timedelta(days=3)
REASON = "Dananya habis dan belum ada gantinya."
LESSON = "Sepakati biaya perawatan sebelum mulai."


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def colleague(planner: Actor) -> Actor:
    """Brings what the planner judges."""
    return b.make_staff(Role.PLANNER, b.BELU)


def refused(act: Callable[[], object]) -> object:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.reason


def led(planner: Actor) -> Innovation:
    innovation = b.make_innovation(planner)
    return actions.set_lead(planner, innovation, b.make_agency().id, b.make_pillar().id, b.NOW)


def test_an_innovation_walks_the_whole_way_stage_by_stage(planner: Actor, colleague: Actor) -> None:
    innovation = led(planner)
    b.back_fully(colleague, innovation)
    rad.hang(colleague, make_adopted(), innovation, b.NOW)
    for target in PATH[1:]:
        actions.pass_gate(planner, innovation, target, b.REASON, LATER)
        assert (innovation.stage, innovation.stage_since) == (target, LATER)
    assert [entry.stage for entry in b.history_of(innovation.id)] == list(PATH)
    assert queries.passed_by(innovation.id) == PATH[1:]


def test_a_gate_stays_closed_until_all_it_asks_for_is_there(planner: Actor, colleague: Actor) -> None:
    innovation = b.make_innovation(planner)
    actions.pass_gate(planner, innovation, Stage.CURATION, b.REASON, b.NOW)
    pass_it = lambda: actions.pass_gate(planner, innovation, Stage.PROPOSAL, b.REASON, b.NOW)  # noqa: E731
    assert refused(pass_it) is Refusal.GATE_INCOMPLETE
    actions.add_provision(colleague, innovation, Kind.INITIATIVE, b.DOCUMENTS[Kind.INITIATIVE], b.NOW)
    assert pass_it().stage is Stage.PROPOSAL


def test_a_stage_cannot_be_skipped_nor_passed_twice_by_a_double_click(planner: Actor, colleague: Actor) -> None:
    innovation = led(planner)
    b.back_fully(colleague, innovation)
    skip = lambda stage: refused(lambda: actions.pass_gate(planner, innovation, stage, b.REASON, b.NOW))  # noqa: E731
    assert skip(Stage.TRIAL) is Refusal.STAGE_SKIPPED
    actions.pass_gate(planner, innovation, Stage.CURATION, b.REASON, b.NOW)
    assert skip(Stage.CURATION) is Refusal.STAGE_SKIPPED
    assert innovation.stage is Stage.CURATION


def test_who_had_the_idea_decides_nothing_on_it(planner: Actor) -> None:
    author = b.make_person()
    innovation = b.make_innovation(planner, author=author)
    accounts.grant(CONSOLE, author, Role.PLANNER, b.BELU, b.NOW)
    own = b.actor_of(author)
    deeds: list[Callable[[], object]] = [
        lambda: actions.pass_gate(own, innovation, Stage.CURATION, b.REASON, b.NOW),
        lambda: actions.hold(own, innovation, REASON, date(2027, 1, 1), b.NOW),
        lambda: actions.send_back(own, innovation, REASON, b.NOW),
        lambda: actions.stop(own, innovation, REASON, LESSON, b.NOW),
        lambda: actions.reject(own, innovation, REASON, b.NOW),
    ]
    assert [refused(deed) for deed in deeds] == [Refusal.OWN_GATE] * 5
    assert actions.pass_gate(planner, innovation, Stage.CURATION, b.REASON, b.NOW).stage is Stage.CURATION


def test_who_alone_brought_the_deciding_evidence_does_not_open_the_gate(planner: Actor, colleague: Actor) -> None:
    innovation, initiative = b.make_innovation(planner), b.DOCUMENTS[Kind.INITIATIVE]
    actions.pass_gate(planner, innovation, Stage.CURATION, b.REASON, b.NOW)
    actions.add_provision(planner, innovation, Kind.INITIATIVE, initiative, b.NOW)
    pass_it = lambda: actions.pass_gate(planner, innovation, Stage.PROPOSAL, b.REASON, b.NOW)  # noqa: E731
    assert refused(pass_it) is Refusal.OWN_EVIDENCE
    actions.add_provision(colleague, innovation, Kind.INITIATIVE, replace(initiative, title="Lebih lengkap"), b.NOW)
    assert pass_it().stage is Stage.PROPOSAL


def test_every_decision_needs_a_reason(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    short = refused(lambda: actions.pass_gate(planner, innovation, Stage.CURATION, "ya", b.NOW))
    assert short is Refusal.REASON_MISSING


def test_on_hold_it_stays_where_it_is_until_a_day_and_leaves_the_desk(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    since, day = innovation.stage_since, date(2026, 12, 24)
    for until in (None, b.TODAY):
        act = lambda: actions.hold(planner, innovation, REASON, until, LATER)  # noqa: E731, B023
        assert refused(act) is Refusal.UNTIL_MISSING
    actions.hold(planner, innovation, REASON, day, LATER)
    assert (innovation.stage, innovation.stage_since, innovation.held_until) == (Stage.IDEA, since, day)
    last = b.history_of(innovation.id)[-1]
    assert (last.event, last.until, last.reason) == (StageEvent.HOLD, day, REASON)
    assert queries.ready(b.BELU, b.TODAY) == []
    assert [one.card.number for one in queries.ready(b.BELU, day)] == [innovation.number]
    actions.pass_gate(planner, innovation, Stage.CURATION, b.REASON, LATER)
    assert innovation.held_until is None


def test_back_and_on_again_with_everything_kept(planner: Actor, colleague: Actor) -> None:
    innovation = led(planner)
    b.back_fully(colleague, innovation)
    for target in PATH[1:4]:
        actions.pass_gate(planner, innovation, target, b.REASON, b.NOW)
    assert refused(lambda: actions.send_back(planner, innovation, "x", b.NOW)) is Refusal.REASON_MISSING
    actions.send_back(planner, innovation, REASON, b.NOW)
    assert innovation.stage is Stage.REVISION
    actions.resume(planner, innovation, b.REASON, b.NOW)
    assert queries.passed_by(innovation.id) == ()
    assert actions.pass_gate(planner, innovation, Stage.PROPOSAL, b.REASON, b.NOW).stage is Stage.PROPOSAL
    events = [entry.event for entry in b.history_of(innovation.id)]
    assert events[-3:] == [StageEvent.SEND_BACK, StageEvent.RESUME, StageEvent.PASS]


def test_stopping_keeps_reason_and_lesson_in_public(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    assert refused(lambda: actions.stop(planner, innovation, REASON, "", b.NOW)) is Refusal.LESSON_MISSING
    actions.stop(planner, innovation, REASON, LESSON, b.NOW)
    last = b.history_of(innovation.id)[-1]
    assert (last.stage, last.reason, last.lesson) == (Stage.STOPPED, REASON, LESSON)
    assert refused(lambda: actions.reject(planner, innovation, REASON, b.NOW)) is Transition.NOT_NOW


def test_rejecting_ends_it(planner: Actor) -> None:
    innovation = actions.reject(planner, b.make_innovation(planner), REASON, b.NOW)
    assert innovation.stage is Stage.REJECTED
    assert refused(lambda: actions.resume(planner, innovation, b.REASON, b.NOW)) is Transition.NOT_NOW


def test_only_planners_of_the_regency_move_an_innovation_and_officers_add_to_it(planner: Actor) -> None:
    innovation, agency = b.make_innovation(planner), b.make_agency()
    actions.set_lead(planner, innovation, agency.id, None, b.NOW)
    officer = b.make_staff(Role.OFFICER, b.BELU, agency=AgencyFacts(agency.id, b.BELU, agency.name))
    content = b.DOCUMENTS[Kind.BASELINE]
    assert actions.add_provision(officer, innovation, Kind.BASELINE, content, b.NOW).id
    for actor in (ANYONE, officer, b.make_staff(Role.PLANNER, b.BELTIM)):
        for deed in (
            lambda actor=actor: actions.pass_gate(actor, innovation, Stage.CURATION, b.REASON, b.NOW),
            lambda actor=actor: actions.stop(actor, innovation, REASON, LESSON, b.NOW),
            lambda actor=actor: actions.set_lead(actor, innovation, None, None, b.NOW),
        ):
            with pytest.raises(Denied):
                deed()
    other = b.make_staff(Role.OFFICER, b.BELU)  # of another agency
    for actor in (ANYONE, other, b.make_staff(Role.OFFICER, b.BELTIM), b.make_staff(Role.MODERATOR, b.BELU)):
        with pytest.raises(Denied):
            actions.add_provision(actor, innovation, Kind.BASELINE, content, b.NOW)


# Documents and the lead


def test_a_document_of_tomorrow_is_refused_by_the_calendar_of_the_regency(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    evening = b.NOW.replace(hour=15, minute=59)  # 23.59 in Belu
    paper = Content(dated=date(2026, 11, 22), text="Layak diuji coba.")
    act = actions.add_provision
    assert refused(lambda: act(planner, innovation, Kind.ASSESSMENT, paper, evening)) is Refusal.DATED_IN_FUTURE
    assert act(planner, innovation, Kind.ASSESSMENT, paper, evening + timedelta(minutes=1)).dated == paper.dated


def test_the_same_document_sent_twice_stands_once(planner: Actor) -> None:
    innovation, content = b.make_innovation(planner), b.DOCUMENTS[Kind.BASELINE]
    first = actions.add_provision(planner, innovation, Kind.BASELINE, content, b.NOW)
    assert actions.add_provision(planner, innovation, Kind.BASELINE, content, LATER) is first
    other = replace(content, quantity=7)
    assert actions.add_provision(planner, innovation, Kind.BASELINE, other, LATER) is not first


def test_the_lead_and_the_pillar_are_the_regencys_own(planner: Actor) -> None:
    innovation = led(planner)
    agency, pillar = b.make_agency("Dinas Lain", b.BELTIM), b.make_pillar(7, "Lain", b.BELTIM)
    set_lead = actions.set_lead
    assert refused(lambda: set_lead(planner, innovation, agency.id, None, b.NOW)) is Refusal.UNKNOWN_AGENCY
    assert refused(lambda: set_lead(planner, innovation, None, pillar.id, b.NOW)) is Refusal.UNKNOWN_PILLAR


def test_the_database_itself_takes_no_half_document(planner: Actor, session: Session) -> None:
    innovation = b.make_innovation(planner)
    with session.begin_nested() as attempt:
        session.add(Provision(innovation_id=innovation.id, kind=Kind.ASSESSMENT, dated=b.TODAY, at=b.NOW))
        with pytest.raises(IntegrityError):
            session.flush()
        attempt.rollback()


# What a passed gate stood on


def test_a_document_under_a_passed_gate_goes_only_when_another_takes_its_place(
    planner: Actor, colleague: Actor, session: Session
) -> None:
    innovation = led(planner)
    b.back_fully(colleague, innovation)
    for target in PATH[1:3]:
        actions.pass_gate(planner, innovation, target, b.REASON, b.NOW)
    paper = next(one for one in queries.provisions_of(innovation.id) if one.kind is Kind.INITIATIVE)
    spare = next(one for one in queries.provisions_of(innovation.id) if one.kind is Kind.EVALUATION)

    def withdraw(one: Provision) -> object:
        with session.begin_nested():
            return actions.withdraw_provision(colleague, innovation, one, REASON, LATER)

    assert refused(lambda: withdraw(paper)) is Refusal.UNDER_PASSED_GATE
    session.refresh(paper)
    assert paper.withdrawn_at is None
    withdraw(spare)  # nothing stood on it yet
    again = replace(b.DOCUMENTS[Kind.INITIATIVE], title="Diperbaiki")
    actions.add_provision(colleague, innovation, Kind.INITIATIVE, again, LATER)
    withdraw(paper)
    assert (paper.withdrawal, paper.withdrawn_by_id) == (REASON, colleague.person_id)
    assert [one.text for one in queries.held_by(innovation.id) if one.asked is Asked.INITIATIVE] == ["Diperbaiki"]


def test_the_lead_agency_under_a_passed_gate_is_replaced_but_not_taken_away(planner: Actor, session: Session) -> None:
    innovation = b.make_adopted(planner)

    def set_lead(agency_id: int | None) -> object:
        with session.begin_nested():
            return actions.set_lead(planner, innovation, agency_id, innovation.pillar_id, b.NOW)

    assert refused(lambda: set_lead(None)) is Refusal.UNDER_PASSED_GATE
    set_lead(b.make_agency("Dinas Sosial").id)


def test_a_lower_rung_does_not_carry_a_policy(planner: Actor, colleague: Actor) -> None:
    innovation = led(planner)
    b.back_fully(colleague, innovation)
    low = ActText(b.REGULATION.purpose, LegalForm.ASSIGNMENT, "Surat tugas", "9", b.TODAY)
    backing.add_act(colleague, innovation, low, ActState.IN_FORCE, b.NOW)
    rungs = [one.legal_form for one in queries.held_by(innovation.id) if one.asked is Asked.REGULATION]
    assert rungs == [LegalForm.REGENT_REGULATION, LegalForm.ASSIGNMENT]


def test_a_plan_alone_opens_no_gate(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    backing.add_commitment(planner, innovation, b.BUDGET, CommitmentState.PLANNED, b.TODAY, b.NOW)
    assert queries.held_by(innovation.id) == ()


# Two at once


def test_a_gate_passed_ten_times_at_once_is_passed_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        innovation = b.make_innovation(planner)
    act = lambda _n: actions.pass_gate(planner, innovation, Stage.CURATION, b.REASON, b.NOW).stage  # noqa: E731
    answers = b.race(live_app, 10, act)
    assert sorted(map(str, answers)) == ["curation", *["stage_skipped"] * 9]
    with live_app.app_context():
        assert len(b.history_of(innovation.id)) == 2


def test_of_two_who_decide_differently_at_once_the_second_sees_what_the_first_did(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planners = [b.make_staff(Role.PLANNER, b.BELU) for _ in range(2)]
        innovation = b.make_innovation(planners[0])

    def act(number: int) -> Stage:
        if number:
            return actions.stop(planners[1], innovation, REASON, LESSON, b.NOW).stage
        return actions.pass_gate(planners[0], innovation, Stage.CURATION, b.REASON, b.NOW).stage

    answers = b.race(live_app, 2, act)
    with live_app.app_context():
        events = [entry.event for entry in b.history_of(innovation.id)]
    assert answers[1] is Stage.STOPPED  # before or after the gate
    assert events in (
        [StageEvent.REGISTER, StageEvent.STOP],
        [StageEvent.REGISTER, StageEvent.PASS, StageEvent.STOP],
    )
    assert (answers[0] is Stage.CURATION) == (StageEvent.PASS in events)


def test_a_gate_and_the_paper_under_it_do_not_go_at_the_same_moment(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner, colleague = (b.make_staff(Role.PLANNER, b.BELU) for _ in range(2))
        innovation = b.make_innovation(planner)
        actions.pass_gate(planner, innovation, Stage.CURATION, b.REASON, b.NOW)
        paper = actions.add_provision(colleague, innovation, Kind.INITIATIVE, b.DOCUMENTS[Kind.INITIATIVE], b.NOW)
        paper_id = paper.id

    def act(number: int) -> object:
        if number:
            mine = queries.get_provision(innovation.id, paper_id)
            return actions.withdraw_provision(colleague, innovation, mine, REASON, b.NOW).kind
        return actions.pass_gate(planner, innovation, Stage.PROPOSAL, b.REASON, b.NOW).stage

    answers = b.race(live_app, 2, act)
    assert answers in ([Stage.PROPOSAL, Refusal.UNDER_PASSED_GATE], [Refusal.GATE_INCOMPLETE, Kind.INITIATIVE])
