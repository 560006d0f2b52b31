"""Keeping what has been answered so far, question by question, until the proposal is complete."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from app.db.base import as_json
from app.db.session import session
from app.db.upserts import add_once
from app.files import actions as files
from app.files.queries import drafts_of
from app.kernel.actor import Actor
from app.kernel.outcomes import Denied, Refused
from app.proposals import queries
from app.proposals.actions.moving import move
from app.proposals.models import ProposalDraft
from app.proposals.permissions import POLICY, Can, ProposalFacts
from app.proposals.rules import Event, Refusal, Status
from app.proposals.rules.writing import MOST_DRAFTS, Question, Said, with_answer


def keep_answer(
    actor: Actor,
    form_key: str,
    question: Question,
    answer: Mapping[str, Any],
    now: datetime,
    *,
    is_at_home: bool = False,
) -> Said:
    """Keep one answer with those given before; all that has been said."""
    draft = _begin(actor, form_key, now)
    said = with_answer(draft.answers["said"], question, answer, is_at_home=is_at_home)
    draft.answers = {**draft.answers, "said": as_json(**said)}
    draft.changed_at = now
    session.flush()
    return said


def note_difference(actor: Actor, form_key: str, numbers: Sequence[str], now: datetime) -> None:
    """Remember that the author has seen these proposals and says that this one is another."""
    draft = _begin(actor, form_key, now)
    draft.answers = {**draft.answers, "differs_from": list(numbers)}
    session.flush()


def _begin(actor: Actor, form_key: str, now: datetime) -> ProposalDraft:
    """The row of the form, locked: new, or what another page of it has kept."""
    if actor.person_id is None or not actor.village_code:
        raise Denied(Can.WRITE)
    facts = ProposalFacts(actor.village_code, actor.person_id, None, Status.DRAFT, False)
    POLICY.require(actor, Can.WRITE, facts)
    proposal = queries.find_draft(actor.person_id, form_key)
    if proposal is not None and proposal.status is not Status.DRAFT:
        raise Refused(Refusal.ALREADY_SENT, number=proposal.number)
    if queries.find_answers(actor.person_id, form_key) is None:
        if queries.count_answers(actor.person_id) >= MOST_DRAFTS:
            raise Refused(Refusal.TOO_MANY_DRAFTS)
        said = as_json(**queries.said_by(proposal)) if proposal else {}
        add_once(
            ProposalDraft,
            author_id=actor.person_id,
            form_key=form_key,
            answers={"said": said},
            began_at=now,
            changed_at=now,
        )
    return queries.get_answers_locked(actor.person_id, form_key)


def discard(actor: Actor, form_key: str, now: datetime) -> None:
    """Throw away what has not been sent, its photos too."""
    assert actor.person_id is not None  # signed in
    proposal = queries.find_draft(actor.person_id, form_key)
    if proposal is not None and proposal.status is Status.DRAFT:
        move(actor, proposal, Event.WITHDRAW, now)
    mine = (ProposalDraft.author_id == actor.person_id) & (ProposalDraft.form_key == form_key)
    session.execute(delete(ProposalDraft).where(mine))
    files.drop(actor, form_key, [photo.key for photo in drafts_of(actor.person_id, form_key)])
