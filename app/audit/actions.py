"""Writing to the log, and checking that nobody else has."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import text

from app.audit import queries
from app.audit.models import AuditEntry
from app.audit.rules import GENESIS, EntryFacts, seal
from app.db.base import as_json
from app.db.session import session
from app.kernel.actor import Actor

# One writer at a time, or two entries would carry the same predecessor. SQLite has one writer anyway.
PG_LOCK = text("SELECT pg_advisory_xact_lock(71950306)")
_keys: list[bytes] = []


def configure(key: str) -> None:
    """Set the key of the seals, once at start; without it nothing can be recorded."""
    _keys[:] = [key.encode()]


def record(actor: Actor, act: StrEnum | str, subject: str, now: datetime, **facts: object) -> None:
    """Append an entry within the running transaction; facts must not hold personal data or choices."""
    record_many(actor, act, [subject], now, **facts)


def record_many(actor: Actor, act: StrEnum | str, subjects: Iterable[str], now: datetime, **facts: object) -> None:
    """Append an entry for each of the subjects, to all of whom the same has been done."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(PG_LOCK)
    last = queries.last_entry()
    number, before = (last.id, last.seal) if last else (0, GENESIS)
    for place, subject in enumerate(subjects, number + 1):
        entry = EntryFacts(place, now, actor.person_id, str(act), subject, as_json(**facts))
        before = seal(entry, before, _keys[0])
        session.add(_row(entry, before))
    session.flush()


def _row(entry: EntryFacts, sealed: str) -> AuditEntry:
    return AuditEntry(
        id=entry.id,
        at=entry.at,
        actor_id=entry.actor_id,
        act=entry.act,
        subject=entry.subject,
        facts=dict(entry.facts),
        seal=sealed,
    )


def verify() -> int | None:
    """Check the whole chain; the number of the first entry that does not fit, None when all do."""
    before, expected = GENESIS, 1
    for row in queries.all_entries():
        entry = EntryFacts(row.id, row.at, row.actor_id, row.act, row.subject, row.facts)
        if row.id != expected or row.seal != seal(entry, before, _keys[0]):
            return expected
        before, expected = row.seal, expected + 1
    return None
