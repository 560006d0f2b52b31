"""Writing down who of the staff has seen a person's record."""

from collections.abc import Iterable
from datetime import datetime

from app.accounts import queries
from app.accounts.models import PersonView
from app.accounts.rules.views import Seen
from app.db.session import session
from app.kernel.actor import Actor


def note_views(actor: Actor, person_ids: Iterable[int], seen: Seen, now: datetime) -> None:
    """Note that the actor has seen this part of these people's records; again within some minutes is the same view."""
    assert actor.person_id is not None  # staff are signed in
    others = [person_id for person_id in person_ids if person_id != actor.person_id]
    noted = queries.seen_lately(actor.person_id, others, seen, now)
    session.add_all(
        PersonView(person_id=person_id, viewer_id=actor.person_id, seen=seen, at=now)
        for person_id in others
        if person_id not in noted
    )
    session.flush()
