"""Uniting and parting: everybody's support is counted once and comes back exactly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.accounts.models import Person
from app.db.transaction import transaction
from app.discussion import actions as discussion
from app.discussion.models import Follow, Support
from app.discussion.rules.comments import Stance, Words
from app.discussion.rules.follows import Topic
from app.files import actions as files
from app.files.queries import photos_of
from app.files.rules import Size
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Denied, Refused
from app.moderation import actions, queries
from app.moderation.actions.splitting import Piece
from app.moderation.models import Merge
from app.moderation.rules import state_mark
from app.moderation.rules.merging import Side, refuse_merge, refuse_separation, refuse_split
from app.moderation.rules.refusals import Refusal
from app.proposals.actions import move, revise
from app.proposals.models import Proposal
from app.proposals.queries import answers_of, timeline_of, versions_of
from app.proposals.rules import Event, Status
from app.proposals.rules import Refusal as ProposalRefusal
from tests import builders as b
from tests.client import Visitor
from tests.files.pictures import photo
from tests.proposals import world

WHY = "Keduanya meminta pipa dari mata air yang sama."
DAY = timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
def moderator(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.MODERATOR, b.BELU)


def mark(proposal: Proposal) -> str:
    return state_mark(proposal.status, proposal.held_since)


def unite(moderator: Actor, merged: Proposal, into: Proposal) -> Merge:
    return actions.merge(moderator, merged, into, mark(merged), WHY, b.NOW)


def supporters(session: Session, proposal: Proposal) -> set[int]:
    return set(session.scalars(select(Support.person_id).where(Support.proposal_id == proposal.id)))


def back(person: Person, *proposals: Proposal) -> None:
    for proposal in proposals:
        discussion.support(b.actor_of(person), proposal, b.NOW)


# Rules


@pytest.mark.parametrize("status", Status)
def test_what_waits_or_is_public_can_be_merged_and_nothing_else(status: Status) -> None:
    merged, into = Side(1, b.BELU, status, True), Side(2, b.BELU, Status.PUBLISHED, True)
    expected = None if status in (Status.SUBMITTED, Status.PUBLISHED) else Refusal.NOT_MERGEABLE
    assert refuse_merge(merged, into) is expected


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("is_public", [True, False])
def test_only_what_is_open_to_all_takes_another_in(status: Status, is_public: bool) -> None:
    merged, into = Side(1, b.BELU, Status.SUBMITTED, False), Side(2, b.BELU, status, is_public)
    expected = None if status is Status.PUBLISHED and is_public else Refusal.INTO_NOT_PUBLIC
    assert refuse_merge(merged, into) is expected


def test_neither_with_itself_nor_across_regencies_nor_in_a_circle() -> None:
    one = Side(1, b.BELU, Status.PUBLISHED, True)
    assert refuse_merge(one, one) is Refusal.ITSELF
    assert refuse_merge(one, Side(2, b.BELTIM, Status.PUBLISHED, True)) is Refusal.OTHER_REGENCY
    assert refuse_merge(one, Side(2, b.BELU, Status.MERGED, True, (3, 1))) is Refusal.IN_CIRCLE


@pytest.mark.parametrize("into", Status)
def test_it_can_be_parted_for_seven_days_exactly(into: Status) -> None:
    last = WEEK - timedelta(microseconds=1)
    expected = Refusal.INTO_MERGED_ON if into is Status.MERGED else None
    assert refuse_separation(b.NOW, into, b.NOW + last, is_undone=False) is expected
    assert refuse_separation(b.NOW, into, b.NOW + WEEK, is_undone=False) is (expected or Refusal.TOO_LATE_TO_SEPARATE)
    assert refuse_separation(b.NOW, into, b.NOW, is_undone=True) is Refusal.SEPARATED_ALREADY


@pytest.mark.parametrize("status", Status)
def test_only_what_nobody_can_have_supported_is_split(status: Status) -> None:
    assert (refuse_split(status) is None) is (status is Status.SUBMITTED)


# Actions


def test_supports_are_united_one_a_person_and_come_back(moderator: Actor, session: Session) -> None:
    merged, into = b.make_published(), b.make_published()
    both, one, other = (b.make_person(b.KEWAR) for _each in range(3))
    back(both, merged, into)
    back(one, merged)
    back(other, into)
    united = unite(moderator, merged, into)
    assert supporters(session, into) == {both.id, one.id, other.id}
    assert (into.support_count, merged.support_count, merged.status) == (3, 2, Status.MERGED)
    assert timeline_of(merged.id)[-1].facts["number"] == into.number
    assert (timeline_of(into.id)[-1].event, timeline_of(into.id)[-1].facts["number"]) == (Event.TAKE_IN, merged.number)
    actions.separate(moderator, united.id, b.NOW + WEEK - timedelta(seconds=1))
    assert supporters(session, into) == {both.id, other.id}
    assert supporters(session, merged) == {both.id, one.id}
    assert (into.support_count, merged.support_count, merged.status) == (2, 2, Status.PUBLISHED)
    assert [entry.event for entry in (timeline_of(merged.id)[-1], timeline_of(into.id)[-1])] == [
        Event.SEPARATE,
        Event.GIVE_BACK,
    ]


def test_after_seven_days_nothing_is_parted_and_never_twice(moderator: Actor) -> None:
    first, second, into = (b.make_published() for _each in range(3))
    late, early = unite(moderator, first, into), unite(moderator, second, into)
    with pytest.raises(Refused, match=Refusal.TOO_LATE_TO_SEPARATE):
        actions.separate(moderator, late.id, b.NOW + WEEK)
    actions.separate(moderator, early.id, b.NOW + DAY)
    with pytest.raises(Refused, match=Refusal.SEPARATED_ALREADY):
        actions.separate(moderator, early.id, b.NOW + DAY)


def test_what_had_waited_waits_again_with_its_old_clock(moderator: Actor) -> None:
    waiting, into = b.make_proposal(now=b.NOW - 9 * DAY), b.make_published()
    before = (waiting.held_since, waiting.held_until, waiting.public_since)
    united = unite(moderator, waiting, into)
    assert waiting.public_since is None
    actions.separate(moderator, united.id, b.NOW + DAY)
    assert (waiting.held_since, waiting.held_until, waiting.public_since) == before
    assert waiting.status is Status.SUBMITTED


def test_who_takes_support_back_after_the_merge_has_taken_it_back(moderator: Actor, session: Session) -> None:
    merged, into, person = b.make_published(), b.make_published(), b.make_person()
    back(person, merged)
    united = unite(moderator, merged, into)
    discussion.take_back(b.actor_of(person), into, b.NOW)
    assert supporters(session, into) == set()
    actions.separate(moderator, united.id, b.NOW + DAY)
    assert (supporters(session, into), into.support_count) == (set(), 0)
    assert supporters(session, merged) == {person.id}


def test_who_came_with_two_merges_stays_with_the_other_one(moderator: Actor, session: Session) -> None:
    first, second, into, person = *(b.make_published() for _each in range(3)), b.make_person()
    back(person, first, second)
    one, other = unite(moderator, first, into), unite(moderator, second, into)
    assert into.support_count == 1
    actions.separate(moderator, one.id, b.NOW + DAY)
    assert (supporters(session, into), into.support_count) == ({person.id}, 1)
    actions.separate(moderator, other.id, b.NOW + DAY)
    assert (supporters(session, into), into.support_count) == (set(), 0)


def test_a_chain_is_parted_from_its_end(moderator: Actor, session: Session) -> None:
    first, second, third = (b.make_published() for _each in range(3))
    person = b.make_person()
    back(person, first)
    one, other = unite(moderator, first, second), unite(moderator, second, third)
    with pytest.raises(Refused, match=Refusal.INTO_MERGED_ON):
        actions.separate(moderator, one.id, b.NOW + DAY)
    with pytest.raises(Refused, match=Refusal.IN_CIRCLE):
        unite(moderator, third, first)
    actions.separate(moderator, other.id, b.NOW + DAY)
    assert (third.support_count, second.support_count) == (0, 1)
    actions.separate(moderator, one.id, b.NOW + DAY)
    assert [supporters(session, each) for each in (first, second, third)] == [{person.id}, set(), set()]


Givings = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=14, unique=True)
Parting = st.permutations(range(3))


@given(givings=Givings, order=Parting)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_supported_before_is_supported_again(
    moderator: Actor, session: Session, givings: list[tuple[int, int]], order: list[int]
) -> None:
    """Three proposals go into a fourth and come out again in any order."""
    with session.begin_nested() as everything:
        people = [b.make_person() for _each in range(5)]
        proposals = [b.make_published() for _each in range(4)]
        for person, proposal in givings:
            back(people[person], proposals[proposal])
        before = [supporters(session, each) for each in proposals]
        merges = [unite(moderator, each, proposals[3]) for each in proposals[:3]]
        assert supporters(session, proposals[3]) == set().union(*before)
        assert proposals[3].support_count == len(set().union(*before))
        for index in order:
            actions.separate(moderator, merges[index].id, b.NOW + DAY)
        assert [supporters(session, each) for each in proposals] == before
        assert [each.support_count for each in proposals] == [len(each) for each in before]
        everything.rollback()


def test_only_who_may_answer_both_unites_them(moderator: Actor) -> None:
    merged, into = b.make_published(), b.make_published(b.make_person(b.TOHE))
    with pytest.raises(Denied):
        unite(b.make_staff(Role.MODERATOR, b.LAMAKNEN), merged, into)
    author = b.make_person()
    b.grant_role(author, Role.MODERATOR, b.BELU)
    own = b.make_published(author)
    with pytest.raises(Denied):
        unite(b.actor_of(author), merged, own)


def test_a_merge_on_an_older_state_is_refused(moderator: Actor) -> None:
    author = b.make_person()
    merged, into = b.make_published(author), b.make_published()
    seen = mark(merged)
    move(b.actor_of(author), merged, Event.WITHDRAW, b.NOW + DAY)
    with pytest.raises(Refused, match=ProposalRefusal.CHANGED_MEANWHILE):
        actions.merge(moderator, merged, into, seen, WHY, b.NOW + DAY)


def test_of_two_merges_the_other_way_round_at_once_one_happens(
    live_app: Flask, at_once: Callable[[Callable[[int], Any], int], list[Any]]
) -> None:
    with live_app.app_context(), transaction():
        b.make_world()
        pair = [b.make_published(), b.make_published()]
        person = b.make_person()
        back(person, *pair)
        moderators = [b.make_staff(Role.MODERATOR, b.LAMAKNEN), b.make_staff(Role.MODERATOR, b.BELU)]
        seen = [mark(one) for one in pair]

    def act(index: int) -> str:
        with transaction():
            actions.merge(moderators[index], pair[index], pair[1 - index], seen[index], WHY, b.NOW)
        return "merged"

    outcomes = sorted(str(getattr(outcome, "reason", outcome)) for outcome in at_once(act, 2))
    assert outcomes == sorted(["merged", Refusal.IN_CIRCLE])
    with live_app.app_context():
        found = queries.by_numbers([str(one.number) for one in pair])
        assert sorted(one.status for one in found) == [Status.MERGED, Status.PUBLISHED]
        assert [one.support_count for one in found] == [1, 1]


# Splitting

PIECES = (
    Piece("Pipa air bersih dari mata air", "Pasang pipa ke bak penampung.", 1200, "meter", 100_000_000),
    Piece("Bak penampung air di Fatubesi", "Bangun satu bak penampung air.", 1, "unit", 48_000_000),
)


def test_one_becomes_two_that_know_of_each_other(moderator: Actor) -> None:
    whole = b.make_proposal(now=b.NOW - 3 * DAY)
    since, title = whole.held_since, whole.title
    key = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    part = actions.split(moderator, whole, mark(whole), PIECES, key, b.NOW)
    assert (whole.title, part.title) == (PIECES[0].title, PIECES[1].title)
    assert (part.number, part.author_id, part.village_code) != (whole.number, None, None)
    assert (part.status, part.held_since, part.held_until) == (Status.SUBMITTED, since, whole.held_until)
    told = timeline_of(whole.id)[-1]
    assert (told.event, told.facts["number"], told.facts["version"]) == (Event.SPLIT, part.number, 2)
    (former,) = versions_of(whole.id)
    assert (former.content["title"], former.written_by_id) == (title, whole.author_id)
    assert timeline_of(part.id)[0].facts["number"] == whole.number
    again = actions.split(moderator, whole, "old", PIECES, key, b.NOW)
    assert again.id == part.id


def test_each_part_keeps_the_place_the_group_and_the_photos_and_the_entry_with_its_unit(session: Session) -> None:
    world.make_world()
    moderator, author, entry = b.make_staff(Role.MODERATOR, b.LAMAKNEN), b.make_person(), world.entry("K001")
    pin = {"latitude": world.HOME.latitude, "longitude": world.HOME.longitude}
    group = {"group_name": "Tani Maju", "group_registration": "12/KT/2020"}
    whole = b.make_proposal(author, entry_id=entry.id, unit=entry.unit, **pin, **group)
    sent = [FileStorage(BytesIO(photo(colour)), "jalan.jpg") for colour in ("teal", "navy")]
    files.hang(files.take(b.actor_of(author), sent, [], b.NOW).pictures, "proposal", whole.id, author.id, b.NOW)
    first, second = (replace(piece, unit=unit) for piece, unit in zip(PIECES, (entry.unit, "unit"), strict=True))
    copies = files.copies_of("proposal", whole.id)
    part = actions.split(moderator, whole, mark(whole), (first, second), str(uuid4()), b.NOW, copies)
    for one in (whole, part):
        assert (one.latitude, one.longitude, one.group_name) == (*pin.values(), "Tani Maju")
        shown = photos_of("proposal", [one.id])[one.id]
        assert len(shown) == 2
        assert all(files.storage().get(each.name(size)) for each in shown for size in Size)
    assert (whole.entry_id, part.entry_id) == (entry.id, None)


def test_the_text_before_a_split_is_read_word_by_word(moderator: Actor, client: Visitor) -> None:
    author = b.make_person()
    whole = b.make_proposal(author)
    actions.split(moderator, whole, mark(whole), PIECES, str(uuid4()), b.NOW)
    client.sign_in(author)
    page = client.get(f"/belu/usulan/{whole.number}/riwayat-teks").text
    assert "<del>" in page
    assert "148.000.000" in page
    move(moderator, whole, Event.PUBLISH, b.NOW)
    revise(b.actor_of(author), whole, replace(answers_of(whole), hamlet="Weluli"), b.NOW + DAY)
    assert [one.number for one in versions_of(whole.id)] == [1, 2]
    assert versions_of(whole.id)[1].written_by_id == moderator.person_id


def test_what_is_public_is_not_split(moderator: Actor) -> None:
    whole = b.make_published()
    with pytest.raises(Refused, match=Refusal.NOT_SPLITTABLE):
        actions.split(moderator, whole, mark(whole), PIECES, "k", b.NOW)


# What else hangs on a proposal


def test_comments_and_followers_go_over_and_come_back(moderator: Actor, session: Session) -> None:
    merged, into = b.make_published(), b.make_published()
    talker, follower = b.actor_of(b.make_person()), b.actor_of(b.make_person())
    said = discussion.write_comment(talker, merged, Words("Kami perlu air.", Stance.FOR), str(uuid4()), b.NOW)
    for one in (merged, into):
        discussion.follow(talker, Topic.PROPOSAL, str(one.id), b.BELU, b.NOW)
    discussion.follow(follower, Topic.PROPOSAL, str(merged.id), b.BELU, b.NOW)
    united = unite(moderator, merged, into)
    assert (said.proposal_id, followers(session, into)) == (into.id, {talker.person_id, follower.person_id})
    actions.separate(moderator, united.id, b.NOW + DAY)
    session.expire_all()
    assert (said.proposal_id, followers(session, into)) == (merged.id, {talker.person_id})
    assert followers(session, merged) == {talker.person_id, follower.person_id}


def followers(session: Session, proposal: Proposal) -> set[int]:
    asked = select(Follow.person_id).where(Follow.kind == Topic.PROPOSAL, Follow.ref == str(proposal.id))
    return set(session.scalars(asked))
