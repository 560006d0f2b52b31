"""Writing down who of the staff has seen a person's record."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, literal, select

from app.accounts import queries
from app.accounts.models import Person, PersonView
from app.accounts.rules.views import Seen
from app.db.session import session
from app.kernel.actor import Actor


def note_views(actor: Actor, person_ids: Iterable[int], seen: Seen, now: datetime) -> None:
    """Note that the actor has seen this part of these people's records; again within some minutes is the same view."""
    assert actor.person_id is not None  # staff are signed in
    others = [person_id for person_id in person_ids if person_id != actor.person_id]
    noted = queries.asked_lately(actor.person_id, others, seen, now)
    values = {PersonView.viewer_id: actor.person_id, PersonView.seen: seen, PersonView.at: now}
    told = (literal(value, column.type) for column, value in values.items())
    fresh = select(Person.id, *told).where(Person.id.in_(others), Person.id.not_in(noted)).order_by(Person.id)
    session.execute(insert(PersonView).from_select([PersonView.person_id, *values], fresh))
