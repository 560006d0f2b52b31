"""Taking photos in, keeping them with a form that is not finished, and attaching them to what comes of it.

A view of a room above takes them first, outside of any transaction, then keeps them, whatever else is wrong with the
form; the transaction that takes the form attaches them.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import IO, Protocol

from sqlalchemy import ColumnElement, delete, func, select, update

from app.db.session import session
from app.db.upserts import add_once
from app.files.actions.encoding import encode
from app.files.actions.storing import NotStored, storage
from app.files.models import StoredFile
from app.files.queries import photos_of
from app.files.rules import KEY, MOST_BYTES, MOST_DRAFTS, MOST_PHOTOS, UPLOADS, Photo, Refusal, Size, object_name
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.limits import actions as limits

# What will pass, but not within this request: its other photos would wait as long, in vain.
PASSING = (Refusal.BUSY, Refusal.NOT_STORED)


class Upload(Protocol):
    """A file as a form brings it."""

    @property
    def filename(self) -> str | None: ...

    @property
    def stream(self) -> IO[bytes]: ...


@dataclass(frozen=True)
class Picture:
    """A photo that is stored, and has no row yet: without one it is swept away after a day."""

    photo: Photo
    bytes: int


@dataclass(frozen=True)
class Fault:
    """Why a file was not taken; `name` is its sender's, for telling them which one."""

    name: str
    reason: StrEnum
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Taken:
    """What has become of the files of a request."""

    pictures: Sequence[Picture]
    faults: Sequence[Fault]


def take(
    actor: Actor, uploads: Iterable[Upload], kept: Collection[Photo], now: datetime, most: int = MOST_PHOTOS
) -> Taken:
    """Encode and store what was sent beside the photos already kept; one that was sent before is passed over."""
    known = {photo.digest for photo in kept}
    pictures: list[Picture] = []
    faults: list[Fault] = []
    stopped = _refuse_more(actor, now)
    for upload in uploads:
        content = upload.stream.read(MOST_BYTES + 1)
        digest = sha256(content).hexdigest()
        if digest in known:
            continue
        if len(known) >= most:
            faults.append(Fault(upload.filename or "", Refusal.TOO_MANY, {"most": most}))
            break
        try:
            if stopped:
                raise stopped
            pictures.append(_store(content, digest))
            known.add(digest)
        except Refused as refused:
            faults.append(Fault(upload.filename or "", refused.reason, refused.facts))
            stopped = refused if refused.reason in PASSING else stopped
    return Taken(pictures, faults)


def _refuse_more(actor: Actor, now: datetime) -> Refused | None:
    """Why nothing more is taken from this person for a while."""
    try:
        limits.refuse_over(UPLOADS, str(actor.person_id), now)
    except Refused as refused:
        return refused
    return None


def _store(content: bytes, digest: str) -> Picture:
    """Every size is stored before anything is promised."""
    made, key = encode(content), secrets.token_hex(16)
    try:
        for size, encoded in made.contents.items():
            storage().put(object_name(key, size), encoded)
    except NotStored:
        raise Refused(Refusal.NOT_STORED) from None
    return Picture(Photo(key, made.width, made.height, digest), sum(map(len, made.contents.values())))


def keep(actor: Actor, form_key: str, taken: Taken, now: datetime) -> None:
    """Keep the pictures as drafts of this form, for its writer alone; no log, as nobody else learns of them."""
    for picture in taken.pictures:
        add_once(
            StoredFile,
            key=picture.photo.key,
            owner_id=actor.person_id,
            form_key=form_key,
            width=picture.photo.width,
            height=picture.photo.height,
            bytes=picture.bytes,
            source_digest=picture.photo.digest,
            created_at=now,
        )
    for _ in (*taken.pictures, *taken.faults):
        limits.count(UPLOADS, str(actor.person_id), now, actor)
    _forget_oldest(actor)


def _forget_oldest(actor: Actor) -> None:
    """Nobody fills the storage with forms that they never finish."""
    drafts = select(StoredFile.id).where(StoredFile.owner_id == actor.person_id, StoredFile.form_key.is_not(None))
    spare = session.scalars(drafts.order_by(StoredFile.id.desc()).offset(MOST_DRAFTS)).all()
    if spare:
        session.execute(delete(StoredFile).where(StoredFile.id.in_(spare)))


def drop(actor: Actor, form_key: str, keys: Collection[str]) -> None:
    """Take photos out of the form again; those of others are not touched."""
    session.execute(delete(StoredFile).where(_draft(actor, form_key), StoredFile.key.in_(_ours(keys))))


def carry_over(actor: Actor, form_key: str, to_key: str) -> None:
    """Let the form's photos go on with another form: one that was sent already is sent once more as a new one."""
    session.execute(update(StoredFile).where(_draft(actor, form_key)).values(form_key=to_key))


def attach(actor: Actor, form_key: str, kind: str, number: int, most: int = MOST_PHOTOS) -> None:
    """Make the form's photos those of a thing, which the caller has locked and may change."""
    attached = _attached(kind, number)
    there = select(StoredFile.source_digest).where(attached)
    session.execute(delete(StoredFile).where(_draft(actor, form_key), StoredFile.source_digest.in_(there)))
    session.execute(
        update(StoredFile).where(_draft(actor, form_key)).values(form_key=None, attached_to=kind, attached_id=number)
    )
    if session.scalars(select(func.count()).where(attached)).one() > most:
        raise Refused(Refusal.TOO_MANY, most=most)


def copies_of(kind: str, number: int) -> list[Picture]:
    """The photos of a thing stored once more, for another that shows the same; outside of any transaction."""
    return [copy for photo in photos_of(kind, [number])[number] if (copy := _copy(photo))]


def _copy(photo: Photo) -> Picture | None:
    """None where a size is missing: the nightly sweep tells of it."""
    key = secrets.token_hex(16)
    try:
        contents = {size: storage().get(photo.name(size)) for size in Size}
        if not all(contents.values()):
            return None
        for size, content in contents.items():
            storage().put(object_name(key, size), content or b"")
    except NotStored:
        raise Refused(Refusal.NOT_STORED) from None
    return Picture(
        Photo(key, photo.width, photo.height, photo.digest), sum(len(one or b"") for one in contents.values())
    )


def hang(pictures: Iterable[Picture], kind: str, number: int, owner_id: int, now: datetime) -> None:
    """Make pictures those of a new thing of somebody's."""
    for picture in pictures:
        session.add(
            StoredFile(
                key=picture.photo.key,
                owner_id=owner_id,
                attached_to=kind,
                attached_id=number,
                width=picture.photo.width,
                height=picture.photo.height,
                bytes=picture.bytes,
                source_digest=picture.photo.digest,
                created_at=now,
            )
        )
    session.flush()


def detach(kind: str, number: int, keys: Collection[str]) -> None:
    """Take photos off a thing, which the caller has locked and may change; nobody sees them any more."""
    session.execute(delete(StoredFile).where(_attached(kind, number), StoredFile.key.in_(_ours(keys))))


def _draft(actor: Actor, form_key: str) -> ColumnElement[bool]:
    return (StoredFile.owner_id == actor.person_id) & (StoredFile.form_key == form_key)


def _attached(kind: str, number: int) -> ColumnElement[bool]:
    return (StoredFile.attached_to == kind) & (StoredFile.attached_id == number)


def _ours(keys: Collection[str]) -> list[str]:
    """Keys come back from a browser: what is none is left out."""
    return [key for key in keys if KEY.fullmatch(key)]
