"""Reading everything that is kept on one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from app.accounts.models import Consent, Person, PersonView, RoleGrant
from app.audit.models import AuditEntry
from app.db.session import session
from app.kernel.paging import PAGE_SIZE, Page, page_of, parse_mark
from app.privacy.queries.traces import OTHER, TRACES
from app.privacy.rules import ClosingFacts, Section

Row = Mapping[str, Any]
ACCOUNT = (
    Person.card_number,
    Person.name,
    Person.village_code,
    Person.hamlet,
    Person.language,
    Person.level,
    Person.phone_confirmed_at,
    Person.registered_at,
    Person.active_at,
)


@dataclass(frozen=True)
class SeenRow:
    """A view of a person's record by somebody of the staff."""

    id: int
    seen: Any
    at: datetime
    by: str


def file_on(person: Person) -> dict[Section, Sequence[Row]]:
    """Everything the installation holds on a person, by section; no secret, no choice of a ballot."""
    account = {column.key: getattr(person, column.key) for column in ACCOUNT} | {"phone": person.phone}
    file: dict[Section, Sequence[Row]] = {Section.PERSON: [account]}
    for trace in TRACES:
        if trace.section:
            file[trace.section] = _rows(trace.rows_of(person.id))
    entries = select(AuditEntry.at, AuditEntry.act, AuditEntry.subject, AuditEntry.facts).order_by(AuditEntry.id)
    is_on = AuditEntry.subject == f"person:{person.id}"
    file[Section.ACTS_ON] = _rows(entries.where(is_on))
    file[Section.ACTS_OF] = _rows(entries.where(AuditEntry.actor_id == person.id, ~is_on))
    return file


def _rows(asked: Any) -> list[Row]:
    return [row._asdict() for row in session.execute(asked)]


def consents_of(person_id: int) -> dict[str, Consent]:
    """The consents in force by purpose, the latest of each."""
    given = (Consent.person_id == person_id) & Consent.withdrawn_at.is_(None)
    return {row.purpose: row for row in session.scalars(select(Consent).where(given).order_by(Consent.id))}


def views_of(person_id: int, after: str | None, size: int = PAGE_SIZE) -> Page[SeenRow]:
    """Who has seen the person's record, the latest first."""
    mark = parse_mark(after, 1)
    asked = (
        select(PersonView.id, PersonView.seen, PersonView.at, OTHER.name)
        .join(OTHER, OTHER.id == PersonView.viewer_id)
        .where(PersonView.person_id == person_id)
    )
    if mark:
        asked = asked.where(PersonView.id < mark[0])
    rows = [SeenRow(*row) for row in session.execute(asked.order_by(PersonView.id.desc()).limit(size + 1))]
    return page_of(rows, size, lambda row: str(row.id))


def holds_role(now: datetime) -> ColumnElement[bool]:
    """SQL: the person has a grant that is not over."""
    is_on = RoleGrant.until.is_(None) | (RoleGrant.until > now)
    return exists().where(RoleGrant.person_id == Person.id, is_on)


def closing_facts(person_id: int, now: datetime) -> ClosingFacts:
    asked = select(holds_role(now)).where(Person.id == person_id)
    return ClosingFacts(*session.execute(asked).one())
