"""Reading the log."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db.session import session


def last_entry() -> AuditEntry | None:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).first()


def all_entries(batch: int = 500) -> Iterator[AuditEntry]:
    """Oldest first, read in batches, so that a long log does not fill the memory."""
    last = 0
    while entries := session.scalars(
        select(AuditEntry).where(AuditEntry.id > last).order_by(AuditEntry.id).limit(batch)
    ).all():
        yield from entries
        last = entries[-1].id
