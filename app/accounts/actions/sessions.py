"""Signing browsers in and out: the browser keeps a random id, the table only its digest."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from app.accounts import queries
from app.accounts.actions.passwords import password_fits
from app.accounts.models import Person, SignIn
from app.accounts.rules import Refusal
from app.accounts.rules.limits import SIGN_IN
from app.accounts.rules.sessions import LONGEST, SEEN_EVERY, Device, Way, digest_of
from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.limits import actions as limits

TOKEN_BYTES = 32
SWEPT_AT_ONCE = 100


@dataclass(frozen=True)
class Proof:
    """How somebody has shown who they are; a passkey is both factors in one. A code says nothing of the password."""

    way: Way = Way.PASSWORD
    has_factor: bool = False


def begin_session(
    person_id: int,
    epoch: int,
    device: Device,
    is_shared: bool,
    now: datetime,
    instead_of: str | None = None,
    proof: Proof = Proof(),
) -> str:
    """Sign a browser in; the random id that it keeps. What it was signed in with before ends.

    `epoch` is the one that was read together with the password: a password changed since then makes it worthless.
    """
    sign_out(instead_of)
    _sweep(now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        SignIn(
            digest=digest_of(token),
            person_id=person_id,
            epoch=epoch,
            way=proof.way,
            begun_at=now,
            seen_at=now,
            confirmed_at=None if proof.way is Way.CODE else now,
            factor_at=now if proof.has_factor else None,
            is_shared=is_shared,
            browser=device.browser,
            system=device.system,
        )
    )
    session.execute(update(Person).where(Person.id == person_id).values(active_at=now))
    session.flush()
    return token


def note_factor(sign_in_id: int, now: datetime) -> None:
    """A second factor was shown in this session."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(factor_at=now))


def renew(sign_in_id: int) -> str:
    """The session goes on under another random id: who knew the old one, knows nothing."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(digest=digest_of(token)))
    return token


def sign_out(token: str | None) -> None:
    """End the session of this browser, where it has one."""
    if token:
        session.execute(delete(SignIn).where(SignIn.digest == digest_of(token)))


def _sweep(now: datetime) -> None:
    """Forget some sessions that no rule lets live any more; rows that others sweep are left to them."""
    over = select(SignIn.id).where(SignIn.begun_at <= now - LONGEST).order_by(SignIn.id).limit(SWEPT_AT_ONCE)
    session.execute(delete(SignIn).where(SignIn.id.in_(over.with_for_update(skip_locked=True))))


def note_seen(sign_in_id: int, now: datetime) -> None:
    """Write down that the session is in use; of requests that come at once the first one writes."""
    session.execute(
        update(SignIn).where(SignIn.id == sign_in_id, SignIn.seen_at <= now - SEEN_EVERY).values(seen_at=now)
    )


def check_again(actor: Actor, password: str, now: datetime) -> None:
    """Whether whoever is signed in has typed their password; slow on purpose, so before the transaction."""
    assert actor.person_id is not None  # signed in
    person = queries.get_person(actor.person_id)
    limits.refuse_over(SIGN_IN, person.card_number, now)
    if not password_fits(person, password):
        raise Refused(Refusal.NOT_CONFIRMED)


def confirm(sign_in_id: int, now: datetime) -> None:
    """For some minutes the session is taken to be in the hands of its owner."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(confirmed_at=now))


def end_session(actor: Actor, sign_in_id: int, now: datetime) -> None:
    """End one of the actor's own sessions; one that is over already, or is not theirs, changes nothing."""
    mine = (SignIn.id == sign_in_id) & (SignIn.person_id == actor.person_id)
    if session.execute(delete(SignIn).where(mine).returning(SignIn.id)).all():
        record(actor, "end_session", f"person:{actor.person_id}", now)


def end_others(actor: Actor, but_id: int, now: datetime) -> None:
    """End all of the actor's sessions except this one."""
    others = (SignIn.id != but_id) & (SignIn.person_id == actor.person_id)
    ended = session.execute(delete(SignIn).where(others).returning(SignIn.id)).all()
    if ended:
        record(actor, "end_other_sessions", f"person:{actor.person_id}", now, count=len(ended))
