"""What becomes of comments, by every state and event; when one is taken, changed, answered."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cycles.rules import PhaseFacts, PhaseKind
from app.discussion.permissions import COMMENT_POLICY, CanWithComment, CommentFacts, voices_of
from app.discussion.rules.comments import (
    ANSWERING,
    COMMENTS,
    COMMENTS_WHEN_NEW,
    EDIT_WINDOW,
    LIFECYCLE,
    CommentEvent,
    CommentRefusal,
    CommentStatus,
    HideCode,
    ParentFacts,
    Voice,
    is_editable,
    limit_for,
    refuse_answer_to,
    refuse_comment,
    refuse_edit,
    refuse_hiding,
    text_mark,
)
from app.discussion.rules.follows import MOST_FOLLOWED, FollowRefusal, refuse_follow
from app.discussion.views.linking import linked
from app.discussion.words import COMMENT_REFUSALS, FOLLOW_REFUSALS, HIDE_CODES, STANCE_KINDS, STANCES, VOICES
from app.kernel.actor import ANYONE, Actor, Grant, Level, Role
from app.kernel.outcomes import Refused
from app.kernel.windows import Window
from app.proposals.permissions import ProposalFacts
from app.proposals.rules import Status
from tests.builders import BELTIM, BELU, LALANG, MAKIR, NOW, RAIHAT, TOHE

DAY = timedelta(days=1)
S, E = CommentStatus, CommentEvent
NEXT = {(S.SHOWN, E.DELETE): S.DELETED, (S.SHOWN, E.HIDE): S.HIDDEN, (S.HIDDEN, E.SHOW): S.SHOWN}
REASONS = {
    Status.DRAFT: CommentRefusal.NOT_PUBLISHED,
    Status.SUBMITTED: CommentRefusal.NOT_PUBLISHED,
    Status.RETURNED: CommentRefusal.NOT_PUBLISHED,
    Status.MERGED: CommentRefusal.SET_ASIDE,
    Status.REJECTED: CommentRefusal.SET_ASIDE,
    Status.WITHDRAWN: CommentRefusal.SET_ASIDE,
    Status.DEFERRED: CommentRefusal.DEFERRED,
}


def phase(kind: PhaseKind, opens: int = -1, closes: int = 1) -> PhaseFacts:
    return PhaseFacts(kind, Window(NOW + opens * DAY, NOW + closes * DAY))


@pytest.mark.parametrize("event", CommentEvent)
@pytest.mark.parametrize("status", CommentStatus)
def test_every_state_knows_every_event(status: CommentStatus, event: CommentEvent) -> None:
    if (status, event) in NEXT:
        assert LIFECYCLE.after(status, event) is NEXT[status, event]
    else:
        with pytest.raises(Refused):
            LIFECYCLE.after(status, event)


@pytest.mark.parametrize("is_official_answer", [False, True])
@pytest.mark.parametrize("status", Status)
def test_every_status_of_a_proposal_has_its_answer(status: Status, is_official_answer: bool) -> None:
    refusal = refuse_comment(status, [phase(PhaseKind.GATHERING)], NOW, is_official_answer=is_official_answer)
    assert refusal is REASONS.get(status)


@pytest.mark.parametrize("kind", PhaseKind)
def test_gathering_and_review_take_comments_and_whoever_was_asked_may_answer_in_every_phase(kind: PhaseKind) -> None:
    is_open = kind in (PhaseKind.GATHERING, PhaseKind.REVIEW)
    assert refuse_comment(Status.PUBLISHED, [phase(kind)], NOW) is (None if is_open else CommentRefusal.CLOSED)
    assert refuse_comment(Status.PUBLISHED, [phase(kind)], NOW, is_official_answer=True) is None


def test_before_and_after_the_phase_the_reason_differs() -> None:
    phases = [phase(PhaseKind.GATHERING, 0, 2)]
    assert refuse_comment(Status.PUBLISHED, phases, NOW) is None
    assert refuse_comment(Status.PUBLISHED, phases, NOW - DAY) is CommentRefusal.NOT_OPEN_YET
    assert refuse_comment(Status.PUBLISHED, phases, NOW + 2 * DAY) is CommentRefusal.CLOSED
    assert refuse_comment(Status.PUBLISHED, [], NOW) is CommentRefusal.CLOSED


@pytest.mark.parametrize("status", CommentStatus)
def test_answers_are_taken_by_shown_comments_of_the_first_level_alone(status: CommentStatus) -> None:
    assert refuse_answer_to(ParentFacts(status, is_answer=True)) is CommentRefusal.TOO_DEEP
    refusal = refuse_answer_to(ParentFacts(status, is_answer=False))
    assert refusal is (None if status is S.SHOWN else CommentRefusal.GONE)


@pytest.mark.parametrize("status", CommentStatus)
@given(seconds=st.integers(0, 3600))
def test_a_text_changes_within_the_window_and_while_it_is_shown(status: CommentStatus, seconds: int) -> None:
    now = NOW + timedelta(seconds=seconds)
    is_in_time = now < NOW + EDIT_WINDOW
    assert is_editable(status, NOW, now) is (status is S.SHOWN and is_in_time)
    refusal = refuse_edit(status, NOW, NOW, text_mark(NOW), now)
    expected = None if is_in_time else CommentRefusal.TOO_LATE
    assert refusal is (expected if status is S.SHOWN else CommentRefusal.GONE)


def test_of_two_edits_the_second_is_told_of_the_first() -> None:
    changed = NOW + timedelta(minutes=1)
    later = NOW + timedelta(minutes=2)
    assert refuse_edit(S.SHOWN, NOW, changed, text_mark(NOW), later) is CommentRefusal.CHANGED_MEANWHILE
    assert refuse_edit(S.SHOWN, NOW, changed, "", later) is CommentRefusal.CHANGED_MEANWHILE
    assert refuse_edit(S.SHOWN, NOW, changed, text_mark(changed), later) is None


@pytest.mark.parametrize("code", [None, *HideCode])
def test_hiding_needs_a_code_and_a_reason(code: HideCode | None) -> None:
    assert refuse_hiding(code, "   pendek ") is CommentRefusal.REASON_MISSING
    assert refuse_hiding(code, "Menghina tetangganya.") is (None if code else CommentRefusal.REASON_MISSING)


def test_new_accounts_speak_less_often() -> None:
    assert limit_for(NOW - 7 * DAY, NOW) is COMMENTS
    assert limit_for(NOW - 7 * DAY + timedelta(seconds=1), NOW) is COMMENTS_WHEN_NEW
    assert COMMENTS_WHEN_NEW.most < COMMENTS.most


FACTS = ProposalFacts(MAKIR, 1, None, Status.PUBLISHED, is_public=True)


def actor(number: int, village: str = MAKIR, *grants: Grant) -> Actor:
    return Actor(number, "Maria", village, Level.CONFIRMED, grants)


def test_everybody_has_the_voices_of_what_they_are() -> None:
    officer, moderator = Grant(Role.OFFICER, BELU, 5), Grant(Role.MODERATOR, RAIHAT)
    assert voices_of(ANYONE, FACTS) == ()
    assert voices_of(actor(2, LALANG), FACTS) == ()
    assert voices_of(actor(2, TOHE), FACTS) == (Voice.RESIDENT,)
    assert voices_of(actor(1), FACTS) == (Voice.AUTHOR,)
    assert voices_of(actor(1, MAKIR, officer), FACTS) == (Voice.AUTHOR,)
    assert voices_of(actor(2, MAKIR, officer), FACTS) == (Voice.OFFICER, Voice.RESIDENT)
    assert voices_of(actor(2, LALANG, officer), FACTS) == (Voice.OFFICER,)
    assert voices_of(actor(2, TOHE, moderator), FACTS) == (Voice.RESIDENT,), "another district's"
    assert frozenset({Voice.RESIDENT}) == frozenset(Voice) - ANSWERING


@pytest.mark.parametrize("can", CanWithComment)
def test_authors_change_and_moderators_hide_what_others_wrote(can: CanWithComment) -> None:
    facts = CommentFacts(MAKIR, 1)
    moderator = Grant(Role.MODERATOR, BELU)
    is_own = can is not CanWithComment.HIDE
    assert COMMENT_POLICY.may(actor(1), can, facts) is is_own
    assert COMMENT_POLICY.may(actor(1, MAKIR, moderator), can, facts) is is_own
    assert COMMENT_POLICY.may(actor(2, LALANG, moderator), can, facts) is not is_own
    for other in (ANYONE, actor(2), actor(2, MAKIR, Grant(Role.MODERATOR, BELTIM))):
        assert not COMMENT_POLICY.may(other, can, facts)


@given(count=st.integers(0, 200))
def test_so_much_is_followed_and_no_more(count: int) -> None:
    assert refuse_follow(count) is (FollowRefusal.TOO_MANY if count >= MOST_FOLLOWED else None)


def test_every_code_has_words() -> None:
    assert set(COMMENT_REFUSALS) == set(CommentRefusal)
    assert set(FOLLOW_REFUSALS) == set(FollowRefusal)
    assert set(STANCES) == set(STANCE_KINDS)
    assert set(VOICES) == set(Voice)
    assert set(HIDE_CODES) == set(HideCode)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Lihat https://belukab.go.id/apbd.",
            'Lihat <a href="https://belukab.go.id/apbd" rel="nofollow ugc noopener">',
        ),
        ("(http://a.id/b?c=1&d=2)", '(<a href="http://a.id/b?c=1&amp;d=2" rel="nofollow ugc noopener">'),
        ("javascript:alert(1) data:text/html,x", "javascript:alert(1) data:text/html,x"),
        ('https://a.id/"onmouseover="x', 'href="https://a.id/" rel='),
        ("<b>https://a.id/x</b>", '&lt;b&gt;<a href="https://a.id/x" rel='),
    ],
)
def test_addresses_of_the_web_become_links_and_nothing_else_does(text: str, shown: str) -> None:
    assert shown in linked(text)


@given(st.text(max_size=200))
def test_no_text_brings_a_tag_of_its_own(text: str) -> None:
    made = linked(text)
    assert made.count("<") == made.count("<a href=") + made.count("</a>") + made.count("<wbr>")
