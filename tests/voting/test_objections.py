"""Between the count and the certification: objections, their answers, and what may not happen before."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.kernel.actor import Actor, Level, Role
from app.kernel.outcomes import Denied, Refused
from app.proposals.models import Proposal
from app.proposals.rules import Status
from app.voting import actions, queries
from app.voting.models import Contest, Objection
from app.voting.rules.contest import ContestStatus, Refusal
from app.voting.rules.objections import (
    ObjectionRefusal,
    objection_window,
    refuse_answer,
    refuse_certify,
    refuse_objector,
)
from app.voting.words import tell_for_good
from tests import builders as b

TEXT = "Saya memilih dengan kertas, tetapi desa kami tercatat tanpa suara kertas."
ANSWER = "Suara kertas desa Anda ada di kelompok desa Makir; lihat tabel di halaman hasil."
DURING, AFTER = b.NOW + timedelta(days=1), b.NOW + timedelta(days=3)
KEYS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(10)]


@pytest.fixture
def planner(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.PLANNER, b.BELU)


@pytest.fixture
def contest(planner: Actor) -> Contest:
    contest = b.make_contest(planner=planner, objection_days=3)
    b.make_ballot(contest, [1, 2])
    return b.count_box(contest, planner)


def voter(level: Level = Level.ATTESTED) -> Actor:
    return b.actor_of(b.make_person(attested=level is Level.ATTESTED), b.NOW)


def objections_to(contest: Contest) -> Any:
    return queries.objections_to(contest.id)


def refusal(act: Any, *arguments: Any) -> Any:
    with pytest.raises(Refused) as refused:
        act(*arguments)
    return refused.value.reason


@pytest.mark.parametrize("status", ContestStatus)
@pytest.mark.parametrize("days", [0, 3])
@pytest.mark.parametrize("after", [0, 2, 3, 4])
def test_objections_are_taken_from_the_count_until_the_end_of_the_window(status: Any, days: int, after: int) -> None:
    actor = Actor(1, level=Level.ATTESTED, village_code=b.MAKIR)
    found = refuse_objector(actor, b.LAMAKNEN, status, objection_window(b.NOW, days), b.NOW + timedelta(days=after))
    is_right = status is ContestStatus.COUNTED and days == 3 and after < 3
    assert (found is None) == is_right


def test_only_attested_residents_of_the_region_object_and_not_without_end() -> None:
    window = objection_window(b.NOW, 3)
    counted = ContestStatus.COUNTED
    asked = [
        (Actor(1, level=Level.CONFIRMED, village_code=b.MAKIR), 0, ObjectionRefusal.NOT_ATTESTED),
        (Actor(1, level=Level.ATTESTED, village_code="53.04.02.2001"), 0, ObjectionRefusal.NOT_RESIDENT),
        (Actor(1, level=Level.ATTESTED, village_code=b.MAKIR), 5, ObjectionRefusal.ENOUGH),
        (Actor(1, level=Level.ATTESTED, village_code=b.MAKIR), 4, None),
    ]
    for actor, made, reason in asked:
        assert refuse_objector(actor, b.LAMAKNEN, counted, window, b.NOW, made=made) is reason


def test_an_answer_stands_and_is_somebody_elses() -> None:
    assert refuse_answer(Actor(1), 2, is_answered=False) is None
    assert refuse_answer(Actor(1), 1, is_answered=False) is ObjectionRefusal.OWN_OBJECTION
    assert refuse_answer(Actor(1), 2, is_answered=True) is ObjectionRefusal.ANSWERED


@pytest.mark.parametrize(
    ("days", "after", "unanswered", "reason"),
    [
        (3, 2, 0, ObjectionRefusal.WINDOW_OPEN),
        (3, 2, 1, ObjectionRefusal.WINDOW_OPEN),
        (3, 3, 1, ObjectionRefusal.UNANSWERED),
        (3, 3, 0, None),
        (0, 0, 0, None),
        (0, 0, 1, ObjectionRefusal.UNANSWERED),
    ],
)
def test_a_result_is_certified_after_the_window_with_everything_answered(
    days: int, after: int, unanswered: int, reason: Any
) -> None:
    assert refuse_certify(objection_window(b.NOW, days), unanswered, b.NOW + timedelta(days=after)) is reason


def test_an_objection_is_answered_in_public_before_anything_is_certified(contest: Contest, planner: Actor) -> None:
    actions.object_to(voter(), contest, TEXT, KEYS[0], DURING)
    assert refusal(actions.certify_contest, planner, contest, tell_for_good, DURING) is ObjectionRefusal.WINDOW_OPEN
    assert refusal(actions.certify_contest, planner, contest, tell_for_good, AFTER) is ObjectionRefusal.UNANSWERED
    (one,) = objections_to(contest)
    assert (one.text, one.answer, one.village) == (TEXT, "", "Makir")
    objection = queries.get_objection(contest.id, one.id)
    actions.answer_objection(planner, contest, objection, ANSWER, AFTER)
    assert refusal(actions.answer_objection, planner, contest, objection, "Lain.", AFTER) is ObjectionRefusal.ANSWERED
    actions.certify_contest(planner, contest, tell_for_good, AFTER)
    assert contest.status is ContestStatus.CERTIFIED
    assert objections_to(contest)[0].answer == ANSWER
    assert refusal(actions.object_to, voter(), contest, TEXT, KEYS[1], AFTER) is ObjectionRefusal.NOT_COUNTED


def test_the_same_form_sent_twice_is_one_objection(contest: Contest) -> None:
    actor = voter()
    for _time in range(2):
        actions.object_to(actor, contest, TEXT, KEYS[0], DURING)
    assert len(objections_to(contest)) == 1


def test_others_neither_object_nor_answer(contest: Contest, session: Session) -> None:
    assert refusal(actions.object_to, voter(Level.CONFIRMED), contest, TEXT, KEYS[0], DURING)
    actions.object_to(voter(), contest, TEXT, KEYS[0], DURING)
    objection = session.query(Objection).one()
    for other in (voter(), b.make_staff(Role.PLANNER, b.BELTIM), b.make_staff(Role.MODERATOR, b.BELU)):
        with pytest.raises(Denied):
            actions.answer_objection(other, contest, objection, ANSWER, DURING)


def test_winners_are_selected_and_the_rest_deferred_together(
    contest: Contest, planner: Actor, session: Session
) -> None:
    actions.certify_contest(planner, contest, tell_for_good, AFTER)
    states = {row.number: row.status for row in queries.options_of(contest.id)}
    assert states == {1: Status.SELECTED, 2: Status.SELECTED, 3: Status.DEFERRED}


def test_nobody_certifies_that_their_own_proposal_has_won(session: Session, planner: Actor) -> None:
    author = session.get_one(Person, planner.person_id)
    own = [b.make_published(author, title=title) for title in b.OPTION_TITLES]
    contest = b.make_contest(*own, planner=planner)
    b.make_ballot(contest, [1])
    b.count_box(contest, planner)
    assert refusal(actions.certify_contest, planner, contest, tell_for_good, b.NOW) is Refusal.OWN_PROPOSAL


def test_killed_while_certifying_nothing_is_half_done(
    contest: Contest, planner: Actor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = []

    def die(*arguments: Any, **more: Any) -> Any:
        moved.append(arguments)
        if len(moved) == 3:
            raise KeyboardInterrupt
        return kept(*arguments, **more)

    kept = actions.certifying.move_option
    monkeypatch.setattr(actions.certifying, "move_option", die)
    with pytest.raises(KeyboardInterrupt), session.begin_nested():
        actions.certify_contest(planner, contest, tell_for_good, AFTER)
    session.expire_all()
    assert contest.status is ContestStatus.COUNTED
    ids = [row.proposal_id for row in queries.options_of(contest.id)]
    assert {session.get_one(Proposal, id_).status for id_ in ids} == {Status.SHORTLISTED}
