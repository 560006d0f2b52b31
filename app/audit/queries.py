"""Reading the log."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db.session import session


def last_entry() -> AuditEntry | None:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).first()


def all_entries() -> Iterator[AuditEntry]:
    """Oldest first, read in batches."""
    yield from session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500))
