"""Writing news once however many follow, and gathering what concerns a person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.db.session import session as db
from app.discussion import actions as discussion
from app.discussion.models import Comment, Follow
from app.discussion.rules.comments import Stance, Voice, Words
from app.discussion.rules.follows import MOST_FOLLOWED, Topic
from app.inbox import actions, queries
from app.inbox.models import News, NewsFor, NewsTopic
from app.inbox.queries import NewsLine
from app.inbox.rules import NewsKind
from app.kernel.actor import Actor, Role
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.rules import Event, ReasonCode
from tests import builders as b

REASON = "Lokasinya belum jelas, tolong sebutkan dusunnya."
DAY = timedelta(days=1)
BEFORE = b.NOW - DAY


@pytest.fixture
def moderator(session: Session) -> Actor:
    b.make_world()
    return b.make_staff(Role.MODERATOR, b.BELU)


@pytest.fixture
def planner(moderator: Actor) -> Actor:
    return b.make_staff(Role.PLANNER, b.BELU)


def lines(person: Person | Actor) -> list[NewsLine]:
    number = person.id if isinstance(person, Person) else person.person_id
    return list(queries.inbox(queries.reader_of(number or 0), None).rows)


def events(person: Person | Actor) -> list[Event | NewsKind]:
    """What somebody hears, the oldest first."""
    return [line.event or line.kind for line in reversed(lines(person))]


def follow(person: Person, kind: Topic, ref: str, at: Any = b.NOW) -> Person:
    discussion.follow(b.actor_of(person), kind, ref, b.BELU, at)
    return person


def say(actor: Actor, proposal: Proposal, voice: Voice = Voice.RESIDENT, to: Comment | None = None) -> Comment:
    said = Words("Bagaimana kelanjutannya?", None if to else Stance.QUESTION, voice)
    return discussion.write_comment(actor, proposal, said, str(uuid4()), b.NOW, to.id if to else None)


def test_the_author_hears_every_step_but_their_own(moderator: Actor) -> None:
    author = b.make_person()
    proposal = b.make_proposal(author)
    assert events(author) == []
    move(moderator, proposal, Event.RETURN, b.NOW, code=ReasonCode.INCOMPLETE, reason=REASON)
    proposal = move(b.actor_of(author), proposal, Event.WITHDRAW, b.NOW)
    assert events(author) == [Event.RETURN]
    (line,) = lines(author)
    assert (line.title, line.is_own, line.slug) == (proposal.title, True, "belu")


def test_followers_of_a_proposal_hear_what_comes_after(moderator: Actor, planner: Actor) -> None:
    proposal = b.make_published(now=BEFORE)
    early = follow(b.make_person(), Topic.PROPOSAL, str(proposal.id))
    late = follow(b.make_person(), Topic.PROPOSAL, str(proposal.id), b.NOW + DAY)
    move(planner, proposal, Event.SHORTLIST, b.NOW)
    assert (events(early), events(late)) == ([Event.SHORTLIST], [])


@pytest.mark.parametrize("kind", [Topic.VILLAGE, Topic.MISI])
def test_followers_of_a_village_or_misi_hear_milestones_alone(moderator: Actor, planner: Actor, kind: Topic) -> None:
    ref = b.MAKIR if kind is Topic.VILLAGE else str(min(b.make_answers().misi_ids))
    person = follow(b.make_person(b.TOHE), kind, ref)
    returned = b.make_proposal()
    move(moderator, returned, Event.RETURN, b.NOW, code=ReasonCode.INCOMPLETE, reason=REASON)
    proposal = b.make_published()
    move(planner, proposal, Event.SHORTLIST, b.NOW)
    assert events(person) == [Event.PUBLISH, Event.SHORTLIST]


def test_supporters_hear_what_became_of_it_without_following(moderator: Actor, planner: Actor) -> None:
    proposal, person = b.make_published(), b.make_person()
    discussion.support(b.actor_of(person), proposal, b.NOW)
    say(b.actor_of(b.make_person()), proposal)
    for event in (Event.SHORTLIST, Event.SELECT):
        move(planner, proposal, event, b.NOW)
    assert events(person) == [Event.SHORTLIST, Event.SELECT]
    other = b.make_published()
    discussion.support(b.actor_of(person), other, b.NOW)
    move(b.actor_of(db.get_one(Person, other.author_id)), other, Event.WITHDRAW, b.NOW)
    assert events(person)[2:] == [Event.WITHDRAW]


def test_what_concerns_somebody_in_several_ways_is_one_line(moderator: Actor, planner: Actor) -> None:
    proposal = b.make_published()
    person = db.get_one(Person, proposal.author_id)
    follow(person, Topic.PROPOSAL, str(proposal.id))
    follow(person, Topic.VILLAGE, b.MAKIR)
    discussion.support(b.actor_of(person), proposal, b.NOW)
    move(planner, proposal, Event.SHORTLIST, b.NOW)
    assert events(person) == [Event.PUBLISH, Event.SHORTLIST]


def test_an_answer_is_news_to_whom_it_answers_and_an_office_s_to_followers_too(moderator: Actor) -> None:
    proposal, asker = b.make_published(now=BEFORE), b.make_person()
    follower = follow(b.make_person(), Topic.PROPOSAL, str(proposal.id))
    question = say(b.actor_of(asker), proposal)
    say(b.actor_of(asker), proposal, to=question)
    assert events(asker) == []
    say(b.actor_of(b.make_person()), proposal, to=question)
    say(b.make_staff(Role.OFFICER, b.BELU), proposal, Voice.OFFICER, to=question)
    assert events(asker) == [NewsKind.ANSWER, NewsKind.ANSWER]
    assert all(line.is_to_me for line in lines(asker))
    assert events(follower) == [NewsKind.TALK, NewsKind.ANSWER]
    assert [line.voice for line in lines(follower)] == [Voice.OFFICER, None]


def test_a_thousand_comments_a_day_are_one_line_that_counts(moderator: Actor) -> None:
    proposal = b.make_published(now=BEFORE)
    follower = follow(b.make_person(), Topic.PROPOSAL, str(proposal.id))
    for _number in range(5):
        say(b.actor_of(b.make_person()), proposal)
    (line,) = lines(follower)
    assert (line.kind, line.count) == (NewsKind.TALK, 5)
    author = db.get_one(Person, proposal.author_id)
    say(b.actor_of(author), proposal, Voice.AUTHOR)
    assert events(author) == [Event.PUBLISH, NewsKind.TALK]
    assert events(follower) == [NewsKind.TALK, NewsKind.STATEMENT]


def test_what_is_hidden_by_now_has_no_title_for_others(moderator: Actor, planner: Actor) -> None:
    proposal = b.make_published(now=BEFORE)
    follower = follow(b.make_person(), Topic.PROPOSAL, str(proposal.id))
    say(b.actor_of(b.make_person()), proposal)
    move(moderator, proposal, Event.REJECT, b.NOW, code=ReasonCode.PRIVATE_DATA, reason="Memuat nomor HP tetangga.")
    assert [line.title for line in lines(follower)] == [""]
    assert all(line.title for line in lines(db.get_one(Person, proposal.author_id)))


def test_five_thousand_followers_cost_what_none_cost(
    moderator: Actor, planner: Actor, queries: Callable[..., Any]
) -> None:
    costs = []
    for followers in (0, 5_000):
        proposal, person = b.make_published(now=BEFORE), b.make_person()
        rows = [
            {
                "person_id": person.id,
                "kind": Topic.PROPOSAL,
                "ref": f"{proposal.id}" if n == 0 else f"x{n}",
                "at": b.NOW,
            }
            for n in range(min(followers, MOST_FOLLOWED))
        ]
        if followers:
            people = [{**rows[0], "person_id": one} for one in _people(person, followers - 1)]
            db.execute(insert(Follow), rows + people)
        reader = b.actor_of(person)
        db.expire_all()
        before = db.query(News).count(), db.query(NewsFor).count(), db.query(NewsTopic).count()
        with queries() as sent:
            move(planner, proposal, Event.SHORTLIST, b.NOW)
        after = db.query(News).count(), db.query(NewsFor).count(), db.query(NewsTopic).count()
        costs.append((len(sent), tuple(b - a for a, b in zip(before, after, strict=True))))
        with queries() as sent:
            assert events(reader) == ([Event.SHORTLIST] if followers else [])
        assert len(sent) <= 3
    assert costs[0] == costs[1]


def _people(like: Person, count: int) -> list[int]:
    """Rows without anything: only their follows matter."""
    rows = [
        {"card_number": f"x{n}", "name": "Warga", "village_code": like.village_code, "registered_at": b.NOW,
         "active_at": b.NOW}
        for n in range(count)
    ]  # fmt: skip
    return list(db.scalars(insert(Person).returning(Person.id), rows))


def test_unread_is_what_came_after_the_mark(moderator: Actor) -> None:
    person = follow(b.make_person(b.TOHE), Topic.VILLAGE, b.MAKIR)
    author = b.make_person()
    for _number in range(3):
        b.make_published(author)
    actor = b.actor_of(person)

    def unread() -> int:
        return queries.count_unread(person.id)

    assert unread() == 3
    seen = [line.id for line in lines(person)]
    for to in (seen[1], seen[2], seen[1]):
        actions.mark_read(actor, to)
        assert unread() == 1, "a mark never goes back"
    actions.mark_read(actor, seen[0])
    assert unread() == 0


def test_pages_show_each_line_once(moderator: Actor) -> None:
    person = follow(b.make_person(b.TOHE), Topic.VILLAGE, b.MAKIR)
    author = b.make_person()
    for _number in range(5):
        b.make_published(author)
    reader, after, shown = queries.reader_of(person.id), None, []
    for _page in range(3):
        page = queries.inbox(reader, after, 2)
        shown += [line.id for line in page.rows]
        after = page.after
    assert after is None
    assert shown == sorted(set(shown), reverse=True)
    assert len(shown) == 5


def test_drafts_and_their_end_are_no_news(moderator: Actor) -> None:
    author = b.make_person()
    move(b.actor_of(author), b.make_draft(author), Event.WITHDRAW, b.NOW)
    assert db.query(News).count() == 0


def test_old_news_is_forgotten_with_all_that_hangs_on_it(moderator: Actor) -> None:
    person = follow(b.make_person(b.TOHE), Topic.VILLAGE, b.MAKIR)
    b.make_published()
    assert actions.sweep(b.NOW + 365 * DAY) == 0
    assert actions.sweep(b.NOW + 366 * DAY) == 1
    assert actions.sweep(b.NOW + 366 * DAY) == 0
    assert (lines(person), db.query(NewsTopic).count(), db.query(NewsFor).count()) == ([], 0, 0)
