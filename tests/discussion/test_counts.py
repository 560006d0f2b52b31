"""Whatever is done to comments in whatever order, the counts say what the rows say, and questions wait when they do."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.session import session as db
from app.discussion import actions
from app.discussion.models import Comment, CommentCount
from app.discussion.rules.comments import ANSWERING, CommentStatus, HideCode, Stance, Voice, Words
from app.kernel.actor import Actor, Role
from app.kernel.outcomes import Refused
from app.proposals.models import Proposal
from tests import builders as b

# Where something can go wrong: an answered question.
BEGUN = (("ask", 0), ("official", 0))
DEEDS = ("ask", "say", "answer", "official", "delete", "hide", "show")


class Talk:
    """A proposal with residents, an officer and a moderator who do as they are told."""

    def __init__(self, proposal: Proposal, officer: Actor, moderator: Actor) -> None:
        self.proposal, self.officer, self.moderator = proposal, officer, moderator
        self.made: list[Comment] = []

    def do(self, deed: str, which: int) -> None:
        target = self.made[which % len(self.made)] if self.made else None
        try:
            with db.begin_nested():
                self._do(deed, target)
        except Refused:
            pass

    def _do(self, deed: str, target: Comment | None) -> None:
        if deed in ("ask", "say"):
            self._write(Words("Bagaimana?", Stance.QUESTION if deed == "ask" else Stance.FOR), None)
        elif target is None:
            return
        elif deed in ("answer", "official"):
            voice = Voice.OFFICER if deed == "official" else Voice.RESIDENT
            self._write(Words("Begini.", None, voice), target)
        elif deed == "delete":
            actions.delete_comment(b.actor_of(b.get_person(target.author_id)), self.proposal, target.id, b.NOW)
        elif deed == "hide":
            actions.hide_comment(self.moderator, self.proposal, target.id, HideCode.SPAM, "Iklan berulang.", b.NOW)
        else:
            actions.show_comment(self.moderator, self.proposal, target.id, b.NOW)

    def _write(self, said: Words, to: Comment | None) -> None:
        actor = self.officer if said.voice is Voice.OFFICER else b.actor_of(b.make_person())
        key = str(uuid4())
        self.made.append(actions.write_comment(actor, self.proposal, said, key, b.NOW, to.id if to else None))

    def check(self) -> None:
        is_its = Comment.proposal_id == self.proposal.id
        rows = db.scalars(select(Comment).where(is_its)).all()
        shown = [row for row in rows if row.status is CommentStatus.SHOWN]
        counted = db.scalar(select(CommentCount.count).where(CommentCount.proposal_id == self.proposal.id))
        assert (counted or 0) == len(shown)
        for row in rows:
            answers = [one for one in rows if one.parent_id == row.id]
            assert row.replies == len(answers)
            is_answered = any(one.voice in ANSWERING and one.status is CommentStatus.SHOWN for one in answers)
            is_asked = row.stance is Stance.QUESTION and row.status is CommentStatus.SHOWN
            assert row.waits == (is_asked and not is_answered)


@pytest.fixture
def talk(session: Session) -> Any:
    b.make_world()
    return Talk(b.make_published(), b.make_staff(Role.OFFICER, b.BELU), b.make_staff(Role.MODERATOR, b.BELU))


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 3)), max_size=10))
def test_counts_and_rows_stay_in_step(talk: Talk, deeds: list[tuple[str, int]]) -> None:
    talk.made.clear()
    with db.begin_nested() as trial:
        for deed, which in [*BEGUN, *deeds]:
            talk.do(deed, which)
        talk.check()
        trial.rollback()
