"""Reading photos."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, select

from app.db.session import session
from app.files.models import StoredDocument, StoredFile
from app.files.permissions import PhotoFacts
from app.files.rules import Photo
from app.files.rules.documents import Document

SHOWN = (StoredFile.key, StoredFile.width, StoredFile.height, StoredFile.source_digest)
BATCH = 500


def drafts_of(person_id: int, form_key: str) -> Sequence[Photo]:
    """The photos that this person has added to this form so far, in the order in which they came."""
    mine = (StoredFile.owner_id == person_id) & (StoredFile.form_key == form_key)
    return [Photo(*row) for row in session.execute(select(*SHOWN).where(mine).order_by(StoredFile.id))]


def photos_of(kind: str, ids: Collection[int]) -> Mapping[int, Sequence[Photo]]:
    """The photos of each of these things, in the order in which they came; one statement for a whole list."""
    found: dict[int, list[Photo]] = {number: [] for number in ids}
    attached = (StoredFile.attached_to == kind) & StoredFile.attached_id.in_(ids)
    for row in session.execute(select(*SHOWN, StoredFile.attached_id).where(attached).order_by(StoredFile.id)):
        found[row.attached_id].append(Photo(*row[:4]))
    return found


def photos_with(person_id: int, form_key: str, kind: str, number: int | None) -> Sequence[Photo]:
    """Those that hang on the thing, if there is one yet, and those that this person's form of it has taken since."""
    attached = photos_of(kind, [number])[number] if number else []
    return [*attached, *drafts_of(person_id, form_key)]


def find_facts(key: str) -> PhotoFacts | None:
    """Whose photo it is and what it is attached to."""
    row = session.execute(
        select(StoredFile.owner_id, StoredFile.attached_to, StoredFile.attached_id).where(StoredFile.key == key)
    ).one_or_none()
    return PhotoFacts(*row) if row else None


def documents_of(kind: str, ids: Collection[int]) -> Mapping[int, Document]:
    """The document of each of these things that has one; one statement for a whole list."""
    attached = (StoredDocument.attached_to == kind) & StoredDocument.attached_id.in_(ids)
    columns = (StoredDocument.key, StoredDocument.name, StoredDocument.bytes, StoredDocument.digest)
    rows = session.execute(select(*columns, StoredDocument.attached_id).where(attached).order_by(StoredDocument.id))
    return {row.attached_id: Document(*row[:4]) for row in rows}


def find_document(key: str) -> Document | None:
    row = session.scalars(select(StoredDocument).where(StoredDocument.key == key)).one_or_none()
    return Document(row.key, row.name, row.bytes, row.digest) if row else None


def known_among(keys: Collection[str]) -> set[str]:
    """Those of the keys that have a row, as a photo or as a document."""
    photos = select(StoredFile.key).where(StoredFile.key.in_(keys))
    documents = select(StoredDocument.key).where(StoredDocument.key.in_(keys))
    return set(session.scalars(photos.union_all(documents)))


def keys_before(instant: datetime) -> Iterator[str]:
    """The keys of all photos added before, read in batches, so that many do not fill the memory."""
    last = 0
    while rows := session.execute(_batch_after(last, instant)).all():
        yield from (row.key for row in rows)
        last = rows[-1].id


def _batch_after(last: int, instant: datetime) -> Select[int, str]:
    older = (StoredFile.id > last) & (StoredFile.created_at < instant)
    return select(StoredFile.id, StoredFile.key).where(older).order_by(StoredFile.id).limit(BATCH)
