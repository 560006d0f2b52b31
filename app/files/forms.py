"""The field for photos; what comes with a form is kept at once, so that it is there when the form is mended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.db.transaction import transaction
from app.files import actions
from app.files.queries import photos_with
from app.files.rules import Photo
from app.files.words import tell
from app.kernel.actor import Actor
from app.web.uploads import FilesField


class PhotosField(FilesField):
    """Photos of a thing of this kind, and of the form in which it is written."""

    def __init__(self, label: Any, *, kind: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.kind = kind

    def receive(self, actor: Actor, form_key: str, number: int | None, now: datetime) -> Sequence[Photo]:
        """Keep the photos that have come, whatever else is wrong with the form; what it has now.

        `number` is that of the thing, None before there is one. To be asked once the form has been validated.
        """
        if self.uploads or self.dropped:
            kept = [photo for photo in self._shown(actor, form_key, number) if photo.key not in self.dropped]
            taken = actions.take(actor, self.uploads, kept, now)
            with transaction():
                actions.drop(actor, form_key, self.dropped)
                actions.keep(actor, form_key, taken, now)
            self.refuse(tell(fault) for fault in taken.faults)
        return self._shown(actor, form_key, number)

    def carry_over(self, actor: Actor, form_key: str, to_key: str) -> str:
        """Let the form go on under another key, with its photos; the new key."""
        with transaction():
            actions.carry_over(actor, form_key, to_key)
        return to_key

    def _shown(self, actor: Actor, form_key: str, number: int | None) -> Sequence[Photo]:
        assert actor.person_id is not None  # strangers send no photos
        return photos_with(actor.person_id, form_key, self.kind, number)
