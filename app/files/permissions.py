"""Who sees a photo: its owner while it is a draft; then whoever the room says to whose thing it is attached.

A room above says it once, for its kind of thing:

    @shows_photos("proposal")
    def sees_photos_of(actor: Actor, proposal_id: int) -> bool: ...

What nobody speaks for is seen by nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.kernel.actor import Actor

Judge = Callable[[Actor, int], bool]

_judges: dict[str, Judge] = {}


@dataclass(frozen=True)
class PhotoFacts:
    """Whose it is, and what it is attached to, if it is."""

    owner_id: int
    attached_to: str | None = None
    attached_id: int | None = None


def shows_photos(kind: str) -> Callable[[Judge], Judge]:
    """Register who sees the photos of the things of this kind."""

    def register(judge: Judge) -> Judge:
        _judges[kind] = judge
        return judge

    return register


def may_see(actor: Actor, photo: PhotoFacts) -> bool:
    if photo.attached_to is None or photo.attached_id is None:
        return actor.is_signed_in and actor.person_id == photo.owner_id
    judge = _judges.get(photo.attached_to)
    return judge is not None and judge(actor, photo.attached_id)
