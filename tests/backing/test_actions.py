"""What innovations stand on, in a real database: who brings it, what may go, who is told, and two at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.backing import actions, queries
from app.backing.models import Commitment, CoverWarning, Partner
from app.backing.rules.acts import ActState
from app.backing.rules.partners import PartnerKind, PartnerText, TaskEvent, TaskState, TaskText
from app.backing.rules.refusals import Refusal
from app.backing.rules.resources import CommitmentEvent, CommitmentState, CommitmentText, Resource
from app.backing.rules.warnings import Subject
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.innovations import actions as innovations
from app.innovations.models import Innovation
from app.innovations.queries import gate_facts, held_by
from app.innovations.rules.gates import Asked, SiloRisk, missing
from app.innovations.rules.refusals import Refusal as GateRefusal
from app.innovations.rules.stages import Stage
from app.kernel.actor import ANYONE, Actor, AgencyFacts, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.kernel.transitions import Transition
from app.messages.models import Message
from app.plans.models import Agency
from tests import builders as b

LATER = b.NOW + timedelta(days=3)
REASON = "Dicatat dua kali, ini yang salah."
AGREED = CommitmentState.AGREED


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def innovation(planner: Actor) -> Innovation:
    return b.make_innovation(planner)


def refused(act: Callable[[], object]) -> object:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.reason


def officer_of(agency: Agency) -> Actor:
    return b.make_staff(Role.OFFICER, b.BELU, agency=AgencyFacts(agency.id, b.BELU, agency.name))


# Commitments


def test_money_is_planned_agreed_and_delivered_with_its_days(planner: Actor, innovation: Innovation) -> None:
    planned = date(2026, 10, 1)
    money = actions.add_commitment(planner, innovation, b.BUDGET, CommitmentState.PLANNED, planned, b.NOW)
    assert Asked.BUDGET not in {one.asked for one in held_by(innovation.id)}
    actions.step(planner, innovation, money, CommitmentEvent.AGREE, date(2026, 11, 1), b.NOW)
    (held,) = held_by(innovation.id)
    assert (held.asked, held.until, held.provider_id) == (Asked.BUDGET, date(2027, 12, 31), planner.person_id)
    early = lambda: actions.step(planner, innovation, money, CommitmentEvent.DELIVER, planned, b.NOW)  # noqa: E731
    assert refused(early) is Refusal.EARLIER_STEP
    actions.step(planner, innovation, money, CommitmentEvent.DELIVER, b.TODAY, b.NOW)
    days = (money.planned_on, money.agreed_on, money.delivered_on)
    assert days == (planned, date(2026, 11, 1), b.TODAY)
    again = lambda: actions.step(planner, innovation, money, CommitmentEvent.DELIVER, b.TODAY, b.NOW)  # noqa: E731
    assert refused(again) is Transition.NOT_NOW


def test_the_same_commitment_sent_twice_stands_once(planner: Actor, innovation: Innovation) -> None:
    first = actions.add_commitment(planner, innovation, b.BUDGET, AGREED, b.TODAY, b.NOW)
    assert actions.add_commitment(planner, innovation, b.BUDGET, AGREED, b.TODAY, LATER) is first


def test_one_person_named_twice_is_still_one_person(planner: Actor, innovation: Innovation) -> None:
    for text in (b.PERSON, replace(b.PERSON, title="Bendahara", person="KATARINA MANEK")):
        actions.add_commitment(planner, innovation, text, AGREED, b.TODAY, b.NOW)
    own_session.refresh(innovation)
    assert SiloRisk.ONE_PERSON in innovation.silo_reasons.split(",")
    actions.add_commitment(planner, innovation, replace(b.PERSON, person="Yasinta"), AGREED, b.TODAY, b.NOW)
    own_session.refresh(innovation)
    assert SiloRisk.ONE_PERSON not in innovation.silo_reasons.split(",")


def test_a_name_is_shown_only_as_long_as_who_bears_it_agrees(planner: Actor, innovation: Innovation) -> None:
    text = replace(b.PERSON, is_consented=False)
    person = actions.add_commitment(planner, innovation, text, AGREED, b.TODAY, b.NOW)
    assert [one.text for one in held_by(innovation.id)] == ["Penanggung jawab"]
    actions.change_consent(planner, innovation, person, is_consented=True, now=b.NOW)
    own_session.flush()
    assert [one.text for one in held_by(innovation.id)] == ["Katarina Manek"]
    actions.change_consent(planner, innovation, person, is_consented=False, now=LATER)
    own_session.flush()
    assert [one.text for one in held_by(innovation.id)] == ["Penanggung jawab"]


def test_what_a_passed_gate_stood_on_is_not_withdrawn_before_another_takes_its_place(
    planner: Actor, session: Session
) -> None:
    innovation = b.make_adopted(planner)
    money = next(one for one in queries.commitments_of(innovation.id) if one.kind is Resource.BUDGET)

    def withdraw() -> object:
        with session.begin_nested():
            return actions.withdraw_commitment(planner, innovation, money, REASON, b.NOW)

    assert refused(withdraw) is GateRefusal.UNDER_PASSED_GATE
    actions.add_commitment(planner, innovation, replace(b.BUDGET, amount=1_000_000), AGREED, b.TODAY, b.NOW)
    withdraw()
    assert (money.state, money.withdrawal) == (CommitmentState.WITHDRAWN, REASON)
    assert refused(withdraw) is Transition.NOT_NOW


# Acts


def test_a_draft_carries_nothing_until_it_is_in_force(planner: Actor, innovation: Innovation) -> None:
    draft = replace(b.REGULATION, number="", dated=None)
    act = actions.add_act(planner, innovation, draft, ActState.DRAFT, b.NOW)
    assert held_by(innovation.id) == ()
    actions.harmonise(planner, innovation, act, b.NOW)
    tomorrow = b.TODAY + timedelta(days=1)
    future = lambda: actions.enact(planner, innovation, act, "5", tomorrow, None, b.NOW)  # noqa: E731
    assert refused(future) is Refusal.IN_FUTURE
    actions.enact(planner, innovation, act, "5", b.TODAY, date(2027, 1, 1), b.NOW)
    (held,) = held_by(innovation.id)
    assert (held.asked, held.text, held.until) == (Asked.REGULATION, "5", date(2027, 1, 1))


def test_a_decree_of_tomorrow_is_refused_by_the_calendar_of_the_regency(planner: Actor, innovation: Innovation) -> None:
    evening = b.NOW.replace(hour=15, minute=59)  # 23.59 in Belu
    decree = replace(b.DECREE, dated=date(2026, 11, 22))
    add = lambda now: actions.add_act(planner, innovation, decree, ActState.IN_FORCE, now)  # noqa: E731
    assert refused(lambda: add(evening)) is Refusal.IN_FUTURE
    assert add(evening + timedelta(minutes=1)).number == "400.10/7"
    assert refused(lambda: add(LATER)) is Refusal.ACT_TWICE


def test_a_revoked_act_reopens_the_question_and_a_wrong_entry_cannot_just_go(planner: Actor, session: Session) -> None:
    innovation = b.make_adopted(planner)
    act = next(one for one in queries.acts_of(innovation.id) if one.purpose == "use")

    def withdraw() -> object:
        with session.begin_nested():
            return actions.withdraw_act(planner, innovation, act, REASON, b.NOW)

    assert refused(withdraw) is GateRefusal.UNDER_PASSED_GATE
    actions.revoke(planner, innovation, act, b.TODAY, "Dicabut dengan peraturan baru.", b.NOW)
    facts = gate_facts(innovation, b.TODAY)
    assert innovation.stage is Stage.ADOPTED
    assert [need.asked for need in missing(Stage.ADOPTED, facts.held, b.TODAY)] == [Asked.REGULATION]


# Partners and tasks


def test_partners_are_of_the_regency_and_stand_once(planner: Actor, innovation: Innovation) -> None:
    add, kind = actions.add_partner, PartnerKind
    village = add(planner, innovation, PartnerText(kind.VILLAGE, "Tempat uji", village_code=b.KEWAR), b.NOW)
    assert village.name == "Desa Kewar"
    foreign = PartnerText(kind.VILLAGE, "Tempat uji", village_code=b.LALANG)
    assert refused(lambda: add(planner, innovation, foreign, b.NOW)) is Refusal.UNKNOWN_VILLAGE
    agency = PartnerText(kind.AGENCY, "Membantu", agency_id=b.make_agency("Dinas Lain", b.BELTIM).id)
    assert refused(lambda: add(planner, innovation, agency, b.NOW)) is Refusal.UNKNOWN_AGENCY
    add(planner, innovation, b.PARTNER, b.NOW)
    twice = replace(b.PARTNER, name="PAROKI")
    assert refused(lambda: add(planner, innovation, twice, b.NOW)) is Refusal.PARTNER_TWICE
    partner = next(one for one in queries.partners_of(innovation.id) if one.name == "Paroki")
    actions.end_partner(planner, innovation, partner, REASON, b.NOW)
    own_session.flush()
    assert add(planner, innovation, b.PARTNER, LATER).id != partner.id


def test_a_task_is_closed_by_who_has_it_and_stands_on_their_desk_until_then(planner: Actor) -> None:
    innovation = b.make_innovation(planner)
    lead, helper, other = (b.make_agency(name) for name in ("Dinkes", "Kominfo", "Dinsos"))
    innovations.set_lead(planner, innovation, lead.id, None, b.NOW)
    text = TaskText("Pasang server", b.TODAY, agency_id=helper.id)
    task = actions.add_task(officer_of(lead), innovation, text, b.NOW)
    has_it = officer_of(helper)
    assert [one.title for one in queries.to_do(has_it)] == ["Pasang server"]
    assert [one.title for one in queries.to_do(planner)] == ["Pasang server"]
    assert queries.to_do(officer_of(other)) == []
    for actor in (ANYONE, officer_of(other), b.make_staff(Role.PLANNER, b.BELTIM)):
        with pytest.raises(Denied):
            actions.close_task(actor, innovation, task, TaskEvent.FINISH, "", b.NOW)
    drop = lambda: actions.close_task(has_it, innovation, task, TaskEvent.DROP, "", b.NOW)  # noqa: E731
    assert refused(drop) is Refusal.REASON_MISSING
    actions.close_task(has_it, innovation, task, TaskEvent.FINISH, "Sudah berjalan", LATER)
    assert (task.state, task.closed_at) == (TaskState.DONE, LATER)
    assert queries.to_do(has_it) == []


def test_what_belongs_to_another_innovation_is_not_found(planner: Actor) -> None:
    one, other = b.make_innovation(planner), b.make_innovation(planner, "LAIN")
    money = actions.add_commitment(planner, one, b.BUDGET, AGREED, b.TODAY, b.NOW)
    with pytest.raises(Missing):
        queries.get_commitment(other.id, money.id)
    partner = actions.add_partner(planner, one, b.PARTNER, b.NOW)
    text = TaskText("Siapkan lahan", b.TODAY, partner_id=partner.id)
    assert refused(lambda: actions.add_task(planner, other, text, b.NOW)) is Refusal.UNKNOWN_PARTNER


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.FACILITATOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.OFFICER])
def test_nobody_but_planners_and_the_lead_agency_brings_anything(
    planner: Actor, innovation: Innovation, role: Role
) -> None:
    for actor in (ANYONE, b.make_staff(role, b.BELU), b.make_staff(Role.PLANNER, b.BELTIM)):
        for deed in (
            lambda actor=actor: actions.add_commitment(actor, innovation, b.BUDGET, AGREED, b.TODAY, b.NOW),
            lambda actor=actor: actions.add_act(actor, innovation, b.DECREE, ActState.IN_FORCE, b.NOW),
            lambda actor=actor: actions.add_partner(actor, innovation, b.PARTNER, b.NOW),
            lambda actor=actor: actions.add_task(actor, innovation, TaskText("X", b.TODAY, agency_id=1), b.NOW),
        ):
            with pytest.raises(Denied):
                deed()


# The silo flag


def test_the_flag_goes_when_the_last_reason_goes_and_its_history_stays(planner: Actor, session: Session) -> None:
    innovation = b.make_innovation(planner)
    session.refresh(innovation)
    assert (len(innovation.silo_reasons.split(",")), innovation.silo_since) == (4, b.NOW)
    innovations.set_lead(planner, innovation, b.make_agency().id, None, LATER)
    for text in (b.PERSON, replace(b.PERSON, person="Yasinta Mali"), b.BUDGET):
        actions.add_commitment(planner, innovation, text, AGREED, b.TODAY, LATER)
    session.refresh(innovation)
    assert (innovation.silo_reasons, innovation.silo_since) == ("no_partner", b.NOW)
    assert [row.number for row in queries.worst(b.BELU, None).rows] == [innovation.number]
    actions.add_partner(planner, innovation, b.PARTNER, LATER)
    session.refresh(innovation)
    assert (innovation.silo_reasons, innovation.silo_since) == ("", None)
    assert queries.worst(b.BELU, None).rows == []
    history = [risks for _at, risks in queries.silo_history(innovation.id)]
    assert history[:2] == [(), (SiloRisk.NO_PARTNER,)]
    assert set(history[-1]) == set(SiloRisk)


def test_time_alone_brings_the_flag_back(planner: Actor, session: Session) -> None:
    innovation = b.make_adopted(planner)
    session.refresh(innovation)
    assert innovation.silo_reasons == ""
    assert actions.judge_all(0, b.NOW) == (innovation.id, 0)
    in_2028 = b.NOW + timedelta(days=500)
    assert actions.judge_all(0, in_2028) == (innovation.id, 1)
    session.refresh(innovation)
    assert (innovation.silo_reasons, innovation.silo_since) == ("no_budget", in_2028)
    assert actions.judge_all(innovation.id, in_2028) == (None, 0)


def test_what_was_stopped_has_no_flag(planner: Actor, innovation: Innovation, session: Session) -> None:
    innovations.stop(planner, innovation, REASON, "Sepakati biayanya lebih dulu.", LATER)
    session.refresh(innovation)
    assert innovation.silo_reasons == ""


def test_the_worst_come_in_pages_without_gaps_or_repeats(planner: Actor) -> None:
    found = [b.make_innovation(planner, f"INOVASI {number}") for number in range(5)]
    for one in found[:2]:
        actions.add_commitment(planner, one, b.BUDGET, AGREED, b.TODAY, b.NOW)
    seen, after = [], None
    while True:
        page = queries.worst(b.BELU, after, 2)
        seen += [row.name for row in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == [f"INOVASI {number}" for number in (2, 3, 4, 0, 1)]
    for nonsense in ("9-9-9", "1-99999999999999999-1", "x"):
        assert queries.worst(b.BELU, nonsense).rows is not None


# Warnings


def test_the_night_warns_once_however_often_it_runs(planner: Actor, session: Session) -> None:
    innovation = b.make_adopted(planner)
    text = CommitmentText(Resource.TECHNOLOGY, "Server", b.TODAY, b.TODAY + timedelta(days=100))
    actions.add_commitment(planner, innovation, text, AGREED, b.TODAY, b.NOW)
    ending = replace(b.REGULATION, number="6", expires=b.TODAY + timedelta(days=180))
    actions.add_act(planner, innovation, ending, ActState.IN_FORCE, b.NOW)
    assert actions.warn(0, b.NOW) == (innovation.id, 2)
    assert actions.warn(0, LATER) == (innovation.id, 0)
    assert actions.warn(innovation.id, LATER) == (None, 0)
    assert [one.ending.subject for one in queries.endings_soon(planner, b.TODAY)] == [Subject.TECHNOLOGY, Subject.ACT]
    assert session.scalar(select(func.count()).select_from(CoverWarning)) == 2
    follows = replace(text, title="Server baru", since=b.TODAY + timedelta(days=101), until=None)
    actions.add_commitment(planner, innovation, follows, AGREED, b.TODAY, b.NOW)
    assert [one.ending.subject for one in queries.endings_soon(planner, b.TODAY)] == [Subject.ACT]


def test_only_those_who_agreed_to_messages_are_written_to(planner: Actor, session: Session) -> None:
    innovation = b.make_innovation(planner)
    text = CommitmentText(Resource.TECHNOLOGY, "Server", b.TODAY, b.TODAY + timedelta(days=100))
    actions.add_commitment(planner, innovation, text, AGREED, b.TODAY, b.NOW)
    before = session.scalar(select(func.count()).select_from(Message))
    assert actions.warn(0, b.NOW)[1] == 1
    assert session.scalar(select(func.count()).select_from(Message)) == before


# Two at once


def test_the_same_partner_named_by_ten_at_once_stands_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        innovation = b.make_innovation(planner)
    answers = b.race(live_app, 10, lambda _n: actions.add_partner(planner, innovation, b.PARTNER, b.NOW).name)
    assert sorted(map(str, answers)) == ["Paroki", *["partner_twice"] * 9]
    with live_app.app_context():
        assert own_session.scalar(select(func.count()).select_from(Partner)) == 1


def test_of_two_who_withdraw_the_last_two_budgets_at_once_one_is_refused(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        innovation = b.make_adopted(planner)
        actions.add_commitment(planner, innovation, replace(b.BUDGET, amount=7), AGREED, b.TODAY, b.NOW)
        ids = [one.id for one in queries.commitments_of(innovation.id) if one.kind is Resource.BUDGET]

    def act(number: int) -> object:
        mine = queries.get_commitment(innovation.id, ids[number])
        return actions.withdraw_commitment(planner, innovation, mine, REASON, b.NOW).state

    answers = b.race(live_app, 2, act)
    assert sorted(map(str, answers)) == ["under_passed_gate", "withdrawn"]
    with live_app.app_context():
        left = own_session.scalars(select(Commitment.state).where(Commitment.id.in_(ids))).all()
        assert sorted(left) == ["agreed", "withdrawn"]


def test_two_nights_at_once_warn_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner = b.make_staff(Role.PLANNER, b.BELU)
        innovation = b.make_innovation(planner)
        text = CommitmentText(Resource.TECHNOLOGY, "Server", b.TODAY, b.TODAY + timedelta(days=100))
        actions.add_commitment(planner, innovation, text, AGREED, b.TODAY, b.NOW)
    answers = b.race(live_app, 4, lambda _n: actions.warn(0, b.NOW)[1])
    assert sorted(map(int, map(str, answers))) == [0, 0, 0, 1]
