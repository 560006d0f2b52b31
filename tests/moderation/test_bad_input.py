"""What should not reach the desk, and two who act at the same moment."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.db.transaction import transaction
from app.inbox import queries as inbox
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Refused
from app.kernel.transitions import Transition
from app.moderation import actions, queries
from app.moderation.rules import Decision, Verdict, state_mark
from app.moderation.rules.refusals import Refusal
from app.moderation.rules.scoring import DEFAULT
from app.moderation.rules.verdicts import Level, LevelVerdict, Outcome
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.queries import timeline_of
from app.proposals.rules import Event, ReasonCode, Status
from tests import builders as b
from tests.client import Visitor

WHY = "Keduanya meminta pipa dari mata air yang sama."
POINTS = {one.code: 4 for one in DEFAULT if not one.is_automatic}
LATER = b.NOW + timedelta(days=1)


@pytest.fixture
def moderator(session: Session, client: Visitor) -> Actor:
    """A moderator of the whole installation, signed in."""
    b.make_world()
    made = b.make_staff(Role.MODERATOR, "")
    client.sign_in(b.person_of(made))
    return made


def mark(proposal: Proposal) -> str:
    return state_mark(proposal.status, proposal.held_since)


def heard(person: Person) -> list[Event | None]:
    """What stands in the inbox, the oldest first."""
    return [line.event for line in reversed(inbox.inbox(inbox.reader_of(person.id), None).rows)]


def test_across_regencies_nothing_is_merged(moderator: Actor, client: Visitor) -> None:
    theirs = frozenset({b.make_misi(b.BELTIM)[0].id})
    b.make_cycle(b.BELTIM)
    merged, into = b.make_published(), b.make_published(b.make_person(b.LALANG), misi_ids=theirs)
    with pytest.raises(Refused, match=Refusal.OTHER_REGENCY):
        actions.merge(moderator, merged, into, mark(merged), WHY, b.NOW)
    address = f"/meja/{merged.number}/gabung?ke={into.number}"
    assert "ada di kabupaten lain" in client.submit(address, {"reason": WHY}).text


def test_on_what_is_merged_no_level_speaks_and_nobody_gives_points(moderator: Actor, client: Visitor) -> None:
    merged, into = b.make_published(), b.make_published()
    actions.merge(moderator, merged, into, mark(merged), WHY, b.NOW)
    with pytest.raises(Refused, match=Refusal.TAKES_NO_VERDICT):
        actions.judge(moderator, merged, LevelVerdict(Level.VILLAGE, Outcome.ACCEPT, mark(merged)), b.NOW)
    with pytest.raises(Refused, match=Refusal.NOT_YET_SCORED):
        actions.assess(moderator, merged, POINTS, b.NOW)
    assert "Simpan putusan" not in client.get(f"/meja/{merged.number}/putusan").text


@pytest.mark.parametrize("points", [{"K1": 0}, {"K1": 6}, {"K1": -1}, {"K9": 3}, {"K6": 5}])
def test_points_out_of_range_are_refused(moderator: Actor, points: dict[str, int]) -> None:
    proposal = b.make_published()
    with pytest.raises(Refused, match=Refusal.POINTS_MISSING):
        actions.assess(moderator, proposal, POINTS | points, b.NOW)
    assert queries.own_points(proposal.id, moderator.person_id) == {}


@pytest.mark.parametrize("text", ["NIK pemiliknya 5304015705880004.", "Telepon dia di 0812 3456 7890."])
def test_a_note_holds_no_number_of_a_person(moderator: Actor, client: Visitor, text: str) -> None:
    proposal = b.make_proposal()
    answer = client.submit(f"/meja/{proposal.number}/catatan", {"text": text})
    assert answer.status_code == 422
    assert queries.notes_on(proposal.id) == []


def test_both_authors_are_told_of_a_merge_and_of_its_end(moderator: Actor) -> None:
    one, other = b.make_person(), b.make_person(b.KEWAR)
    merged, into = b.make_published(one), b.make_published(other)
    united = actions.merge(moderator, merged, into, mark(merged), WHY, LATER)
    actions.separate(moderator, united.id, LATER)
    assert heard(one)[-2:] == [Event.MERGE, Event.SEPARATE]
    assert heard(other)[-2:] == [Event.TAKE_IN, Event.GIVE_BACK]


# At the same moment


def test_of_two_appeals_at_once_one_is_taken(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        author = b.make_person()
        proposal = b.make_proposal(author)
        moderator = b.make_staff(Role.MODERATOR, b.LAMAKNEN)
        move(moderator, proposal, Event.REJECT, b.NOW, code=ReasonCode.DUPLICATE, reason=WHY)
        actor = b.actor_of(author)

    def act(_index: int) -> str:
        actions.appeal(actor, proposal, "Bak itu milik desa tetangga.", LATER)
        return "taken"

    assert sorted(map(str, b.race(live_app, 2, act))) == [Transition.NOT_NOW, "taken"]


def test_of_two_undos_at_once_one_undoes(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        moderator, chosen = b.make_staff(Role.MODERATOR, b.LAMAKNEN), [b.make_proposal() for _each in range(3)]
        seen = {str(one.number): mark(one) for one in chosen}
        batch = actions.decide_many(moderator, seen, Verdict(Decision.PUBLISH, ""), b.NOW).batch_id

    outcomes = b.race(live_app, 2, lambda _index: len(actions.undo_batch(moderator, batch, b.NOW).changed))
    assert sorted(map(str, outcomes)) == ["3", Refusal.UNDONE_ALREADY]
    with live_app.app_context():
        assert [len(timeline_of(one.id)) for one in chosen] == [3, 3, 3]


def test_of_an_undo_and_a_verdict_at_once_neither_overwrites_the_other(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        moderator, proposal = b.make_staff(Role.MODERATOR, b.LAMAKNEN), b.make_proposal()
        seen = {str(proposal.number): mark(proposal)}
        batch = actions.decide_many(moderator, seen, Verdict(Decision.PUBLISH, ""), b.NOW).batch_id
        said = LevelVerdict(Level.VILLAGE, Outcome.ACCEPT, mark(proposal))

    def act(index: int) -> str:
        if index:
            actions.judge(moderator, proposal, said, LATER)
            return "judged"
        return "undone" if actions.undo_batch(moderator, batch, b.NOW).changed else "skipped"

    undo, verdict = b.race(live_app, 2, act)
    assert (undo, verdict) in [("skipped", "judged"), ("undone", "changed_meanwhile")]


def test_of_two_who_bring_the_deferred_back_at_once_each_comes_back_once(live_app: Flask) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        planner, proposals = b.make_staff(Role.PLANNER, b.BELU), [b.make_published() for _each in range(4)]
        for one in proposals:
            move(planner, one, Event.DEFER, b.NOW, code=ReasonCode.OVER_CEILING, reason="Dana tahun ini habis.")
        b.make_cycle(plan_year=2029, now=b.NOW + timedelta(days=365))

    outcomes = b.race(live_app, 2, lambda _index: actions.reopen_deferred(planner, b.BELU, b.NOW + timedelta(days=365)))
    assert sorted(outcomes, key=str) == [0, 4]
    with live_app.app_context():
        found = queries.by_numbers([str(one.number) for one in proposals])
        assert {one.status for one in found} == {Status.PUBLISHED}
        assert [[step.event for step in timeline_of(one.id)].count(Event.REOPEN) for one in found] == [1] * 4
