"""Innovations on a real database: who decides, what a gate wants, what stands in public, and two at once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.queries import get_person
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.innovations import actions, queries
from app.innovations.models import Decision, Innovation
from app.innovations.rules.board import Filters, Order
from app.innovations.rules.decision import Criterion
from app.innovations.rules.refusals import Refusal
from app.innovations.rules.registry import Registered
from app.innovations.rules.stages import LANES, Lane, Origin, Stage, StageEvent
from app.kernel.actor import ANYONE, CONSOLE, Actor, Role
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
    (entry,) = b.history_of(made.id)
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
    (one,) = queries.ready(b.BELU, b.TODAY)
    assert (one.card.number, one.stages) == (innovation.number, (Stage.CURATION,))


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


def test_the_same_file_imported_by_two_at_once_is_imported_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_regions()
    rows = [registered(f"INOVASI {number}") for number in range(30)]
    answers = b.race(live_app, 4, lambda _n: actions.bring_in(CONSOLE, rows, b.NOW))
    assert sorted(answer.new for answer in answers) == [0, 0, 0, 30]
