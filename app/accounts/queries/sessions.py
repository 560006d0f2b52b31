"""Reading sessions: who is behind a request, and where a person is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Person, RoleGrant, SignIn
from app.accounts.queries import ACTOR, actor_of, in_force
from app.accounts.rules.sessions import MOST_SHOWN, SessionFacts, digest_of, is_alive
from app.db.session import session
from app.kernel.actor import Actor


@dataclass(frozen=True)
class SignedIn:
    """The person behind a request, and the session by which they are known."""

    actor: Actor
    sign_in_id: int
    facts: SessionFacts
    confirmed_at: datetime


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
    return SignedIn(actor, row.sign_in_id, facts, row.confirmed_at) if is_alive(facts, now) else None


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
