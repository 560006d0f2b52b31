"""Taking a document in, and hanging it on a thing of a room above.

A view takes it first, outside of any transaction, from a form that asks for nothing else: no other answer can lose
it. The transaction that takes the form attaches it; what is never attached is swept away after a day.
"""

import secrets
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete

from app.db.session import session
from app.files.actions.photos import Upload
from app.files.actions.storing import NotStored, storage
from app.files.models import StoredDocument
from app.files.rules import UPLOADS
from app.files.rules.documents import MOST_BYTES, Document, DocumentRefusal, document_name, refuse_document, shown_name
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.limits import actions as limits


def take_document(actor: Actor, upload: Upload, now: datetime) -> Document:
    """Check and store what was sent; it has no row yet."""
    limits.refuse_over(UPLOADS, str(actor.person_id), now)
    content = upload.stream.read(MOST_BYTES + 1)
    if refusal := refuse_document(content):
        raise Refused(refusal)
    key = secrets.token_hex(16)
    try:
        storage().put(document_name(key), content)
    except NotStored:
        raise Refused(DocumentRefusal.NOT_STORED) from None
    return Document(key, shown_name(upload.filename), len(content), sha256(content).hexdigest())


def attach_document(actor: Actor, document: Document, kind: str, number: int, now: datetime) -> None:
    """Make it the document of a thing, which the caller has locked and may change; an earlier one goes."""
    limits.count(UPLOADS, str(actor.person_id), now, actor)
    session.execute(
        delete(StoredDocument).where(StoredDocument.attached_to == kind, StoredDocument.attached_id == number)
    )
    session.add(
        StoredDocument(
            key=document.key,
            owner_id=actor.person_id,
            attached_to=kind,
            attached_id=number,
            name=document.name,
            bytes=document.bytes,
            digest=document.digest,
            created_at=now,
        )
    )
    session.flush()
