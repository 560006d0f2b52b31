"""The same answer for many, one way back, and who has what in hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.db.transaction import transaction
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Missing, Refused
from app.moderation import actions, queries
from app.moderation.queries import Asked
from app.moderation.rules import Decision, Verdict, state_mark
from app.moderation.rules.bulk import MOST, UNDO_FOR, refuse_batch, refuse_undo
from app.moderation.rules.refusals import Refusal
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.queries import timeline_of
from app.proposals.rules import Event, ReasonCode, Status
from app.proposals.rules import Refusal as ProposalRefusal
from tests import builders as b

DAY = timedelta(days=1)
WHY = "Tulis nama dusun dan patokan yang dekat."
PUBLISH = Verdict(Decision.PUBLISH, "")
REJECT = Verdict(Decision.REJECT, "", ReasonCode.ALREADY_BUILT, WHY)


@pytest.fixture
def moderator(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.MODERATOR, b.LAMAKNEN)


def seen(*proposals: Proposal) -> dict[str, str]:
    return {str(one.number): state_mark(one.status, one.held_since) for one in proposals}


@pytest.mark.parametrize(
    ("count", "refusal"), [(0, Refusal.NOTHING_CHOSEN), (1, None), (MOST, None), (MOST + 1, Refusal.TOO_MANY)]
)
def test_some_and_not_too_many(count: int, refusal: Refusal | None) -> None:
    assert refuse_batch([str(n) for n in range(count)]) is refusal


def test_it_is_taken_back_once_and_within_the_hour() -> None:
    last = UNDO_FOR - timedelta(microseconds=1)
    assert refuse_undo(b.NOW, None, b.NOW + last) is None
    assert refuse_undo(b.NOW, None, b.NOW + UNDO_FOR) is Refusal.TOO_LATE_TO_UNDO
    assert refuse_undo(b.NOW, b.NOW, b.NOW) is Refusal.UNDONE_ALREADY


@pytest.mark.parametrize(("verdict", "status"), [(PUBLISH, Status.PUBLISHED), (REJECT, Status.REJECTED)])
def test_many_are_answered_and_taken_back_with_their_old_clocks(
    moderator: Actor, verdict: Verdict, status: Status
) -> None:
    chosen = [b.make_proposal(now=b.NOW - days * DAY) for days in (9, 2, 1)]
    before = [(one.status, one.held_since, one.held_until, one.public_since) for one in chosen]
    done = actions.decide_many(moderator, seen(*chosen), verdict, b.NOW)
    assert ([one.status for one in chosen], done.skipped) == ([status] * 3, ())
    undone = actions.undo_batch(moderator, done.batch_id, b.NOW + UNDO_FOR / 2)
    assert [(one.status, one.held_since, one.held_until, one.public_since) for one in chosen] == before
    assert undone.changed == done.changed
    assert [entry.event for entry in timeline_of(chosen[0].id)] == [
        Event.SUBMIT,
        Event.PUBLISH if verdict is PUBLISH else Event.REJECT,
        Event.UNDO,
    ]


def test_what_changed_meanwhile_or_lies_elsewhere_is_skipped_and_told(moderator: Actor) -> None:
    author = b.make_person()
    fine, withdrawn, elsewhere = b.make_proposal(), b.make_proposal(author), b.make_proposal(b.make_person(b.TOHE))
    asked = seen(fine, withdrawn, elsewhere) | {"BLU-28-99999": "x"}
    move(b.actor_of(author), withdrawn, Event.WITHDRAW, b.NOW)
    done = actions.decide_many(moderator, asked, PUBLISH, b.NOW)
    assert done.changed == (fine.number,)
    assert set(done.skipped) == {withdrawn.number, elsewhere.number, "BLU-28-99999"}
    assert elsewhere.status is Status.SUBMITTED


def test_what_has_moved_on_is_not_taken_back(moderator: Actor) -> None:
    moved, still = b.make_proposal(), b.make_proposal()
    done = actions.decide_many(moderator, seen(moved, still), PUBLISH, b.NOW)
    move(b.make_staff(Role.PLANNER, b.BELU), moved, Event.SHORTLIST, b.NOW + timedelta(minutes=1))
    undone = actions.undo_batch(moderator, done.batch_id, b.NOW + timedelta(minutes=2))
    assert (undone.changed, undone.skipped) == ((still.number,), (moved.number,))
    assert moved.status is Status.SHORTLISTED


def test_a_batch_is_taken_back_by_whoever_gave_it(moderator: Actor) -> None:
    done = actions.decide_many(moderator, seen(b.make_proposal()), PUBLISH, b.NOW)
    with pytest.raises(Missing):
        actions.undo_batch(b.make_staff(Role.MODERATOR, b.BELU), done.batch_id, b.NOW)
    actions.undo_batch(moderator, done.batch_id, b.NOW)
    with pytest.raises(Refused, match=Refusal.UNDONE_ALREADY):
        actions.undo_batch(moderator, done.batch_id, b.NOW)


def test_a_no_for_many_needs_its_reason_too(moderator: Actor) -> None:
    proposal = b.make_proposal()
    with pytest.raises(Refused, match=ProposalRefusal.REASON_MISSING):
        actions.decide_many(moderator, seen(proposal), Verdict(Decision.REJECT, ""), b.NOW)


def test_of_a_batch_and_a_single_answer_at_once_each_proposal_gets_one(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        chosen = [b.make_proposal() for _each in range(4)]
        asked = seen(*chosen)
        moderators = [b.make_staff(Role.MODERATOR, b.LAMAKNEN), b.make_staff(Role.MODERATOR, b.BELU)]
        single = Verdict(Decision.REJECT, asked[str(chosen[2].number)], ReasonCode.DUPLICATE, WHY)

    def act(index: int) -> str:
        with transaction():
            if index:
                actions.decide(moderators[1], chosen[2], single, b.NOW)
                return "single"
            return ",".join(actions.decide_many(moderators[0], asked, PUBLISH, b.NOW).skipped)

    skipped, alone = (getattr(outcome, "reason", outcome) for outcome in at_once(act, 2))
    with live_app.app_context():
        steps = [len(timeline_of(one.id)) for one in chosen]
    assert steps == [2, 2, 2, 2]
    assert (skipped, alone) in [("", ProposalRefusal.CHANGED_MEANWHILE), (chosen[2].number, "single")]


# In hand


def test_taking_giving_back_and_handing_over(moderator: Actor) -> None:
    proposal, colleague = b.make_proposal(), b.make_staff(Role.MODERATOR, b.BELU)
    actions.take(moderator, proposal, b.NOW)
    actions.take(moderator, proposal, b.NOW)  # again is no harm
    with pytest.raises(Refused, match=Refusal.TAKEN):
        actions.take(colleague, proposal, b.NOW)
    with pytest.raises(Refused, match=Refusal.NOT_YOURS):
        actions.give_back(colleague, proposal, b.NOW)
    actions.hand_over(moderator, proposal, colleague, b.NOW)
    assert queries.assignments_of([proposal.id])[proposal.id][0] == colleague.person_id
    actions.give_back(colleague, proposal, b.NOW)
    assert queries.assignments_of([proposal.id]) == {}


def test_it_is_handed_only_to_who_may_answer_it(moderator: Actor) -> None:
    proposal = b.make_proposal()
    for other in (b.make_staff(Role.MODERATOR, b.RAIHAT), b.make_staff(Role.PLANNER, b.BELU)):
        with pytest.raises(Refused, match=Refusal.NO_COLLEAGUE):
            actions.hand_over(moderator, proposal, other, b.NOW)
    with pytest.raises(Denied):
        actions.take(b.make_staff(Role.MODERATOR, b.RAIHAT), proposal, b.NOW)


def test_the_queue_knows_what_is_mine_and_what_is_nobodys(moderator: Actor) -> None:
    mine, free = b.make_proposal(), b.make_proposal()
    actions.take(moderator, mine, b.NOW)
    scopes = [b.BELU]
    held = queries.waiting_in(scopes, Asked(mine_id=moderator.person_id)).rows
    assert [(one.row.number, one.holder_id) for one in held] == [(mine.number, moderator.person_id)]
    assert [one.row.number for one in queries.waiting_in(scopes, Asked(is_free=True)).rows] == [free.number]
    load = queries.load_of(scopes, b.NOW, moderator.person_id or 0)
    assert (load.waiting, load.mine, load.free) == (2, 1, 1)


def test_of_two_who_take_it_at_once_one_has_it(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        proposal = b.make_proposal()
        moderators = [b.make_staff(Role.MODERATOR, scope) for scope in (b.LAMAKNEN, b.BELU, b.MAKIR)]

    def act(index: int) -> str:
        with transaction():
            actions.take(moderators[index], proposal, b.NOW)
        return "taken"

    outcomes = [str(getattr(outcome, "reason", outcome)) for outcome in at_once(act, 3)]
    assert sorted(outcomes) == [Refusal.TAKEN, Refusal.TAKEN, "taken"]
