"""Writing, changing, deleting and hiding comments.

What residents say stands in no log; what moderators do to it does. Every change locks the proposal first, so that
counts and rows stay in step.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update

from app.audit.actions import record
from app.db.session import session
from app.discussion import queries
from app.discussion.actions.counting import count
from app.discussion.models import Comment, CommentCount
from app.discussion.permissions import COMMENT_POLICY, POLICY, Can, CanWithComment, CommentFacts, voices_of
from app.discussion.rules.comments import (
    ANSWERING,
    EDITS,
    LIFECYCLE,
    CommentEvent,
    CommentRefusal,
    CommentStatus,
    HideCode,
    ParentFacts,
    Stance,
    Voice,
    Words,
    limit_for,
    refuse_answer_to,
    refuse_comment,
    refuse_edit,
    refuse_hiding,
)
from app.kernel.actor import SPEAKS, Actor
from app.kernel.listeners import announce
from app.kernel.movers import moves
from app.kernel.outcomes import Denied, Missing, Refused
from app.limits.actions import take
from app.proposals.models import Proposal
from app.proposals.queries import facts_of, get_locked

# What those who listen hear: the comment that was just written.
WRITTEN = "comment written"


def write_comment(
    actor: Actor, proposal: Proposal, said: Words, form_key: str, now: datetime, parent_id: int | None = None
) -> Comment:
    """Say something of a proposal, or answer a comment on it; the same form again gives the same comment."""
    proposal = get_locked(proposal.id)
    POLICY.require(actor, Can.COMMENT, facts_of(proposal))
    assert actor.person_id is not None  # only who is signed in may
    if known := queries.find_comment_by_key(actor.person_id, form_key):
        return known
    parent = _parent(proposal, parent_id)
    _check(actor, proposal, said, parent, now)
    take(limit_for(queries.registered_at(actor.person_id), now), str(actor.person_id), now, actor)
    comment = Comment(
        proposal_id=proposal.id,
        parent_id=parent_id,
        author_id=actor.person_id,
        form_key=form_key,
        voice=said.voice,
        agency_id=said.agency_id if said.voice is Voice.OFFICER else None,
        village_code=actor.village_code,
        stance=None if parent else said.stance,
        text=said.text,
        status=CommentStatus.SHOWN,
        written_at=now,
        waits=parent is None and said.stance is Stance.QUESTION,
    )
    session.add(comment)
    if parent:
        parent.replies += 1
        parent.waits = parent.waits and said.voice not in ANSWERING
    count(CommentCount.count, 1, proposal_id=proposal.id)
    announce(WRITTEN, comment)
    return comment


def _parent(proposal: Proposal, parent_id: int | None) -> Comment | None:
    parent = queries.get_comment_locked(parent_id) if parent_id else None
    if parent and parent.proposal_id != proposal.id:
        raise Missing
    return parent


def _check(actor: Actor, proposal: Proposal, said: Words, parent: Comment | None, now: datetime) -> None:
    """Whether this may be said in this voice, here and now."""
    if said.voice not in voices_of(actor, facts_of(proposal)):
        raise Denied(Can.COMMENT)
    if said.voice in (Voice.RESIDENT, Voice.AUTHOR) and actor.level < SPEAKS:
        raise Refused(CommentRefusal.NOT_CONFIRMED)
    is_official = parent is not None and said.voice in ANSWERING
    phases = queries.phases_of(proposal.cycle_id)
    if refusal := refuse_comment(proposal.status, phases, now, is_official_answer=is_official):
        raise Refused(refusal)
    if parent and (refusal := refuse_answer_to(ParentFacts(parent.status, parent.parent_id is not None))):
        raise Refused(refusal)


def edit_comment(actor: Actor, proposal: Proposal, comment_id: int, text: str, seen: str, now: datetime) -> Comment:
    """Another text within a quarter of an hour; the same text again changes nothing. That it was changed is shown."""
    _proposal, comment = _lock(actor, proposal, comment_id, CanWithComment.EDIT)
    if comment.status is CommentStatus.SHOWN and comment.text == text:
        return comment
    present = comment.edited_at or comment.written_at
    if refusal := refuse_edit(comment.status, comment.written_at, present, seen, now):
        raise Refused(refusal)
    take(EDITS, str(actor.person_id), now, actor)
    comment.text, comment.edited_at = text, now
    session.flush()
    return comment


def delete_comment(actor: Actor, proposal: Proposal, comment_id: int, now: datetime) -> Comment:
    """Take one's own words back; where they stood, it says so. Deleted already, nothing changes."""
    proposal, comment = _lock(actor, proposal, comment_id, CanWithComment.DELETE)
    if comment.status is CommentStatus.DELETED:
        return comment
    comment.status = LIFECYCLE.after(comment.status, CommentEvent.DELETE)
    comment.text, comment.waits = "", False
    return _gone(proposal, comment)


def hide_comment(
    actor: Actor, proposal: Proposal, comment_id: int, code: HideCode | None, reason: str, now: datetime
) -> Comment:
    """Close a comment to the public; the reason stands in its place, and the text is kept for a second look."""
    proposal, comment = _lock(actor, proposal, comment_id, CanWithComment.HIDE)
    if refusal := refuse_hiding(code, reason):
        raise Refused(refusal)
    comment.status = LIFECYCLE.after(comment.status, CommentEvent.HIDE)
    comment.hide_code, comment.hide_reason = code, reason.strip()
    comment.hidden_by_id, comment.hidden_at, comment.waits = actor.person_id, now, False
    record(actor, "hide_comment", f"comment:{comment.id}", now, code=code)
    return _gone(proposal, comment)


def show_comment(actor: Actor, proposal: Proposal, comment_id: int, now: datetime) -> Comment:
    """Take the hiding back."""
    proposal, comment = _lock(actor, proposal, comment_id, CanWithComment.HIDE)
    comment.status = LIFECYCLE.after(comment.status, CommentEvent.SHOW)
    comment.hide_code = comment.hidden_by_id = comment.hidden_at = None
    comment.hide_reason = ""
    comment.waits = comment.stance is Stance.QUESTION and not queries.has_answer(comment.id)
    count(CommentCount.count, 1, proposal_id=proposal.id)
    _look_again(comment)
    record(actor, "show_comment", f"comment:{comment.id}", now)
    return comment


def _lock(actor: Actor, proposal: Proposal, comment_id: int, can: CanWithComment) -> tuple[Proposal, Comment]:
    """The proposal and its comment, both locked; a comment of another proposal is missing."""
    proposal = get_locked(proposal.id)
    comment = queries.get_comment_locked(comment_id)
    if comment.proposal_id != proposal.id:
        raise Missing
    COMMENT_POLICY.require(actor, can, CommentFacts(proposal.village_code, comment.author_id))
    return proposal, comment


def _gone(proposal: Proposal, comment: Comment) -> Comment:
    count(CommentCount.count, -1, proposal_id=proposal.id)
    _look_again(comment)
    return comment


def _look_again(answer: Comment) -> None:
    """Whether the question still waits, now that an answer to it has gone or come back."""
    if answer.parent_id is None or answer.voice not in ANSWERING:
        return
    question = queries.get_comment_locked(answer.parent_id)
    is_asked = question.stance is Stance.QUESTION and question.status is CommentStatus.SHOWN
    question.waits = is_asked and not queries.has_answer(question.id)
    session.flush()


class CommentMover:
    """Brings comments with their answers to the proposal with which theirs is united; the key is the comment."""

    kind = "comment"

    def unite(self, from_id: int, into_id: int, only: Collection[int] | None = None) -> Collection[int]:
        asked = select(Comment.id).where(Comment.proposal_id == from_id)
        return _move(
            session.scalars(asked if only is None else asked.where(Comment.id.in_(only))).all(), from_id, into_id
        )

    def separate(self, from_id: int, into_id: int, brought: Collection[int]) -> Collection[int]:
        """What was answered since then to a comment goes back with it."""
        is_theirs = Comment.id.in_(brought) | Comment.parent_id.in_(brought)
        ids = session.scalars(select(Comment.id).where(Comment.proposal_id == into_id, is_theirs)).all()
        _move(ids, into_id, from_id)
        return brought


def _move(ids: Collection[int], from_id: int, into_id: int) -> Collection[int]:
    shown = select(func.count()).where(Comment.id.in_(ids), Comment.status == CommentStatus.SHOWN)
    moved = session.scalar(shown) or 0
    session.execute(update(Comment).where(Comment.id.in_(ids)).values(proposal_id=into_id))
    count(CommentCount.count, -moved, proposal_id=from_id)
    count(CommentCount.count, moved, proposal_id=into_id)
    return ids


moves("proposal", CommentMover())
