"""Works on the database, from the agency's desk to the residents' word."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.db.transaction import transaction
from app.delivery import actions, queries
from app.delivery.rules import Answer, Finished, Reached, Refusal, Started
from app.innovations import actions as innovations
from app.innovations.rules.stages import Stage
from app.kernel.actor import Actor, Level, Role
from app.kernel.outcomes import Denied, Refused
from app.kernel.transitions import Transition
from app.proposals.models import TimelineEntry
from app.proposals.queries import get_locked
from app.proposals.rules import Event, Status
from tests import builders as b
from tests.delivery.works import BUDGET, PLAN, START, TODAY, finished, make_routed, with_photo


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


def refused(reason: object) -> object:
    return pytest.raises(Refused, check=lambda error: error.reason is reason)


def test_a_work_goes_from_the_plan_to_its_end_with_photos_at_three_points(session: Session) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    proposal = finished(session, planner, make_routed(planner))
    assert proposal.status is Status.COMPLETED
    work = queries.find_work(proposal.id)
    assert work is not None
    assert (work.plan_code, work.budget_amount, work.final_cost) == ("1.03.10.2.01", 140_000_000, 138_000_000)
    found = queries.progress_of(proposal.id)
    assert [one.percent for one in found] == [0, 50, 100]
    assert all(one.photos for one in found)


def test_steps_come_in_their_order_and_without_photos_nothing_begins(session: Session) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    proposal = make_routed(planner)
    with refused(Transition.NOT_NOW):
        actions.budget(planner, proposal, BUDGET, b.NOW)
    actions.plan(planner, proposal, PLAN, b.NOW)
    actions.budget(planner, proposal, BUDGET, b.NOW)
    with refused(Refusal.PHOTO_MISSING):
        actions.start(planner, proposal, START, str(uuid4()), b.NOW)
    with refused(Refusal.NOT_UNDERWAY):
        actions.reach(planner, proposal, Reached(50, TODAY), with_photo(session, planner), b.NOW)
    actions.start(planner, proposal, START, with_photo(session, planner), b.NOW)
    with refused(Refusal.HALF_WAY_MISSING):
        actions.finish(planner, proposal, Finished(TODAY, 1), with_photo(session, planner), b.NOW)
    with refused(Refusal.DATED_IN_FUTURE):
        later = Reached(50, TODAY + timedelta(days=2))
        actions.reach(planner, proposal, later, with_photo(session, planner), b.NOW)


def test_photos_of_somebody_else_do_not_count(session: Session) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    proposal = make_routed(planner)
    actions.plan(planner, proposal, PLAN, b.NOW)
    actions.budget(planner, proposal, BUDGET, b.NOW)
    with refused(Refusal.PHOTO_MISSING):
        actions.start(planner, proposal, START, with_photo(session, b.make_staff(Role.PLANNER, b.BELU)), b.NOW)


def test_the_agencys_officer_reports_and_no_other_one() -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    agency, other = b.make_agency("Dinas PUPR"), b.make_agency("Dinas Sosial")
    proposal = make_routed(planner, agency.id)
    facts = queries.agency_of(proposal.id)
    assert facts == agency.id
    for actor in (
        officer(other.id),
        b.make_staff(Role.MODERATOR, b.BELU),
        b.make_staff(Role.PLANNER, b.BELTIM),
        b.actor_of(b.make_person()),
    ):
        with pytest.raises(Denied):
            actions.plan(actor, proposal, PLAN, b.NOW)
    actions.plan(officer(agency.id), proposal, PLAN, b.NOW)


def officer(agency_id: int) -> Actor:
    from app.kernel.actor import AgencyFacts
    from app.plans.queries import agencies_of

    (name,) = [agency.name for agency in agencies_of(b.BELU) if agency.id == agency_id]
    return b.make_staff(Role.OFFICER, b.BELU, agency=AgencyFacts(agency_id, b.BELU, name))


def test_the_village_says_whether_it_is_there_and_may_change_its_mind(session: Session) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    proposal = make_routed(planner)
    resident = b.actor_of(b.make_person())
    with refused(Refusal.NOT_FINISHED):
        actions.check(resident, proposal, Answer.DONE, "", b.NOW)
    proposal = finished(session, planner, proposal)
    actions.check(resident, proposal, Answer.DONE, "", b.NOW)
    actions.check(resident, proposal, Answer.NOT_YET, "Baru separuh jalan.", b.NOW)
    assert queries.checks_of([proposal.id])[proposal.id] == {Answer.NOT_YET: 1}
    with refused(Refusal.NOT_RESIDENT):
        actions.check(b.actor_of(b.make_person(village=b.TOHE)), proposal, Answer.DONE, "", b.NOW)
    with refused(Refusal.NOT_CONFIRMED):
        actions.check(b.actor_of(b.make_person(level=Level.REGISTERED)), proposal, Answer.DONE, "", b.NOW)


def test_several_doubts_show_in_the_list(session: Session) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    proposal = finished(session, planner, make_routed(planner))
    for answer in (Answer.DONE, Answer.NOT_YET, Answer.DIFFERENT, Answer.NOT_YET):
        actions.check(b.actor_of(b.make_person()), proposal, answer, "", b.NOW)
    (row,) = queries.works_of(b.BELU, Status.COMPLETED, None).rows
    assert row.is_doubted
    assert row.percent == 100
    assert queries.works_of(b.BELU, Status.ROUTED, None).rows == []
    assert queries.counts_of(b.BELU) == {Status.COMPLETED: 1}


def test_every_later_stage_of_an_innovation_is_told_on_its_proposals(session: Session) -> None:
    planner = b.make_staff(Role.PLANNER, b.BELU)
    innovation = b.make_innovation(planner)
    supporting = b.make_published()
    innovations.add_supporting(planner, innovation, supporting.number or "", b.NOW)
    innovations.pass_gate(planner, innovation, Stage.CURATION, "Lengkap dan masuk akal.", b.NOW)
    told = session.query(TimelineEntry).filter_by(event=Event.ADVANCE).order_by(TimelineEntry.proposal_id).all()
    assert [entry.proposal_id for entry in told] == sorted([innovation.origin_proposal_id or 0, supporting.id])
    assert {entry.facts["stage"] for entry in told} == {Stage.CURATION}


def test_of_several_who_report_the_same_step_at_once_one_does(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        proposal_id = make_routed(planner).id
    outcomes = b.race(live_app, 6, lambda _n: actions.plan(planner, get_locked(proposal_id), PLAN, b.NOW).plan_year)
    assert sorted(map(str, outcomes)) == sorted(["2028", *[str(Transition.NOT_NOW)] * 5])


def test_days_are_those_of_the_regency(session: Session) -> None:
    """What was reached today in Belu has been reached, although it is still yesterday in London."""
    planner = b.make_staff(Role.PLANNER, b.BELU)
    proposal = make_routed(planner)
    late = b.NOW.replace(hour=20)  # 04:00 of the next day in Belu
    actions.plan(planner, proposal, PLAN, late)
    actions.budget(planner, proposal, BUDGET, late)
    tomorrow: date = late.date() + timedelta(days=1)
    begun = Started(tomorrow, tomorrow, "Kelompok kerja")
    actions.start(planner, proposal, begun, with_photo(session, planner), late)
    assert queries.percents_of(proposal.id) == [0]
