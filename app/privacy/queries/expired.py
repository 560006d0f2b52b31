"""Which rows are kept no longer, by the periods of the rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from app.accounts.models import Person, PersonView, SignIn
from app.credentials.models import OneTimeCode
from app.db.session import session
from app.discussion.models import Comment, Support
from app.facilitation.models import Assistance
from app.limits.models import Tries
from app.messages.models import Message
from app.messages.queries import FINISHED
from app.privacy.queries import holds_role
from app.privacy.rules.periods import BATCH, PERIODS, Kept
from app.proposals.models import Proposal, ProposalDraft
from app.proposals.rules import Status

IDS: Mapping[Kept, Any] = {
    Kept.ACCOUNT: Person.id,
    Kept.DRAFT: Proposal.id,
    Kept.ANSWERS: ProposalDraft.form_key,
    Kept.CODE: OneTimeCode.id,
    Kept.MESSAGE_TEXT: Message.id,
    Kept.MESSAGE: Message.id,
    Kept.TRIES: Tries.key_digest,
    Kept.SIGN_IN: SignIn.id,
    Kept.VIEW: PersonView.id,
}


def _is_over(kept: Kept, now: datetime) -> ColumnElement[bool]:
    start = PERIODS[kept].start(now)
    is_sent = (Message.written_at < start) & Message.status.in_(FINISHED)
    conditions: Mapping[Kept, ColumnElement[bool]] = {
        Kept.ACCOUNT: _is_idle(start, now),
        Kept.DRAFT: (Proposal.status == Status.DRAFT) & (Proposal.written_at < start),
        Kept.ANSWERS: ProposalDraft.changed_at < start,
        Kept.CODE: OneTimeCode.sent_at < start,
        Kept.MESSAGE_TEXT: is_sent & (Message.text_sealed.is_not(None) | Message.address_sealed.is_not(None)),
        Kept.MESSAGE: is_sent,
        Kept.TRIES: Tries.since < start,
        Kept.SIGN_IN: SignIn.begun_at <= start,
        Kept.VIEW: PersonView.at < start,
    }
    return conditions[kept]


def _is_idle(start: datetime, now: datetime) -> ColumnElement[bool]:
    """Nothing was done in the account or for it since; who acts for the public is never idle."""
    is_used = (
        exists().where(Assistance.person_id == Person.id, Assistance.at >= start)
        | exists().where(Proposal.author_id == Person.id, Proposal.written_at >= start)
        | exists().where(Comment.author_id == Person.id, Comment.written_at >= start)
        | exists().where(Support.person_id == Person.id, Support.at >= start)
    )
    return Person.closed_at.is_(None) & (Person.active_at < start) & ~is_used & ~holds_role(now)


def batch(kept: Kept, now: datetime) -> Select[Any]:
    """The ids of some rows that are over, locked; those that somebody else holds are left to the next night."""
    ids = IDS[kept]
    asked = select(ids).where(_is_over(kept, now)).order_by(ids).limit(BATCH)
    return asked.with_for_update(of=ids.class_, skip_locked=True)


def count_over(kept: Kept, now: datetime) -> int:
    return session.scalar(select(func.count()).select_from(IDS[kept].class_).where(_is_over(kept, now))) or 0


def idle_ids(now: datetime) -> Sequence[int]:
    """Some accounts that nobody uses; each is closed in a transaction of its own."""
    return session.scalars(select(Person.id).where(_is_over(Kept.ACCOUNT, now)).order_by(Person.id).limit(BATCH)).all()
