"""Innovations on a real database: who decides, what a gate wants, what stands in public, and two at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.queries import get_person
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.innovations import actions, queries
from app.innovations.models import Decision, Innovation, Provision
from app.innovations.rules.board import Filters, Order
from app.innovations.rules.decision import Criterion
from app.innovations.rules.gates import SiloRisk, silo_risk
from app.innovations.rules.provisions import Content, Kind, LegalForm
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.registry import Registered
from app.innovations.rules.stages import LANES, PATH, Lane, Origin, Stage, StageEvent
from app.kernel.actor import ANYONE, CONSOLE, Actor, AgencyFacts, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.kernel.transitions import Transition
from app.proposals.queries import timeline_of
from app.proposals.rules import Event, Status
from tests import builders as b

TODAY = date(2026, 11, 21)
LATER = b.NOW + timedelta(days=3)
REASON = "Dananya habis dan belum ada gantinya."
LESSON = "Sepakati biaya perawatan sebelum mulai."


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


def contents(agency_id: int, pillar_id: int) -> dict[Kind, Content]:
    """Something good of every kind."""
    return {
        Kind.INITIATIVE: Content(title="Proposal", dated=TODAY, text="Bentuk, rancangan, tujuan, manfaat."),
        Kind.ASSESSMENT: Content(dated=TODAY, text="Layak diuji coba."),
        Kind.DECREE: Content(number="400.10/7", dated=TODAY),
        Kind.AGENCY: Content(agency_id=agency_id),
        Kind.TRIAL_PERIOD: Content(dated=TODAY, until=TODAY + timedelta(days=180)),
        Kind.BASELINE: Content(title="Waktu tunggu", quantity=190, unit="menit"),
        Kind.EVALUATION: Content(dated=TODAY, text="Waktu tunggu turun."),
        Kind.REGULATION: Content(legal_form=LegalForm.REGENT_REGULATION, number="5", dated=TODAY, title="Air"),
        Kind.PEOPLE: Content(person="Katarina Manek", title="Penanggung jawab"),
        Kind.BUDGET: Content(title="APBD kabupaten", year=2027, amount=210_000_000),
        Kind.PARTNER: Content(title="Paroki", text="Meminjamkan lahan."),
        Kind.PILLAR: Content(pillar_id=pillar_id),
        Kind.RAD_ACTION: Content(title="Perluasan", year=2027, quantity=12, unit="desa"),
    }


def provide_everything(planner: Actor, innovation: Innovation) -> None:
    for kind, content in contents(b.make_agency().id, b.make_pillar().id).items():
        actions.add_provision(planner, innovation, kind, content, b.NOW)


def refused(act: Callable[[], object]) -> object:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.reason


# The five questions


def test_five_times_yes_makes_an_innovation_and_both_sides_say_so(planner: Actor, session: Session) -> None:
    pillar = b.make_pillar()
    author = b.make_person()
    proposal = b.make_selected(author)
    made = actions.escalate(planner, proposal, b.five_answers(), "AIR LESTARI", "Air untuk semua", pillar.id, LATER)
    assert (made.number, made.stage, made.origin) == ("BLU-I-0001", Stage.IDEA, Origin.PROPOSAL)
    assert (made.owner_id, made.initiator, made.summary) == (author.id, "Warga Desa Makir", proposal.work)
    assert [one.number for one in queries.misi_of_innovation(made.id)] == [3]
    assert proposal.status is Status.ESCALATED
    step = timeline_of(proposal.id)[-1]
    assert (step.event, step.facts) == (Event.ESCALATE, {"innovation": "BLU-I-0001", "name": "AIR LESTARI"})
    found = queries.find_decided(proposal.id)
    assert found is not None
    assert dict(found.decision.answers) == dict(b.five_answers())
    assert found.link == queries.Link("BLU-I-0001", "AIR LESTARI", Stage.IDEA)
    (entry,) = queries.history_of(made.id)
    assert (entry.event, entry.stage, entry.role) == (StageEvent.REGISTER, Stage.IDEA, Role.PLANNER)


def test_one_no_sends_the_winner_on_as_ordinary_work(planner: Actor, session: Session) -> None:
    proposal, agency = b.make_selected(), b.make_agency()
    noes = b.five_answers(Criterion.NOVELTY)
    actions.route(planner, proposal, noes, agency.id, "Masuk rencana kerja dinas tahun depan.", b.NOW)
    assert proposal.status is Status.ROUTED
    step = timeline_of(proposal.id)[-1]
    assert (step.reason, step.facts) == ("Masuk rencana kerja dinas tahun depan.", {"agency": "Dinas Kesehatan"})
    found = queries.find_decided(proposal.id)
    assert found is not None
    assert (found.decision.novelty, found.decision.benefit, found.agency) == (False, True, "Dinas Kesehatan")
    assert found.link is None


def test_a_winner_may_go_to_the_village_itself_but_not_without_a_word(planner: Actor) -> None:
    proposal, noes = b.make_selected(), b.five_answers(Criterion.AUTHORITY)
    assert refused(lambda: actions.route(planner, proposal, noes, None, "  ", b.NOW)) is Refusal.REASON_MISSING
    actions.route(planner, proposal, noes, None, "Dikerjakan desa dengan dana desa.", b.NOW)
    assert timeline_of(proposal.id)[-1].facts == {}


def test_the_answers_decide_not_the_button(planner: Actor, session: Session) -> None:
    proposal = b.make_selected()
    four, five = b.five_answers(Criterion.REPLICABLE), b.five_answers()
    assert refused(lambda: actions.escalate(planner, proposal, four, "N1", "", None, b.NOW)) is Refusal.NO_INNOVATION
    assert refused(lambda: actions.route(planner, proposal, five, None, REASON, b.NOW)) is Refusal.IS_INNOVATION
    assert proposal.status is Status.SELECTED
    assert session.scalar(select(func.count()).select_from(Decision)) == 0


def test_a_proposal_is_decided_on_once(planner: Actor) -> None:
    proposal = b.make_selected()
    actions.escalate(planner, proposal, b.five_answers(), "AIR LESTARI", "", None, b.NOW)
    again = refused(lambda: actions.escalate(planner, proposal, b.five_answers(), "LAIN", "", None, b.NOW))
    assert again is Refusal.ALREADY_DECIDED


def test_only_a_winner_is_decided_on(planner: Actor) -> None:
    proposal = b.make_published()
    reason = refused(lambda: actions.escalate(planner, proposal, b.five_answers(), "AIR", "", None, b.NOW))
    assert reason is Transition.NOT_NOW


def test_a_planner_does_not_decide_on_a_proposal_of_their_own(planner: Actor) -> None:
    assert planner.person_id is not None
    proposal = b.make_selected(get_person(planner.person_id))
    reason = refused(lambda: actions.escalate(planner, proposal, b.five_answers(), "AIR", "", None, b.NOW))
    assert reason is Refusal.OWN_PROPOSAL


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.OFFICER, Role.FACILITATOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_but_a_planner_of_the_regency_decides(planner: Actor, role: Role) -> None:
    proposal = b.make_selected()
    elsewhere = b.make_staff(Role.PLANNER, b.BELTIM)
    for actor in (ANYONE, b.make_staff(role, b.BELU), elsewhere):
        with pytest.raises(Denied):
            actions.escalate(actor, proposal, b.five_answers(), "AIR", "", None, b.NOW)
        with pytest.raises(Denied):
            actions.route(actor, proposal, b.five_answers(Criterion.NOVELTY), None, REASON, b.NOW)


def test_a_name_is_taken_once_in_a_regency_whatever_its_capitals(planner: Actor) -> None:
    b.make_innovation(planner, "AIR LESTARI")
    proposal = b.make_selected()
    reason = refused(lambda: actions.escalate(planner, proposal, b.five_answers(), "Air Lestari", "", None, b.NOW))
    assert reason is Refusal.NAME_TAKEN


def test_pillars_and_agencies_of_another_regency_are_refused(planner: Actor) -> None:
    b.make_pillar(1, "Milik Belu")
    pillar, agency = b.make_pillar(1, "Kesehatan", b.BELTIM), b.make_agency("Dinas Lain", b.BELTIM)
    proposal, noes = b.make_selected(), b.five_answers(Criterion.NOVELTY)
    five = b.five_answers()
    assert (
        refused(lambda: actions.escalate(planner, proposal, five, "AIR", "", pillar.id, b.NOW))
        is Refusal.UNKNOWN_PILLAR
    )
    assert refused(lambda: actions.route(planner, proposal, noes, agency.id, REASON, b.NOW)) is Refusal.UNKNOWN_AGENCY


# Gates


def test_an_innovation_walks_the_whole_way_stage_by_stage(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    provide_everything(planner, innovation)
    for target in PATH[1:]:
        actions.pass_gate(planner, innovation, target, LATER, reason="Lengkap.")
        assert (innovation.stage, innovation.stage_since) == (target, LATER)
    assert [entry.stage for entry in queries.history_of(innovation.id)] == list(PATH)


def test_a_gate_stays_closed_until_all_it_asks_for_is_there(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    actions.pass_gate(planner, innovation, Stage.CURATION, b.NOW)
    closed = refused(lambda: actions.pass_gate(planner, innovation, Stage.PROPOSAL, b.NOW))
    assert closed is Refusal.GATE_INCOMPLETE
    content = contents(0, 0)[Kind.INITIATIVE]
    actions.add_provision(planner, innovation, Kind.INITIATIVE, content, b.NOW)
    assert actions.pass_gate(planner, innovation, Stage.PROPOSAL, b.NOW).stage is Stage.PROPOSAL


def test_a_stage_cannot_be_skipped_nor_passed_twice_by_a_double_click(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    provide_everything(planner, innovation)
    assert refused(lambda: actions.pass_gate(planner, innovation, Stage.TRIAL, b.NOW)) is Refusal.STAGE_SKIPPED
    actions.pass_gate(planner, innovation, Stage.CURATION, b.NOW)
    assert refused(lambda: actions.pass_gate(planner, innovation, Stage.CURATION, b.NOW)) is Refusal.STAGE_SKIPPED
    assert innovation.stage is Stage.CURATION


def test_who_had_the_idea_does_not_open_its_gate(planner: Actor) -> None:
    author = b.make_person()
    innovation = b.make_innovation(planner, author=author)
    accounts.grant(CONSOLE, author, Role.PLANNER, b.BELU, b.NOW)
    own = b.actor_of(author)
    assert refused(lambda: actions.pass_gate(own, innovation, Stage.CURATION, b.NOW)) is Refusal.OWN_GATE
    assert actions.pass_gate(planner, innovation, Stage.CURATION, b.NOW).stage is Stage.CURATION


def test_an_adopted_innovation_may_be_replicated_instead(planner: Actor) -> None:
    actions.bring_in(planner, [registered("SUDAH JALAN")], b.NOW)
    innovation = queries.get_detail(b.BELU, "BLU-I-0001").innovation
    provide_everything(planner, innovation)
    assert actions.pass_gate(planner, innovation, Stage.REPLICATING, b.NOW).stage is Stage.REPLICATING


def test_back_and_on_again_with_everything_kept(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    provide_everything(planner, innovation)
    for target in PATH[1:4]:
        actions.pass_gate(planner, innovation, target, b.NOW)
    assert refused(lambda: actions.send_back(planner, innovation, "x", b.NOW)) is Refusal.REASON_MISSING
    actions.send_back(planner, innovation, REASON, b.NOW)
    assert innovation.stage is Stage.REVISION
    actions.resume(planner, innovation, b.NOW)
    assert actions.pass_gate(planner, innovation, Stage.PROPOSAL, b.NOW).stage is Stage.PROPOSAL
    events = [entry.event for entry in queries.history_of(innovation.id)]
    assert events[-3:] == [StageEvent.SEND_BACK, StageEvent.RESUME, StageEvent.PASS]


def test_stopping_keeps_reason_and_lesson_in_public(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    assert refused(lambda: actions.stop(planner, innovation, REASON, "", b.NOW)) is Refusal.LESSON_MISSING
    actions.stop(planner, innovation, REASON, LESSON, b.NOW)
    last = queries.history_of(innovation.id)[-1]
    assert (last.stage, last.reason, last.lesson) == (Stage.STOPPED, REASON, LESSON)
    assert refused(lambda: actions.reject(planner, innovation, REASON, b.NOW)) is Transition.NOT_NOW


def test_rejecting_ends_it(planner: Actor) -> None:
    innovation = actions.reject(planner, b.make_innovation(planner), REASON, b.NOW)
    assert innovation.stage is Stage.REJECTED
    assert refused(lambda: actions.resume(planner, innovation, b.NOW)) is Transition.NOT_NOW


def test_only_planners_of_the_regency_move_an_innovation_and_officers_add_to_it(planner: Actor) -> None:
    innovation, agency = b.make_innovation(planner), b.make_agency()
    actions.add_provision(planner, innovation, Kind.AGENCY, Content(agency_id=agency.id), b.NOW)
    officer = b.make_staff(Role.OFFICER, b.BELU, agency=AgencyFacts(agency.id, b.BELU, agency.name))
    assert actions.add_provision(officer, innovation, Kind.PEOPLE, contents(0, 0)[Kind.PEOPLE], b.NOW).id
    for actor in (ANYONE, officer, b.make_staff(Role.PLANNER, b.BELTIM)):
        with pytest.raises(Denied):
            actions.pass_gate(actor, innovation, Stage.CURATION, b.NOW)
        with pytest.raises(Denied):
            actions.stop(actor, innovation, REASON, LESSON, b.NOW)
    colleague = b.make_staff(Role.OFFICER, b.BELU)  # of another agency
    for actor in (ANYONE, colleague, b.make_staff(Role.OFFICER, b.BELTIM), b.make_staff(Role.MODERATOR, b.BELU)):
        with pytest.raises(Denied):
            actions.add_provision(actor, innovation, Kind.PEOPLE, contents(0, 0)[Kind.PEOPLE], b.NOW)


# Provisions


def test_a_decree_of_tomorrow_is_refused_by_the_calendar_of_the_regency(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    evening = b.NOW.replace(hour=15, minute=59)  # 23.59 in Belu
    decree = Content(number="400.10/7", dated=date(2026, 11, 22))
    act = actions.add_provision
    assert refused(lambda: act(planner, innovation, Kind.DECREE, decree, evening)) is Refusal.DATED_IN_FUTURE
    assert act(planner, innovation, Kind.DECREE, decree, evening + timedelta(minutes=1)).number == "400.10/7"


def test_the_same_provision_sent_twice_stands_once(planner: Actor) -> None:
    innovation, content = b.make_innovation(planner), contents(0, 0)[Kind.BUDGET]
    first = actions.add_provision(planner, innovation, Kind.BUDGET, content, b.NOW)
    assert actions.add_provision(planner, innovation, Kind.BUDGET, content, LATER) is first
    other = replace(content, year=2028)
    assert actions.add_provision(planner, innovation, Kind.BUDGET, other, LATER) is not first


def test_an_agency_and_a_pillar_become_the_innovations_own(planner: Actor) -> None:
    innovation, agency, pillar = b.make_innovation(planner), b.make_agency(), b.make_pillar()
    actions.add_provision(planner, innovation, Kind.AGENCY, Content(agency_id=agency.id), b.NOW)
    actions.add_provision(planner, innovation, Kind.PILLAR, Content(pillar_id=pillar.id), b.NOW)
    assert (innovation.agency_id, innovation.pillar_id) == (agency.id, pillar.id)


def test_one_person_named_twice_is_still_one_person(planner: Actor) -> None:
    innovation, one = b.make_innovation(planner), contents(0, 0)[Kind.PEOPLE]
    for content in (one, replace(one, title="Bendahara")):
        actions.add_provision(planner, innovation, Kind.PEOPLE, content, b.NOW)
    assert SiloRisk.ONE_PERSON in silo_risk(queries.held_by(innovation))
    assert SiloRisk.ONE_PERSON in silo_risk(queries.held_in(queries.provisions_of(innovation.id), innovation))
    actions.add_provision(planner, innovation, Kind.PEOPLE, replace(one, person="Yasinta Mali"), b.NOW)
    assert SiloRisk.ONE_PERSON not in silo_risk(queries.held_by(innovation))


def test_the_database_itself_takes_no_half_provision(planner: Actor, session: Session) -> None:
    innovation = b.make_innovation(planner)
    with session.begin_nested() as attempt:
        session.add(Provision(innovation_id=innovation.id, kind=Kind.DECREE, dated=TODAY, at=b.NOW))
        with pytest.raises(IntegrityError):
            session.flush()
        attempt.rollback()


# The registry


def registered(name: str, regency_code: str = b.BELU, stage: Stage = Stage.ADOPTED) -> Registered:
    return Registered(regency_code, name, stage, "Sudah berjalan di seluruh desa.", "Berita resmi")


def test_each_regency_counts_and_shows_its_own(planner: Actor) -> None:
    rows = [registered("SATU"), registered("DUA", b.BELTIM), registered("TIGA", b.BELTIM)]
    assert actions.bring_in(CONSOLE, rows, b.NOW).new == 3
    assert actions.bring_in(CONSOLE, [*rows, registered("satu")], b.NOW).new == 0
    assert queries.get_detail(b.BELTIM, "btm-i-0002").innovation.name == "TIGA"
    with pytest.raises(Missing):
        queries.get_detail(b.BELU, "BTM-I-0002")
    first = queries.first_in_lanes(b.BELU, Filters(), Order.LATEST, TODAY)
    assert [card.name for card in first[Lane.IN_USE]] == ["SATU"]
    assert sum(one.count for one in queries.tallies(b.BELTIM, Filters(), TODAY).values()) == 2
    assert queries.count_by_pillar(b.BELTIM) == {None: 2}
    with pytest.raises(Denied):
        actions.bring_in(planner, [registered("EMPAT", b.BELTIM)], b.NOW)


def test_a_lane_comes_in_pages_without_gaps_or_repeats(planner: Actor) -> None:
    for day in range(3):
        names = [f"HARI {day} NO {number:02d}" for number in range(10)]
        actions.bring_in(planner, [registered(name) for name in names], b.NOW + timedelta(days=day))
    seen: list[str] = []
    after = None
    while True:
        page = queries.in_stages(b.BELU, LANES[Lane.IN_USE], Filters(), Order.LATEST, TODAY, after, size=7)
        seen += [card.name for card in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == [f"HARI {day} NO {number:02d}" for day in (2, 1, 0) for number in reversed(range(10))]
    first = queries.first_in_lanes(b.BELU, Filters(), Order.LATEST, TODAY)
    assert [card.name for card in first[Lane.IN_USE]] == seen[: queries.LANE_SIZE]


def test_the_desk_shows_whose_gate_is_complete(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    actions.bring_in(planner, [registered("KOSONG"), registered("JADI", stage=Stage.INSTITUTIONALISED)], b.NOW)
    (card,) = queries.ready(b.BELU)
    assert (card.number, card.ready_for) == (innovation.number, (Stage.CURATION,))


# Two at once


def test_a_proposal_escalated_ten_times_at_once_gives_one_innovation(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner, proposal = b.make_staff(Role.PLANNER, b.BELU), b.make_selected()

    def act(number: int) -> str:
        return actions.escalate(planner, proposal, b.five_answers(), f"NAMA {number}", "", None, b.NOW).number

    answers = b.race(live_app, 10, act)
    assert sorted(map(str, answers)) == ["BLU-I-0001", *["already_decided"] * 9]
    with live_app.app_context():
        assert own_session.scalar(select(func.count()).select_from(Innovation)) == 1
        events = [entry.event for entry in timeline_of(proposal.id)]
        assert events.count(Event.ESCALATE) == 1


def test_many_winners_at_once_get_a_number_each_and_one_name_goes_to_one(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        winners = [b.make_selected() for _ in range(6)]

    def act(number: int) -> str:
        name = "SAMA" if number < 2 else f"NAMA {number}"
        return actions.escalate(planner, winners[number], b.five_answers(), name, "", None, b.NOW).number

    answers = b.race(live_app, 6, act)
    assert answers.count(Refusal.NAME_TAKEN) == 1
    assert len({answer for answer in answers if answer is not Refusal.NAME_TAKEN}) == 5


def test_a_gate_passed_ten_times_at_once_is_passed_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        innovation = b.make_innovation(planner)
    answers = b.race(live_app, 10, lambda _n: actions.pass_gate(planner, innovation, Stage.CURATION, b.NOW).stage)
    assert sorted(map(str, answers)) == ["curation", *["stage_skipped"] * 9]
    with live_app.app_context():
        assert len(queries.history_of(innovation.id)) == 2


def test_the_same_file_imported_by_two_at_once_is_imported_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
    rows = [registered(f"INOVASI {number}") for number in range(30)]
    answers = b.race(live_app, 4, lambda _n: actions.bring_in(CONSOLE, rows, b.NOW))
    assert sorted(answer.new for answer in answers) == [0, 0, 0, 30]
