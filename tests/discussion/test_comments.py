"""Writing, answering, changing, deleting and hiding comments, on the real database and with real threads."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts import actions as accounts
from app.accounts.rules.consents import Mode, Purpose
from app.db.session import session as live_session
from app.db.transaction import transaction
from app.discussion import actions, queries
from app.discussion.models import Comment, CommentCount
from app.discussion.rules.comments import (
    COMMENTS,
    COMMENTS_WHEN_NEW,
    CommentOrder,
    CommentRefusal,
    CommentStatus,
    HideCode,
    Stance,
    Voice,
    Words,
    text_mark,
)
from app.kernel.actor import ANYONE, Actor, Level, Role
from app.kernel.movers import movers_of
from app.kernel.outcomes import Denied, Missing, Refused
from app.kernel.transitions import Transition
from app.limits.rules import Refusal as LimitRefusal
from app.proposals.actions import move
from app.proposals.models import Proposal
from app.proposals.rules import Event
from tests import builders as b

MINUTE = timedelta(minutes=1)
WHY = "Menyebut nama tetangga dengan kasar."
Race = Callable[[Callable[[int], Any], int], list[Any]]


@pytest.fixture
def proposal(session: Session) -> Proposal:
    b.make_world()
    return b.make_published()


def resident(village: str = b.MAKIR, **more: Any) -> Actor:
    return b.actor_of(b.make_person(village, **more))


def say(
    actor: Actor, proposal: Proposal, text: str = "Kami sangat butuh air.", *, to: Comment | None = None, **said: Any
) -> Comment:
    stance = None if to else said.pop("stance", Stance.FOR)
    now, key = said.pop("now", b.NOW), said.pop("key", None) or str(uuid4())
    return actions.write_comment(actor, proposal, Words(text, stance, **said), key, now, to.id if to else None)


def ask(actor: Actor, proposal: Proposal, **more: Any) -> Comment:
    return say(actor, proposal, "Kapan mulai dikerjakan?", stance=Stance.QUESTION, **more)


def shown(proposal: Proposal) -> tuple[int, int]:
    """The rows, and what is said of them."""
    is_its = (Comment.proposal_id == proposal.id) & (Comment.status == CommentStatus.SHOWN)
    rows = live_session.scalar(select(func.count()).select_from(Comment).where(is_its))
    counted = live_session.scalar(select(CommentCount.count).where(CommentCount.proposal_id == proposal.id))
    return rows or 0, counted or 0


def refused(act: Callable[[], object]) -> Any:
    with pytest.raises(Refused) as no:
        act()
    return no.value.reason


def test_two_levels_are_counted_and_a_third_is_refused(proposal: Proposal) -> None:
    first = say(resident(), proposal)
    second = say(resident(b.TOHE), proposal, "Di Tohe juga.", to=first)
    assert refused(lambda: say(resident(), proposal, to=second)) is CommentRefusal.TOO_DEEP
    assert (first.replies, second.stance, shown(proposal)) == (1, None, (2, 2))


def test_the_same_form_twice_is_one_comment(proposal: Proposal) -> None:
    actor, key = resident(), str(uuid4())
    assert say(actor, proposal, key=key).id == say(actor, proposal, "Lain.", key=key).id
    assert shown(proposal) == (1, 1)


def test_the_key_of_another_person_is_another_comment(proposal: Proposal) -> None:
    key = str(uuid4())
    assert say(resident(), proposal, key=key).id != say(resident(), proposal, key=key).id


def test_residents_of_elsewhere_and_strangers_are_denied(proposal: Proposal) -> None:
    for actor in (resident(b.LALANG), ANYONE):
        with pytest.raises(Denied):
            say(actor, proposal)


def test_who_is_only_registered_reads(proposal: Proposal) -> None:
    registered = b.actor_of(b.make_person(level=Level.REGISTERED))
    assert refused(lambda: say(registered, proposal)) is CommentRefusal.NOT_CONFIRMED


def test_nobody_speaks_in_a_voice_that_is_not_theirs(proposal: Proposal) -> None:
    for voice in set(Voice) - {Voice.RESIDENT}:
        with pytest.raises(Denied):
            say(resident(), proposal, voice=voice)


def test_the_author_always_speaks_as_the_author(session: Session) -> None:
    b.make_world()
    author = b.make_person()
    proposal = b.make_published(author)
    with pytest.raises(Denied):
        say(b.actor_of(author), proposal)
    assert say(b.actor_of(author), proposal, voice=Voice.AUTHOR).voice is Voice.AUTHOR


def test_a_question_waits_until_author_or_office_answers_and_waits_again_when_the_answer_goes(
    proposal: Proposal,
) -> None:
    officer = b.make_staff(Role.OFFICER, b.BELU)
    question = ask(resident(), proposal)
    say(resident(), proposal, "Saya juga ingin tahu.", to=question)
    assert question.waits
    answer = say(officer, proposal, "Bulan Maret.", to=question, voice=Voice.OFFICER)
    assert not question.waits
    actions.delete_comment(officer, proposal, answer.id, b.NOW)
    assert question.waits
    assert question.replies == 2


def test_after_the_phase_offices_answer_and_nobody_else_speaks(proposal: Proposal) -> None:
    later = b.NOW + timedelta(days=11)
    officer, question = b.make_staff(Role.OFFICER, b.BELU), ask(resident(), proposal)
    assert refused(lambda: say(resident(), proposal, now=later)) is CommentRefusal.CLOSED
    assert refused(lambda: say(resident(), proposal, to=question, now=later)) is CommentRefusal.CLOSED
    assert refused(lambda: say(officer, proposal, voice=Voice.OFFICER, now=later)) is CommentRefusal.CLOSED
    assert say(officer, proposal, to=question, voice=Voice.OFFICER, now=later).parent_id == question.id


def test_a_withdrawn_or_waiting_proposal_takes_no_word(session: Session) -> None:
    b.make_world()
    author = b.make_person()
    proposal = b.make_published(author)
    move(b.actor_of(author), proposal, Event.WITHDRAW, b.NOW)
    assert refused(lambda: say(resident(), proposal)) is CommentRefusal.SET_ASIDE
    assert refused(lambda: say(resident(), b.make_proposal())) is CommentRefusal.NOT_PUBLISHED


def test_an_answer_on_another_proposal_is_missing(proposal: Proposal) -> None:
    comment = say(resident(), proposal)
    with pytest.raises(Missing):
        say(resident(), b.make_published(), to=comment)


@pytest.mark.parametrize(("days", "most"), [(7, COMMENTS.most), (6, COMMENTS_WHEN_NEW.most)])
def test_so_many_an_hour_and_fewer_for_new_accounts(proposal: Proposal, days: int, most: int) -> None:
    actor, key = b.actor_of(b.make_person(known_for=timedelta(days=days))), str(uuid4())
    say(actor, proposal, key=key)
    for _more in range(most - 1):
        say(actor, proposal)
    assert refused(lambda: say(actor, proposal)) is LimitRefusal.TOO_OFTEN
    assert say(actor, proposal, key=key).id, "the same form again is no new comment"


def test_a_text_is_changed_within_the_quarter_of_an_hour_and_says_so(proposal: Proposal) -> None:
    actor = resident()
    comment = say(actor, proposal)
    seen = text_mark(b.NOW)
    actions.edit_comment(actor, proposal, comment.id, "Lebih jelas.", seen, b.NOW + MINUTE)
    assert (comment.text, comment.edited_at) == ("Lebih jelas.", b.NOW + MINUTE)
    same = actions.edit_comment(actor, proposal, comment.id, "Lebih jelas.", seen, b.NOW + 2 * MINUTE)
    assert same.edited_at == b.NOW + MINUTE
    late = b.NOW + 15 * MINUTE
    edit = lambda at: actions.edit_comment(actor, proposal, comment.id, "Lain sekali.", seen, at)  # noqa: E731
    assert refused(lambda: edit(b.NOW + 3 * MINUTE)) is CommentRefusal.CHANGED_MEANWHILE
    assert refused(lambda: edit(late)) is CommentRefusal.TOO_LATE
    actions.delete_comment(actor, proposal, comment.id, late)
    assert refused(lambda: edit(b.NOW + 3 * MINUTE)) is CommentRefusal.GONE


def test_nobody_changes_or_deletes_the_words_of_others(proposal: Proposal) -> None:
    comment = say(resident(), proposal)
    moderator = b.make_staff(Role.MODERATOR, b.BELU)
    for actor in (resident(), moderator):
        with pytest.raises(Denied):
            actions.edit_comment(actor, proposal, comment.id, "Bukan saya.", text_mark(b.NOW), b.NOW)
        with pytest.raises(Denied):
            actions.delete_comment(actor, proposal, comment.id, b.NOW)


def test_deleting_twice_empties_and_counts_once(proposal: Proposal) -> None:
    actor = resident()
    comment = say(actor, proposal)
    say(resident(), proposal, to=comment)
    for _time in range(2):
        actions.delete_comment(actor, proposal, comment.id, b.NOW)
    assert (comment.text, comment.status, shown(proposal)) == ("", CommentStatus.DELETED, (1, 1))
    assert refused(lambda: say(resident(), proposal, to=comment)) is CommentRefusal.GONE


def test_a_moderator_hides_with_a_reason_and_takes_it_back(proposal: Proposal) -> None:
    moderator, question = b.make_staff(Role.MODERATOR, b.BELU), ask(resident(), proposal)
    assert (
        refused(lambda: actions.hide_comment(moderator, proposal, question.id, HideCode.INSULT, " ", b.NOW))
        is CommentRefusal.REASON_MISSING
    )
    actions.hide_comment(moderator, proposal, question.id, HideCode.INSULT, WHY, b.NOW)
    row = queries.row_of(question.id)
    assert (row.text, row.hide_reason, row.status, shown(proposal)) == ("", WHY, CommentStatus.HIDDEN, (0, 0))
    assert refused(lambda: say(resident(), proposal, to=question)) is CommentRefusal.GONE
    again = lambda: actions.hide_comment(moderator, proposal, question.id, HideCode.SPAM, WHY, b.NOW)  # noqa: E731
    assert refused(again) is Transition.NOT_NOW
    actions.show_comment(moderator, proposal, question.id, b.NOW)
    assert (queries.row_of(question.id).text, question.waits, shown(proposal)) == (question.text, True, (1, 1))


def test_a_hidden_comment_cannot_be_deleted_away_by_its_author(proposal: Proposal) -> None:
    actor, moderator = resident(), b.make_staff(Role.MODERATOR, b.BELU)
    comment = say(actor, proposal)
    actions.hide_comment(moderator, proposal, comment.id, HideCode.SPAM, WHY, b.NOW)
    assert refused(lambda: actions.delete_comment(actor, proposal, comment.id, b.NOW)) is Transition.NOT_NOW


def test_only_moderators_of_the_region_hide_and_none_their_own(proposal: Proposal) -> None:
    moderator, elsewhere = b.make_staff(Role.MODERATOR, b.BELU), b.make_staff(Role.MODERATOR, b.RAIHAT)
    own, other = say(moderator, proposal, voice=Voice.MODERATOR), say(resident(), proposal)
    for actor, comment in ((moderator, own), (elsewhere, other), (resident(), other)):
        with pytest.raises(Denied):
            actions.hide_comment(actor, proposal, comment.id, HideCode.SPAM, WHY, b.NOW)


def test_a_name_is_shown_by_consent_alone(proposal: Proposal) -> None:
    people = [b.make_person(name=name) for name in ("Yuliana Mau", "Petrus Loe")]
    for person in people:
        say(b.actor_of(person), proposal)

    def names() -> list[str | None]:
        return [row.name for row in queries.comments_page(proposal.id, CommentOrder.OLDEST, None).rows]

    assert names() == [None, None]
    accounts.give_consent(people[0], Purpose.PUBLIC_NAME, Mode.SELF, None, b.NOW)
    assert names() == ["Yuliana Mau", None]
    assert [row.name for row in queries.standing_of(proposal, None).newest] == [None, "Yuliana Mau"]
    accounts.withdraw_consent(b.actor_of(people[0]), people[0], Purpose.PUBLIC_NAME, b.NOW)
    assert names() == [None, None]


def test_tombstones_have_no_name(proposal: Proposal) -> None:
    person, moderator = b.make_person(), b.make_staff(Role.MODERATOR, b.BELU)
    accounts.give_consent(person, Purpose.PUBLIC_NAME, Mode.SELF, None, b.NOW)
    gone, hidden = (say(b.actor_of(person), proposal) for _each in range(2))
    actions.delete_comment(b.actor_of(person), proposal, gone.id, b.NOW)
    actions.hide_comment(moderator, proposal, hidden.id, HideCode.SPAM, WHY, b.NOW)
    assert [queries.row_of(comment.id).name for comment in (gone, hidden)] == [None, None]


def pages(proposal: Proposal, order: CommentOrder, size: int = 2) -> list[int]:
    ids: list[int] = []
    after = None
    for _page in range(10):
        page = queries.comments_page(proposal.id, order, after, size)
        ids += [row.id for row in page.rows]
        after = page.after
        if after is None:
            return ids
    raise AssertionError("no last page")


def test_pages_in_every_order_show_each_comment_once(proposal: Proposal) -> None:
    actor = resident()
    made = [ask(actor, proposal) if number % 2 else say(actor, proposal) for number in range(5)]
    officer = b.make_staff(Role.OFFICER, b.BELU)
    say(officer, proposal, "Sudah dijawab.", to=made[3], voice=Voice.OFFICER)
    ids = [comment.id for comment in made]
    assert pages(proposal, CommentOrder.OLDEST) == ids
    assert pages(proposal, CommentOrder.NEWEST) == ids[::-1]
    assert pages(proposal, CommentOrder.QUESTIONS) == [ids[1], ids[4], ids[3], ids[2], ids[0]]


def test_the_first_answers_stand_below_and_the_rest_is_paged(proposal: Proposal) -> None:
    first, actor = say(resident(), proposal), resident()
    made = [say(actor, proposal, f"Jawaban {number}", to=first).id for number in range(5)]
    (row,) = queries.comments_page(proposal.id, CommentOrder.NEWEST, None).rows
    assert ([one.id for one in row.answers], row.replies) == (made[:2], 5)
    page = queries.answers_to(first.id, None, 3)
    assert [one.id for one in page.rows] + [one.id for one in queries.answers_to(first.id, page.after, 3).rows] == made


def test_comments_go_over_with_their_answers_and_come_back_with_newer_ones(proposal: Proposal) -> None:
    other = b.make_published()
    mover = next(one for one in movers_of("proposal") if one.kind == "comment")
    first, own = say(resident(), proposal), say(resident(), other)
    answer = say(resident(), proposal, to=first)
    brought = mover.unite(proposal.id, other.id)
    assert (set(brought), shown(proposal), shown(other)) == ({first.id, answer.id}, (0, 0), (3, 3))
    newer = say(resident(), other, to=first)
    live_session.expire_all()
    mover.separate(proposal.id, other.id, brought)
    live_session.expire_all()
    assert (shown(proposal), shown(other)) == ((3, 3), (1, 1))
    assert [one.proposal_id for one in (first, answer, newer, own)] == [proposal.id] * 3 + [other.id]


# Races


def make_live(app: Flask, people: int) -> tuple[Proposal, list[Actor]]:
    with app.app_context(), transaction():
        b.make_world()
        return b.make_published(), [resident() for _each in range(people)]


def in_transaction(act: Callable[[int], Any]) -> Callable[[int], Any]:
    def do(index: int) -> Any:
        with transaction():
            made = act(index)
            return made.id if made else None

    return do


def test_a_form_sent_ten_times_at_once_is_one_comment(live_app: Flask, at_once: Race) -> None:
    proposal, (actor,) = make_live(live_app, 1)
    key = str(uuid4())
    outcomes = at_once(in_transaction(lambda _index: say(actor, proposal, key=key)), 10)
    assert len(set(outcomes)) == 1
    with live_app.app_context():
        assert shown(proposal) == (1, 1)


def test_of_twelve_at_once_by_one_person_ten_are_taken(live_app: Flask, at_once: Race) -> None:
    proposal, (actor,) = make_live(live_app, 1)
    outcomes = at_once(in_transaction(lambda _index: say(actor, proposal)), COMMENTS.most + 2)
    refusals = [one.reason for one in outcomes if isinstance(one, Refused)]
    assert refusals == [LimitRefusal.TOO_OFTEN] * 2
    with live_app.app_context():
        assert shown(proposal) == (COMMENTS.most, COMMENTS.most)


def test_of_two_edits_at_once_one_is_told_of_the_other(live_app: Flask, at_once: Race) -> None:
    proposal, (actor,) = make_live(live_app, 1)
    with live_app.app_context(), transaction():
        comment_id = say(actor, proposal).id
    outcomes = at_once(
        in_transaction(
            lambda index: actions.edit_comment(
                actor, proposal, comment_id, f"Teks {index}", text_mark(b.NOW), b.NOW + MINUTE
            )
        ),
        2,
    )
    assert sorted(str(getattr(one, "reason", "done")) for one in outcomes) == ["changed_meanwhile", "done"]


def test_hiding_deleting_and_answering_at_once_leave_count_and_rows_in_step(live_app: Flask, at_once: Race) -> None:
    proposal, (writer, other) = make_live(live_app, 2)
    with live_app.app_context(), transaction():
        comment_id = say(writer, proposal).id
        moderator = b.make_staff(Role.MODERATOR, b.BELU)

    def act(index: int) -> Any:
        if index % 3 == 0:
            return actions.delete_comment(writer, proposal, comment_id, b.NOW)
        if index % 3 == 1:
            return actions.hide_comment(moderator, proposal, comment_id, HideCode.SPAM, WHY, b.NOW)
        return say(other, proposal, to=queries.get_comment(comment_id))

    outcomes = at_once(in_transaction(act), 9)
    assert all(isinstance(one, int | Refused) for one in outcomes), outcomes
    with live_app.app_context():
        rows, counted = shown(proposal)
        assert rows == counted
