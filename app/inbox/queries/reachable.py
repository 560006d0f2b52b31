"""Who may be sent messages: who has agreed, has a confirmed phone, and still has an account."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select

from app.accounts.models import Consent, Person
from app.accounts.rules import takes_codes
from app.accounts.rules.consents import Purpose
from app.db.session import session
from app.discussion.models import Follow, Support
from app.inbox.models import InboxMark, NewsFor

BATCH = 50


def _may_be_told() -> ColumnElement[bool]:
    agreed = exists().where(
        Consent.person_id == Person.id, Consent.purpose == Purpose.MESSAGES, Consent.withdrawn_at.is_(None)
    )
    return agreed & Person.phone_confirmed_at.is_not(None) & Person.closed_at.is_(None)


def phone_to_tell(person_id: int) -> str | None:
    """Where to send a message; None where there is no consent, no confirmed phone, or one abroad."""
    person = session.scalars(select(Person).where(Person.id == person_id, _may_be_told())).first()
    phone = person.phone if person else None
    return phone if phone and takes_codes(phone) else None


def not_told_on(day: date, after_id: int) -> Sequence[int]:
    """The next people who may have something to hear, by id."""
    has_cause = or_(
        *(exists().where(cause == Person.id) for cause in (Follow.person_id, NewsFor.person_id, Support.person_id))
    )
    told = exists().where(InboxMark.person_id == Person.id, InboxMark.told_on >= day)
    asked = select(Person.id).where(Person.id > after_id, _may_be_told(), has_cause, ~told)
    return session.scalars(asked.order_by(Person.id).limit(BATCH)).all()


def lock_mark(person_id: int) -> InboxMark:
    """The mark locked and read anew, so that of two workers only one tells this person."""
    mark = session.get(InboxMark, person_id, with_for_update=True, populate_existing=True)
    assert mark is not None  # just added
    return mark
