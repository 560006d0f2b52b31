"""Paper on a real database: it wins over the envelope, is read by two and seen by a third, and blocks the close."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.actions import give_consent
from app.accounts.rules.consents import Mode, Purpose
from app.audit.models import AuditEntry
from app.db.session import session as own_session
from app.db.transaction import transaction
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.messages.models import Message
from app.voting import queries
from app.voting.actions import cast_ballot, close_contest
from app.voting.actions.papers import (
    change_stack,
    decide,
    finish_stack,
    mark_on_paper,
    register_stack,
    type_papers,
    unmark,
)
from app.voting.actions.telling import tell_replaced
from app.voting.models import Contest, Envelope, PaperBallot, PaperStack, RollEntry
from app.voting.queries import papers, roll
from app.voting.rules.ballots import BallotRefusal
from app.voting.rules.box import BoxRefusal
from app.voting.rules.contest import Channel
from app.voting.rules.papers import PaperRefusal, Reading, StackFacts, StackPlan, Stage
from tests import builders as b

AFTER = b.NOW + timedelta(days=6)
PLAN = StackPlan(b.MAKIR, "TPS 1", 3, 3)
UNSIGNED = "Daftar hadir belum dimasukkan."
READ = {1: [1], 2: [1, 2], 3: []}


class Desk:
    """An open contest in Lamaknen, three facilitators of Makir and a planner."""

    def __init__(self) -> None:
        b.make_world()
        self.planner = b.make_staff(Role.PLANNER, b.BELU)
        self.contest: Contest = b.make_contest(planner=self.planner)
        self.first, self.second, self.third = (b.make_staff(Role.FACILITATOR, b.MAKIR) for _ in range(3))

    def stack(self, plan: StackPlan = PLAN) -> int:
        return register_stack(self.first, self.contest.id, plan, b.NOW).id

    def type(self, actor: Actor, stack: int, read: dict[int, list[int]] = READ) -> Reading:
        return type_papers(actor, self.contest.id, stack, read, b.NOW)

    def facts(self, stack: int) -> StackFacts:
        return papers.get_stack(self.contest.id, stack).facts


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk()


def count(model: type) -> int:
    return own_session.scalar(select(func.count()).select_from(model)) or 0


# Who has voted on paper


def test_five_votes_by_phone_and_one_on_paper_count_once_and_as_paper(desk: Desk) -> None:
    voter = b.make_person(attested=True)
    for number in range(6):
        cast_ballot(b.actor_of(voter), desk.contest, [number % 3 + 1], b.NOW)
    assert mark_on_paper(desk.first, desk.contest.id, voter, b.NOW) is True
    entry = own_session.scalars(select(RollEntry)).one()
    assert (entry.channel, entry.village_code, entry.helper_id) == (Channel.PAPER, b.MAKIR, desk.first.person_id)
    assert queries.envelopes_in(desk.contest.id) == []
    stack = desk.stack(StackPlan(b.MAKIR, "TPS 1", 1, 1))
    desk.type(desk.first, stack, {1: [2]})
    desk.type(desk.second, stack, {1: [2]})
    finish_stack(desk.first, desk.contest.id, stack, "", b.NOW)
    counts = json.loads(close_contest(desk.planner, desk.contest, "", AFTER).counts or "")
    told = {name: counts[name] for name in ("accepted", "counted", "replaced", "superseded", "paper", "invalid_paper")}
    assert told == {"accepted": 6, "counted": 0, "replaced": 5, "superseded": 1, "paper": 1, "invalid_paper": 0}
    assert {"assisted": 0, "internet": 0, "paper": 1, "village": b.MAKIR} in counts["roll"]


def test_after_the_count_nothing_that_was_typed_stands_by_polling_place(desk: Desk) -> None:
    mark_on_paper(desk.first, desk.contest.id, b.make_person(attested=True), b.NOW)
    stack = desk.stack(StackPlan(b.MAKIR, "TPS 1", 1, 1))
    desk.type(desk.first, stack, {1: [2]})
    desk.type(desk.second, stack, {1: [2]})
    finish_stack(desk.first, desk.contest.id, stack, "", b.NOW)
    close_contest(desk.planner, desk.contest, "", AFTER)
    assert count(PaperBallot) == 1
    b.count_box(desk.contest, desk.planner, now=AFTER)
    assert count(PaperBallot) == 0
    assert [ballot.choices for ballot in queries.counted_ballots(desk.contest.id)] == [(2,)]


def test_who_is_on_paper_cannot_vote_by_phone_and_is_marked_once(desk: Desk) -> None:
    voter = b.make_person(attested=True)
    assert mark_on_paper(desk.first, desk.contest.id, voter, b.NOW) is False
    with pytest.raises(Refused, match=BallotRefusal.ALREADY_VOTED):
        cast_ballot(b.actor_of(voter), desk.contest, [1], b.NOW)
    with pytest.raises(Refused, match=PaperRefusal.ON_PAPER_ALREADY):
        mark_on_paper(desk.second, desk.contest.id, voter, b.NOW)
    assert (count(RollEntry), count(Envelope)) == (1, 0)


def test_a_wrong_line_is_taken_back_with_the_reason_and_the_person_votes(desk: Desk) -> None:
    voter = b.make_person(attested=True)
    cast_ballot(b.actor_of(voter), desk.contest, [1], b.NOW)
    mark_on_paper(desk.first, desk.contest.id, voter, b.NOW)
    unmark(desk.second, desk.contest.id, voter, "Namanya sama dengan tetangganya.", b.NOW)
    cast_ballot(b.actor_of(voter), desk.contest, [2], b.NOW)
    assert b.choices_in(desk.contest) == [[2]]
    entry = own_session.scalars(select(AuditEntry).where(AuditEntry.act == "unmark_paper_voter")).one()
    assert "tetangganya" in json.dumps(entry.facts)
    with pytest.raises(Refused, match=PaperRefusal.NOT_ON_PAPER):
        unmark(desk.second, desk.contest.id, voter, "Namanya sama dengan tetangganya.", b.NOW)
    assert json.loads(close_contest(desk.planner, desk.contest, "", AFTER).counts or "")["accepted"] == 2


def test_only_attested_residents_of_the_own_villages_are_marked(desk: Desk) -> None:
    with pytest.raises(Refused, match=BallotRefusal.NOT_VERIFIED):
        mark_on_paper(desk.first, desk.contest.id, b.make_person(), b.NOW)
    for other in (desk.planner, b.make_staff(Role.FACILITATOR, b.KEWAR), Actor()):
        with pytest.raises(Denied):
            mark_on_paper(other, desk.contest.id, b.make_person(attested=True), b.NOW)
    elsewhere = b.make_person(b.TOHE, attested=True)
    with pytest.raises(Refused, match=BallotRefusal.NOT_RESIDENT):
        mark_on_paper(b.make_staff(Role.FACILITATOR, b.TOHE), desk.contest.id, elsewhere, b.NOW)


def test_paper_is_marked_after_the_last_hour_but_not_after_the_close(desk: Desk) -> None:
    late, too_late = (b.make_person(attested=True) for _ in range(2))
    assert mark_on_paper(desk.first, desk.contest.id, late, AFTER) is False
    stack = desk.stack(StackPlan(b.MAKIR, "TPS 1", 1, 0))
    finish_stack(desk.first, desk.contest.id, stack, "Warga pulang tanpa memasukkan kertas.", AFTER)
    close_contest(desk.planner, desk.contest, "", AFTER)
    for act in (
        lambda: mark_on_paper(desk.first, desk.contest.id, too_late, AFTER),
        lambda: unmark(desk.first, desk.contest.id, late, "Salah orang sejak awal.", AFTER),
        lambda: desk.stack(StackPlan(b.MAKIR, "TPS 2", 1, 1)),
    ):
        with pytest.raises(Refused, match=PaperRefusal.NOT_OPENED):
            act()


# Stacks and their two readings


def test_two_people_type_every_paper_and_equal_readings_agree(desk: Desk) -> None:
    stack = desk.stack()
    assert desk.type(desk.first, stack, {1: [1], 2: [1, 2]}) is Reading.FIRST
    assert desk.type(desk.second, stack) is Reading.SECOND
    assert desk.type(desk.first, stack, {3: []}) is Reading.FIRST
    assert desk.facts(stack).stage is Stage.AGREED
    finish_stack(desk.third, desk.contest.id, stack, UNSIGNED, b.NOW)
    found = queries.papers_in(desk.contest.id)
    assert (found.valid, found.invalid) == ({b.MAKIR: [[1], [1, 2]]}, 1)
    with pytest.raises(Refused, match=PaperRefusal.FINISHED):
        desk.type(desk.third, stack)


def test_one_person_never_types_both_readings_and_the_database_refuses_it_too(desk: Desk) -> None:
    stack = desk.stack()
    desk.type(desk.first, stack)
    with pytest.raises(Refused, match=PaperRefusal.YOUR_READING_DONE):
        desk.type(desk.first, stack)
    desk.type(desk.second, stack, {1: [1]})
    with pytest.raises(Refused, match=PaperRefusal.TWO_TYPISTS):
        desk.type(desk.third, stack)
    own_session.get_one(PaperStack, stack).second_typist_id = desk.first.person_id
    with pytest.raises(IntegrityError):
        own_session.flush()


def test_a_reading_that_is_there_stays_as_it_is(desk: Desk) -> None:
    stack = desk.stack()
    desk.type(desk.first, stack, {1: [1]})
    desk.type(desk.first, stack, {1: [3], 99: [1]})
    rows = own_session.scalars(select(PaperBallot)).all()
    assert [(row.number, row.first) for row in rows] == [(1, [1])]


def test_a_difference_blocks_the_close_until_a_third_person_has_looked(desk: Desk) -> None:
    stack = desk.stack()
    desk.type(desk.first, stack)
    desk.type(desk.second, stack, READ | {2: [2]})
    assert desk.facts(stack).stage is Stage.DIFFERING
    with pytest.raises(Refused, match=PaperRefusal.DIFFERENCES_LEFT):
        finish_stack(desk.first, desk.contest.id, stack, "", b.NOW)
    with pytest.raises(Refused, match=BoxRefusal.PAPER_UNFINISHED):
        close_contest(desk.planner, desk.contest, "", AFTER)
    contest_id, why = desk.contest.id, "Coblosan kedua hanya lipatan."
    for typist in (desk.first, desk.second):
        with pytest.raises(Refused, match=PaperRefusal.YOU_TYPED):
            decide(typist, contest_id, stack, 2, [2], why, b.NOW)
    with pytest.raises(Refused, match=PaperRefusal.NOT_DIFFERENT):
        decide(desk.third, contest_id, stack, 1, [2], why, b.NOW)
    decide(desk.planner, contest_id, stack, 2, [2], why, b.NOW)
    paper = own_session.get_one(PaperBallot, (stack, 2))
    assert (paper.first, paper.second, paper.agreed, paper.reason) == ([1, 2], [2], [2], why)
    finish_stack(desk.first, desk.contest.id, stack, UNSIGNED, b.NOW)
    counts = json.loads(close_contest(desk.planner, desk.contest, "", AFTER).counts or "")
    assert (counts["paper"], counts["invalid_paper"]) == (2, 1)


def test_the_log_says_that_a_paper_was_decided_and_not_what_is_on_it(desk: Desk) -> None:
    stack = desk.stack()
    desk.type(desk.first, stack, {1: [1]})
    desk.type(desk.second, stack, {1: [3]})
    decide(desk.third, desk.contest.id, stack, 1, [3], "Angkanya tiga, bukan satu.", b.NOW)
    facts = own_session.scalars(select(AuditEntry.facts).where(AuditEntry.act == "decide_paper")).one()
    assert set(facts) == {"stack", "village", "number", "reason"}


def test_a_box_that_holds_more_than_was_signed_for_is_explained(desk: Desk) -> None:
    stack = desk.stack(StackPlan(b.MAKIR, "TPS 1", 2, 3))
    desk.type(desk.first, stack)
    desk.type(desk.second, stack)
    with pytest.raises(Refused, match=PaperRefusal.NOTE_MISSING):
        finish_stack(desk.first, desk.contest.id, stack, "Lebih.", b.NOW)
    finish_stack(desk.first, desk.contest.id, stack, "Satu warga lupa tanda tangan.", b.NOW)
    assert own_session.get_one(PaperStack, stack).note == "Satu warga lupa tanda tangan."


def test_papers_of_nobody_on_the_roll_are_explained_too(desk: Desk) -> None:
    stacks = [desk.stack(StackPlan(b.MAKIR, f"TPS {number}", 1, 1)) for number in (1, 2)]
    mark_on_paper(desk.first, desk.contest.id, b.make_person(attested=True), b.NOW)
    for stack in stacks:
        desk.type(desk.first, stack, {1: [1]})
        desk.type(desk.second, stack, {1: [1]})
        with pytest.raises(Refused, match=PaperRefusal.NOTE_MISSING):
            finish_stack(desk.first, desk.contest.id, stack, "", b.NOW)
    mark_on_paper(desk.first, desk.contest.id, b.make_person(attested=True), b.NOW)
    for stack in stacks:
        finish_stack(desk.first, desk.contest.id, stack, "", b.NOW)


def test_a_stack_is_mended_until_it_is_typed(desk: Desk) -> None:
    stack, contest_id = desk.stack(), desk.contest.id
    with pytest.raises(Refused, match=PaperRefusal.STATION_KNOWN):
        desk.stack(StackPlan(b.MAKIR, "tps 1", 5, 5))
    with pytest.raises(Refused, match=PaperRefusal.VILLAGE_ELSEWHERE):
        register_stack(desk.planner, contest_id, StackPlan(b.TOHE, "TPS 9", 5, 5), b.NOW)
    change_stack(desk.planner, contest_id, stack, StackPlan(b.MAKIR, "Balai desa", 4, 4), b.NOW)
    desk.type(desk.first, stack, {1: [1]})
    with pytest.raises(Refused, match=PaperRefusal.SIZE_TYPED):
        change_stack(desk.first, contest_id, stack, StackPlan(b.MAKIR, "Balai desa", 4, 3), b.NOW)
    change_stack(desk.first, contest_id, stack, StackPlan(b.MAKIR, "Balai desa", 5, 4), b.NOW)
    assert (desk.facts(stack).attendance, desk.facts(stack).size) == (5, 4)


def test_nobody_from_elsewhere_touches_a_stack(desk: Desk) -> None:
    stack, other = desk.stack(), b.make_staff(Role.FACILITATOR, b.KEWAR)
    contest_id = desk.contest.id
    for act in (
        lambda: desk.type(other, stack),
        lambda: register_stack(other, contest_id, PLAN, b.NOW),
        lambda: change_stack(other, contest_id, stack, PLAN, b.NOW),
        lambda: decide(other, contest_id, stack, 1, [1], "Begitu tertulis.", b.NOW),
        lambda: finish_stack(other, contest_id, stack, "", b.NOW),
    ):
        with pytest.raises(Denied):
            act()
    with pytest.raises(Missing):
        type_papers(desk.first, contest_id + 1, stack, READ, b.NOW)


# What the roll tells


def test_assisted_votes_are_told_by_helper_from_ten_on_and_more_than_thirty_a_day_stand_out(desk: Desk) -> None:
    for helper, votes in ((desk.first, 31), (desk.second, 10), (desk.third, 4)):
        for _vote in range(votes):
            cast_ballot(b.actor_of(b.make_person(attested=True)), desk.contest, [1], b.NOW, helper.person_id)
    b.make_ballots(desk.contest, [1], 5)
    assert [(one.votes, one.is_busy) for one in roll.helpers_of(desk.contest.id)] == [
        (31, True),
        (10, False),
        (4, False),
    ]
    shares = roll.assisted_shares(desk.contest.id)
    assert ([count for _village, count in shares.told], shares.others, shares.votes) == ([31, 10], 4, 50)


def test_whose_vote_was_replaced_is_told_once_a_day_and_without_a_choice(desk: Desk) -> None:
    voter = b.make_person(attested=True)
    give_consent(voter, Purpose.MESSAGES, Mode.SELF, None, b.NOW)
    cast_ballot(b.actor_of(voter), desk.contest, [1], b.NOW)
    evening = b.NOW.replace(hour=9, minute=5)  # 17.05 in Belu
    assert tell_replaced(evening) == 0
    cast_ballot(b.actor_of(voter), desk.contest, [2], b.NOW)
    assert tell_replaced(b.NOW) == 0  # at noon nobody is told: it would say when
    assert (tell_replaced(evening), tell_replaced(evening)) == (1, 1)
    message = own_session.scalars(select(Message)).one()
    assert message.written_at == evening
    assert roll.replaced_of(voter.id, b.NOW.date())[0].on == b.NOW.date()


# Races


def test_paper_and_phone_at_the_same_moment_leave_one_vote_and_it_is_on_paper(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        desk = Desk()
        contest, first, person = desk.contest, desk.first, b.make_person(attested=True)
        voter, contest_id = b.actor_of(person), desk.contest.id

    def act(number: int) -> object:
        if number == 5:
            return mark_on_paper(first, contest_id, person, b.NOW)
        return cast_ballot(voter, contest, [1], b.NOW).code

    answers = b.race(live_app, 10, act)
    assert isinstance(answers[5], bool)
    with live_app.app_context():
        assert own_session.scalars(select(RollEntry.channel)).all() == [Channel.PAPER]
        assert queries.envelopes_in(contest_id) == []
        replaced, superseded = queries.overtaken_in(contest_id)
        taken = sum(isinstance(answer, str) and len(answer) == 14 for answer in answers)
        assert replaced + superseded == taken
        assert answers.count(BallotRefusal.ALREADY_VOTED) == 9 - taken


def test_two_who_start_typing_at_once_get_two_readings(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        desk = Desk()
        stack, contest_id, typists = desk.stack(), desk.contest.id, (desk.first, desk.second, desk.third)
    answers = b.race(live_app, 3, lambda number: type_papers(typists[number], contest_id, stack, READ, b.NOW))
    assert sorted(str(answer) for answer in answers) == ["first", "second", PaperRefusal.TWO_TYPISTS]
    with live_app.app_context():
        assert papers.get_stack(contest_id, stack).facts.agreed == 3
