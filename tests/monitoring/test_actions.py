"""Reporting, correcting, verifying, checking, judging and reminding, on the database."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.rules.consents import Mode, Purpose
from app.db.transaction import transaction
from app.discussion.models import Support
from app.innovations import queries as innovations
from app.innovations.models import Innovation
from app.innovations.rules.gates import Asked
from app.innovations.rules.progress import Progress
from app.innovations.rules.stages import Stage
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Refused
from app.messages.models import Message
from app.monitoring import actions, queries
from app.monitoring.actions.reminding import REMINDS_BEFORE
from app.monitoring.models import CitizenCheck, EarlierVersion, Report, Standing
from app.monitoring.rules.alerts import Alert, parse_alerts
from app.monitoring.rules.checks import Answer
from app.monitoring.rules.evaluations import Occasion, Recommendation
from app.monitoring.rules.quarters import Quarter
from app.monitoring.rules.refusals import Refusal
from app.monitoring.rules.reports import ReportEvent, ReportStatus
from app.monitoring.rules.things import Thing, ThingKind
from app.plans.models import Agency
from app.proposals.models import Proposal
from app.rad import actions as rad
from app.rad.models import RadAction
from app.rad.rules.actions import Refusal as RadRefusal
from app.regions.queries import find_regency
from tests import builders as b
from tests.monitoring.things import LAST, make_measured, make_report, make_thing, officer, text_for, thing_of
from tests.rad.matrices import make_indicator, planner


@pytest.fixture
def world(session: Session) -> None:
    b.make_world()


def standing_of(thing: Thing) -> Standing:
    found = queries.find_standing(thing)
    assert found is not None
    return found


def innovation_thing(innovation: Innovation) -> Thing:
    return queries.get_thing_by_id(ThingKind.INNOVATION, innovation.id)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("value", "light"), [(35, Progress.GREEN), ("31.4999", Progress.YELLOW), ("24.4", Progress.RED), (0, Progress.RED)]
)
def test_a_report_lights_its_action_at_once(session: Session, value: object, light: Progress) -> None:
    thing = make_thing()
    assert standing_of(thing).light is Progress.GREY
    assert parse_alerts(standing_of(thing).alerts) == (Alert.LATE,)
    found = make_report(thing, value)
    session.expire_all()
    assert (found.status, found.version, found.light) == (ReportStatus.SENT, 1, light)
    assert standing_of(thing).light is light
    assert session.get_one(RadAction, thing.id).progress is light


@pytest.mark.usefixtures("world")
def test_a_quarter_is_reported_once_and_then_corrected_until_it_is_verified(session: Session) -> None:
    thing, actor = make_thing(), officer()
    make_report(thing, 20, actor=actor)
    with pytest.raises(Refused) as refused:
        make_report(thing, 35, actor=actor)
    assert refused.value.reason is Refusal.REPORTED_ALREADY
    found = actions.report(actor, thing, LAST, text_for(thing, 34), b.NOW, is_correction=True)
    assert found.version == 2
    kept = session.scalars(select(EarlierVersion)).one()
    assert set(json.loads(kept.figures).values()) == {"20"}
    actions.review(planner(), thing, LAST, ReportEvent.ACCEPT, "", b.NOW)
    with pytest.raises(Refused) as refused:
        actions.report(actor, thing, LAST, text_for(thing, 35), b.NOW, is_correction=True)
    assert refused.value.reason is Refusal.VERIFIED_ALREADY


@pytest.mark.usefixtures("world")
def test_what_is_sent_back_is_grey_and_late_until_it_is_corrected() -> None:
    thing, actor, verifier = make_thing(), officer(), planner()
    make_report(thing, actor=actor)
    with pytest.raises(Refused) as refused:
        actions.review(verifier, thing, LAST, ReportEvent.RETURN, "salah", b.NOW)
    assert refused.value.reason is Refusal.REASON_MISSING
    found = actions.review(verifier, thing, LAST, ReportEvent.RETURN, "Angkanya tidak ada buktinya.", b.NOW)
    assert (found.status, standing_of(thing).light) == (ReportStatus.RETURNED, Progress.GREY)
    assert parse_alerts(standing_of(thing).alerts) == (Alert.LATE,)
    found = actions.report(actor, thing, LAST, text_for(thing), b.NOW, is_correction=True)
    assert (found.status, found.comment, standing_of(thing).light) == (ReportStatus.SENT, "", Progress.GREEN)


@pytest.mark.usefixtures("world")
def test_a_planner_reports_for_an_agency_without_officer_and_does_not_verify_it() -> None:
    thing, actor = make_thing(), planner()
    make_report(thing, actor=actor)
    with pytest.raises(Refused) as refused:
        actions.review(actor, thing, LAST, ReportEvent.ACCEPT, "", b.NOW)
    assert refused.value.reason is Refusal.OWN_REPORT
    other = make_thing(code="1.2")
    officer()
    with pytest.raises(Denied):
        make_report(other, actor=actor)


@pytest.mark.usefixtures("world")
def test_others_do_not_report_or_verify() -> None:
    thing = make_thing()
    for actor in (officer("Dinas Sosial"), b.actor_of(b.make_person()), planner(b.BELTIM), Actor()):
        with pytest.raises(Denied):
            make_report(thing, actor=actor)
    make_report(thing)
    for actor in (officer(), planner(b.BELTIM)):
        with pytest.raises(Denied):
            actions.review(actor, thing, LAST, ReportEvent.ACCEPT, "", b.NOW)


@pytest.mark.usefixtures("world")
def test_the_future_a_wrong_figure_and_an_ended_agency_are_refused(session: Session) -> None:
    thing, actor = make_thing(), officer()
    tries = [
        (Quarter(2026, 4), text_for(thing), Refusal.QUARTER_RUNNING),
        (Quarter(2031, 1), text_for(thing), Refusal.OUTSIDE_PLAN),
        (LAST, replace(text_for(thing), figures={}), Refusal.FIGURE_MISSING),
        (LAST, text_for(thing, physical=Decimal(101)), Refusal.NOT_PERCENT),
    ]
    for quarter, text, reason in tries:
        with pytest.raises(Refused) as refused:
            actions.report(actor, thing, quarter, text, b.NOW)
        assert refused.value.reason is reason
    session.get_one(Agency, thing.agency_id).ended_on = date(2026, 1, 1)
    session.flush()
    with pytest.raises(Refused) as refused:
        make_report(thing, actor=actor)
    assert refused.value.reason is Refusal.AGENCY_ENDED


@pytest.mark.usefixtures("world")
def test_red_twice_and_a_gap_are_told() -> None:
    thing, actor = make_thing(), officer()
    make_report(thing, 1, LAST.previous, actor)
    make_report(thing, 1, LAST, actor, spent=5_000_000)
    assert parse_alerts(standing_of(thing).alerts) == (Alert.RED_TWICE, Alert.GAP)


@pytest.mark.usefixtures("world")
def test_nothing_is_late_before_the_deadline_and_the_light_before_stays() -> None:
    thing, actor = make_thing(), officer()
    make_report(thing, 30, LAST.previous, actor)
    assert standing_of(thing).light is Progress.GREY
    deadline = LAST.deadline("Asia/Makassar")
    for at, light, alerts in (
        (deadline - timedelta(seconds=1), Progress.GREEN, ()),
        (deadline, Progress.GREY, (Alert.LATE,)),
    ):
        actions.judge(thing.kind, [thing], at)
        assert (standing_of(thing).light, parse_alerts(standing_of(thing).alerts)) == (light, alerts)


@pytest.mark.usefixtures("world")
def test_judging_again_changes_nothing_and_changed_targets_change_the_light(session: Session) -> None:
    thing = make_thing()
    make_report(thing, 35)
    assert actions.judge(thing.kind, [thing], b.NOW) == 0
    keeper, action = planner(), session.get_one(RadAction, thing.id)
    rad.reopen(keeper, action, "Target disesuaikan dengan data baru.", b.NOW)
    assert not standing_of(thing).is_open
    for one in queries.indicators_of(thing.kind, [thing.id])[thing.id]:
        text = make_indicator(one.row.measure, targets={year: Decimal(100) for year in range(2025, 2030)})
        rad.set_indicator(keeper, action, text, b.NOW, one.row)
    rad.adopt(keeper, action, b.NOW)
    assert standing_of(thing).light is Progress.RED


@pytest.mark.usefixtures("world")
def test_an_indicator_of_an_innovation_is_its_baseline_and_stays_once_it_is_reported(session: Session) -> None:
    innovation = make_measured()
    thing = innovation_thing(innovation)
    assert Asked.BASELINE in {one.asked for one in innovations.held_of_all([innovation.id])[innovation.id]}
    actor, one = officer(), queries.indicators_of(thing.kind, [thing.id])[thing.id][0]
    with pytest.raises(Refused) as refused:
        actions.set_indicator(actor, innovation, make_indicator(), b.NOW)
    assert refused.value.reason is RadRefusal.NAME_TAKEN
    actions.set_indicator(actor, innovation, make_indicator(unit="keluarga"), b.NOW, one.row)
    make_report(thing, 35, actor=actor)
    session.expire_all()
    assert innovation.progress is Progress.GREEN
    with pytest.raises(Refused) as refused:
        actions.set_indicator(actor, innovation, make_indicator(), b.NOW, one.row)
    assert refused.value.reason is Refusal.INDICATOR_IN_USE
    with pytest.raises(Denied):
        actions.set_indicator(officer("Dinas Sosial"), innovation, make_indicator(name="Yang lain"), b.NOW)


@pytest.mark.usefixtures("world")
def test_an_evaluation_is_put_down_once_and_meets_the_gate() -> None:
    innovation, actor = make_measured(), officer()
    text = actions.EvaluationText(
        Occasion.TRIAL_END,
        date(2026, 11, 1),
        "Apakah uji coba berhasil?",
        "Wawancara dengan 30 keluarga.",
        "Air mengalir setiap hari.",
        Recommendation.REPLICATE,
    )
    first = actions.add_evaluation(actor, innovation, text, "a" * 36, b.NOW)
    assert actions.add_evaluation(actor, innovation, text, "a" * 36, b.NOW) is first
    assert Asked.EVALUATION in {one.asked for one in innovations.held_of_all([innovation.id])[innovation.id]}
    with pytest.raises(Refused) as refused:
        actions.add_evaluation(actor, innovation, replace(text, dated=date(2026, 11, 23)), "b" * 36, b.NOW)
    assert refused.value.reason is Refusal.DATED_IN_FUTURE


@pytest.mark.usefixtures("world")
def test_residents_contradict_a_green_report_of_the_innovation_and_of_the_action_above(session: Session) -> None:
    innovation, thing = make_measured(), make_thing()
    rad.hang(planner(), session.get_one(RadAction, thing.id), innovation, b.NOW)
    make_report(innovation_thing(innovation))
    make_report(thing)
    assert standing_of(thing).alerts == ""
    for answer in (Answer.YES, Answer.NOT_YET, Answer.WRONG):
        actions.check(b.actor_of(b.make_person()), innovation, answer, "", b.NOW)
    for one in (innovation_thing(innovation), thing):
        assert parse_alerts(standing_of(one).alerts) == (Alert.CONTRADICTED,)


@pytest.mark.usefixtures("world")
def test_people_whom_it_concerns_answer_once_a_quarter(session: Session) -> None:
    innovation = make_measured()
    resident = b.actor_of(b.make_person())
    actions.check(resident, innovation, Answer.YES, "", b.NOW)
    with pytest.raises(Refused) as refused:
        actions.check(resident, innovation, Answer.WRONG, "", b.NOW)
    assert refused.value.reason is Refusal.CHECKED_ALREADY
    actions.check(resident, innovation, Answer.WRONG, "", b.NOW + timedelta(days=60))
    stranger = b.make_person(b.TOHE)
    with pytest.raises(Denied):
        actions.check(b.actor_of(stranger), innovation, Answer.YES, "", b.NOW)
    proposal = session.get_one(Proposal, innovation.origin_proposal_id)
    session.add(Support(proposal_id=proposal.id, cycle_id=proposal.cycle_id, person_id=stranger.id, at=b.NOW))
    session.flush()
    actions.check(b.actor_of(stranger), innovation, Answer.YES, "", b.NOW)
    assert not session.scalars(select(CitizenCheck).where(CitizenCheck.is_attested)).all()


@pytest.mark.usefixtures("world")
def test_a_facilitator_attests_and_what_does_not_run_is_not_asked_about(session: Session) -> None:
    innovation = make_measured()
    helper = b.make_staff(Role.FACILITATOR, b.MAKIR, village=b.TOHE)
    assert actions.check(helper, innovation, Answer.YES, "", b.NOW).is_attested
    innovation.stage = Stage.STOPPED
    session.flush()
    with pytest.raises(Refused) as refused:
        actions.check(b.actor_of(b.make_person()), innovation, Answer.YES, "", b.NOW)
    assert refused.value.reason is Refusal.NOTHING_TO_CHECK


@pytest.mark.usefixtures("world")
def test_officers_are_reminded_once_before_and_once_after_the_deadline(session: Session) -> None:
    make_thing()
    actor = officer()
    officer("Dinas Sosial")
    accounts.give_consent(b.person_of(actor), Purpose.MESSAGES, Mode.SELF, None, b.NOW)
    regency, deadline = find_regency(b.BELU), LAST.deadline("Asia/Makassar")
    assert regency is not None
    moments = [deadline - REMINDS_BEFORE - timedelta(hours=1), deadline - REMINDS_BEFORE, deadline, deadline]
    moments += [deadline + timedelta(days=2), deadline + timedelta(days=31)]
    assert [actions.remind(regency, at) for at in moments] == [0, 1, 1, 1, 1, 0]
    assert session.scalar(select(func.count()).select_from(Message).where(Message.key.startswith("report:"))) == 2
    make_report(thing_of(session.scalars(select(RadAction)).one()), actor=actor)
    assert actions.remind(regency, deadline + timedelta(days=3)) == 0


def test_of_two_who_report_a_quarter_at_once_one_is_refused(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        thing, actor = make_thing(), officer()

    def act(_index: int) -> object:
        with transaction():
            return actions.report(actor, thing, LAST, text_for(thing), b.NOW).version

    outcomes = at_once(act, 4)
    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert (outcomes.count(1), [one.reason for one in refused]) == (1, [Refusal.REPORTED_ALREADY] * 3)
    with live_app.app_context():
        assert len(queries.course_so_far(thing.kind, thing.id)[1]) == 1


def test_of_two_answers_of_a_person_at_once_one_counts(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        innovation, actor = make_measured(), b.actor_of(b.make_person())
        innovation_id = innovation.id

    def act(_index: int) -> object:
        with transaction():
            found = innovations.get_locked(innovation_id)
            return actions.check(actor, found, Answer.YES, "", b.NOW).answer

    outcomes = at_once(act, 3)
    assert outcomes.count(Answer.YES) == 1
    assert {one.reason for one in outcomes if isinstance(one, Refused)} == {Refusal.CHECKED_ALREADY}


@pytest.mark.usefixtures("world")
def test_the_night_judges_everything_and_again_nothing(app: Flask, session: Session) -> None:
    make_report(make_thing())
    make_measured()
    found = actions.judge_next(b.BELU, ThingKind.ACTION, 0, b.NOW)
    assert found[1] == 0
    assert actions.judge_next(b.BELU, ThingKind.ACTION, found[0] or 0, b.NOW) == (None, 0)
    assert session.scalar(select(func.count()).select_from(Report)) == 1
