"""Lifting the digests of NIKs to the newest key, a batch at a time, while everybody goes on."""

from sqlalchemy import select

from app.db.session import session
from app.identity import queries
from app.identity.models import Identity
from app.identity.rules.nik import Doubt
from app.vault import lift_digest

BATCH = 500


def lift_digests(after: int) -> list[int]:
    """Lift the next digests of older keys, of people after this one; whose they were, in order.

    While an old and a new programme run beside each other the same NIK can be entered under two keys. Whose digest is
    lifted second gives it up, and the facilitator sees that there is something to look at.
    """
    rows = session.scalars(
        select(Identity)
        .where(queries.is_of_older_key(), Identity.person_id > after)
        .order_by(Identity.person_id)
        .limit(BATCH)
        .with_for_update()
    ).all()
    lifted = {row.person_id: lift_digest(row.nik_digest or "") for row in rows}
    taken = queries.digests_among(lifted.values())
    for row in rows:
        if lifted[row.person_id] in taken:
            row.nik_digest = row.nik_last4 = None
            row.doubts = [*row.doubts, Doubt.ALREADY_KNOWN.value]
        else:
            row.nik_digest = lifted[row.person_id]
            taken.add(row.nik_digest)
    session.flush()
    return [row.person_id for row in rows]
