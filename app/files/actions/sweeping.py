"""The nightly sweep: storage and table agree again after whatever has happened between them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import delete

from app.db.session import session
from app.files import queries
from app.files.actions.storing import Stored, storage
from app.files.models import StoredFile
from app.files.rules import DRAFTS_LAST, ORPHANS_LAST, Size, object_name, parse_name
from app.files.rules.documents import document_key


@dataclass(frozen=True)
class Swept:
    """How many objects went, and the keys of photos of which an object is missing."""

    deleted: int
    missing: Sequence[str]


def forget_drafts(now: datetime) -> int:
    """Forget the photos of forms that nobody has finished for a month; how many they were."""
    unfinished = StoredFile.form_key.is_not(None) & (StoredFile.created_at < now - DRAFTS_LAST)
    return len(session.execute(delete(StoredFile).where(unfinished).returning(StoredFile.id)).all())


def sweep(now: datetime) -> Swept:
    """Delete objects without a row that are older than a day, and find rows without their objects.

    Younger ones may belong to a form that is being answered in this moment.
    """
    seen: set[str] = set()
    deleted = 0
    for batch in _batches(storage().listing()):
        seen.update(stored.name for stored in batch)
        for orphan in _orphans(batch):
            if orphan.since < now - ORPHANS_LAST:
                storage().delete(orphan.name)
                deleted += 1
    lacking = (key for key in queries.keys_before(now - ORPHANS_LAST) if not seen.issuperset(_names(key)))
    return Swept(deleted, list(lacking))


def _batches(found: Iterator[Stored]) -> Iterator[list[Stored]]:
    while batch := list(islice(found, queries.BATCH)):
        yield batch


def _orphans(batch: Iterable[Stored]) -> Iterator[Stored]:
    """Those that no row names, and what is called like nothing of ours: the rest of an unfinished write."""
    keys = {stored.name: key for stored in batch if (key := _key_of(stored.name))}
    known = queries.known_among(set(keys.values()))
    return (stored for stored in batch if keys.get(stored.name) not in known)


def _key_of(name: str) -> str | None:
    parsed = parse_name(name)
    return parsed[0] if parsed else document_key(name)


def _names(key: str) -> list[str]:
    return [object_name(key, size) for size in Size]
