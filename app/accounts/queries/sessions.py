"""Reading sessions: who is behind a request, and where a person is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Person, RoleGrant, SignIn
from app.accounts.queries import ACTOR, actor_of, in_force
from app.accounts.rules.sessions import MOST_SHOWN, SessionFacts, digest_of, is_alive
from app.db.session import session
from app.kernel.actor import Actor, Grant


@dataclass(frozen=True)
class SignedIn:
    """The person behind a request, and the session by which they are known.

    `withheld` are the grants that the actor lacks until a second factor is shown. While `kiosk_for_id` is set the
    browser is in that resident's hands, and the actor is not the one who holds it.
    """

    actor: Actor
    sign_in_id: int
    facts: SessionFacts
    confirmed_at: datetime | None
    withheld: tuple[Grant, ...] = ()
    kiosk_for_id: int | None = None


def find_signed_in(token: str, now: datetime) -> SignedIn | None:
    """Session, person and grants in force in one statement; None when the session is over or was ended."""
    rows = session.execute(
        select(
            *ACTOR,
            SignIn.id.label("sign_in_id"),
            SignIn.begun_at,
            SignIn.seen_at,
            SignIn.confirmed_at,
            SignIn.is_shared,
            SignIn.factor_at,
            SignIn.kiosk_for_id,
        )
        .join(SignIn, (SignIn.person_id == Person.id) & (SignIn.epoch == Person.epoch))
        .outerjoin(RoleGrant, in_force(now))
        .where(SignIn.digest == digest_of(token))
        .order_by(RoleGrant.id)
    ).all()
    if not rows:
        return None
    row, actor = rows[0], actor_of(rows)
    facts = SessionFacts(row.begun_at, row.seen_at, row.is_shared, bool(actor.grants))
    if not is_alive(facts, now):
        return None
    withheld = tuple(g for g in actor.grants if g.role.needs_second_factor) if row.factor_at is None else ()
    actor = replace(actor, grants=tuple(g for g in actor.grants if g not in withheld))
    return SignedIn(actor, row.sign_in_id, facts, row.confirmed_at, withheld, row.kiosk_for_id)


def sessions_of(actor: Actor, now: datetime) -> Sequence[SignIn]:
    """The actor's sessions that still live, the last used first."""
    rows = session.scalars(
        select(SignIn)
        .join(Person, (SignIn.person_id == Person.id) & (SignIn.epoch == Person.epoch))
        .where(Person.id == actor.person_id)
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
        .limit(MOST_SHOWN)
    )
    staff = bool(actor.grants)
    return [row for row in rows if is_alive(SessionFacts(row.begun_at, row.seen_at, row.is_shared, staff), now)]
