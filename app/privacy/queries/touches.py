"""Whose records were touched within a time, by whom: what has to be known after a breach."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select
from sqlalchemy.orm import aliased

from app.accounts.models import Person, PersonView, SignIn
from app.audit.models import AuditEntry
from app.db.session import session
from app.privacy.rules.breaches import Touch, Touched

BY = aliased(Person)
# What the log calls a person.
SUBJECT = literal("person:") + cast(Person.id, String)


def touched(
    since: datetime, until: datetime, card_number: str | None, by: str | None, *, with_phones: bool
) -> Iterator[Touched]:
    """The lines of the report: views, then acts, then sign-ins, each in order of time. Phones only where asked for."""
    only: list[Any] = [Person.card_number == card_number] if card_number else []
    only += [BY.card_number == by] if by else []
    for touch, asked, at in _sources():
        found = asked.where(at >= since, at < until, *only).order_by(at, Person.id)
        for person, part, moment, actor in session.execute(found):
            phone = (person.phone or "") if with_phones else ""
            yield Touched(person.card_number, touch, str(part), moment, actor or "", phone)


def _sources() -> Iterator[tuple[Touch, Select[*tuple[Any, ...]], Any]]:
    views = select(Person, PersonView.seen, PersonView.at, BY.card_number)
    views = views.join(PersonView, PersonView.person_id == Person.id).join(BY, BY.id == PersonView.viewer_id)
    yield Touch.SEEN, views, PersonView.at
    acts = select(Person, AuditEntry.act, AuditEntry.at, BY.card_number)
    acts = acts.join(AuditEntry, AuditEntry.subject == SUBJECT).outerjoin(BY, BY.id == AuditEntry.actor_id)
    yield Touch.ACTED, acts, AuditEntry.at
    device = func.trim(SignIn.browser + " " + SignIn.system)
    sign_ins = select(Person, device, SignIn.begun_at, BY.card_number)
    sign_ins = sign_ins.join(SignIn, SignIn.person_id == Person.id).join(BY, BY.id == SignIn.person_id)
    yield Touch.SIGNED_IN, sign_ins, SignIn.begun_at
