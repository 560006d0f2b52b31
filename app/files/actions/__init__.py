"""Taking, keeping, attaching and sweeping photos and documents."""

from app.files.actions.documents import attach_document, take_document
from app.files.actions.encoding import Encoded, encode
from app.files.actions.photos import (
    Fault,
    Picture,
    Taken,
    Upload,
    attach,
    carry_over,
    copies_of,
    detach,
    drop,
    hang,
    keep,
    take,
)
from app.files.actions.s3 import S3Storage
from app.files.actions.storing import DiskStorage, NotStored, Storage, Stored, configure, storage
from app.files.actions.sweeping import Swept, forget_drafts, sweep
from app.files.rules.places import Folder, Place

__all__ = [
    "DiskStorage",
    "Encoded",
    "Fault",
    "NotStored",
    "Picture",
    "S3Storage",
    "Storage",
    "Stored",
    "Swept",
    "Taken",
    "Upload",
    "attach",
    "attach_document",
    "carry_over",
    "configure",
    "copies_of",
    "detach",
    "drop",
    "encode",
    "forget_drafts",
    "hang",
    "keep",
    "open_storage",
    "storage",
    "sweep",
    "take",
    "take_document",
]


def open_storage(place: Place) -> Storage:
    """The storage at this place; it is asked for nothing yet."""
    if isinstance(place, Folder):
        return DiskStorage(place.path)
    return S3Storage(place.endpoint, place.name, place.key, place.secret, place.region, https=place.https)
