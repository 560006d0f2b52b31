"""Registering, enrolling, checking passwords, attesting."""

import hashlib
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.accounts import queries
from app.accounts.models import Attestation, Person, SignInTries
from app.accounts.permissions import POLICY, Can
from app.accounts.rules import (
    MAX_PER_PHONE,
    TRIES,
    AttestationFacts,
    Document,
    Refusal,
    card_number,
    is_card_number,
    normal_phone,
    refuse_attestation,
    try_window,
)
from app.audit.actions import record
from app.db.session import session
from app.db.upserts import count_up
from app.kernel.actor import ANYONE, Actor, Level
from app.kernel.outcomes import Refused
from app.kernel.policy import Within

# OWASP's Argon2id for residents: 19 MiB, 2 passes, 1 lane.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Checked when there is nobody to check, so that an unknown name takes as long as a wrong password.
NOBODY = HASHER.hash("tidak ada orangnya")


def hash_password(password: str) -> str:
    """Slow on purpose, so do it before a transaction: others wait for the end of that."""
    return HASHER.hash(password)


def register(name: str, phone: str, password_hash: str, village_code: str, now: datetime) -> Person:
    """A resident opens an account of their own; the phone is in its normal form."""
    # Who registers with the same phone at the same moment waits. SQLite has one writer anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(phone, 0))))
    if len(queries.sharing_phone(phone)) >= MAX_PER_PHONE:
        raise Refused(Refusal.PHONE_FULL, most=MAX_PER_PHONE)
    person = _add(name, phone, password_hash, village_code, now)
    record(ANYONE, "register", f"person:{person.id}", now, village=village_code)
    return person


def enrol(actor: Actor, name: str, village_code: str, now: datetime, form_key: str | None = None) -> Person:
    """A facilitator enters a resident who has no phone; nobody signs in to the account until it gets a password.

    The same form sent again gives the same person.
    """
    POLICY.require(actor, Can.ATTEST, Within(village_code))
    # Lock the facilitator's own row: the halves of a double click come one after the other.
    session.get(Person, actor.person_id, with_for_update=True)
    if form_key and (known := queries.find_by_form_key(form_key)):
        return known
    person = _add(name, None, None, village_code, now, form_key)
    record(actor, "enrol", f"person:{person.id}", now, village=village_code)
    return person


def _add(
    name: str,
    phone: str | None,
    password_hash: str | None,
    village_code: str,
    now: datetime,
    form_key: str | None = None,
) -> Person:
    """Add with the next card number; whoever takes the same number at the same moment makes us try the next."""
    for serial in range(start := queries.highest_id() + 1, start + 20):
        person = Person(
            card_number=card_number(serial),
            name=name,
            phone=phone,
            password_hash=password_hash,
            village_code=village_code,
            level=Level.REGISTERED,
            epoch=0,
            registered_at=now,
            form_key=form_key,
        )
        try:
            with session.begin_nested():
                session.add(person)
            return person
        except IntegrityError:
            continue
    raise RuntimeError("no free card number found")


def set_password(person: Person, password_hash: str, now: datetime) -> None:
    """Set a new password; every session of the account ends."""
    person.password_hash = password_hash
    person.epoch += 1
    record(ANYONE, "set_password", f"person:{person.id}", now)


def _digest(name: str) -> str:
    """The same for every spelling of a name that signs in to the same account."""
    typed = "".join(name.split())
    return hashlib.sha256((normal_phone(typed) or typed).encode()).hexdigest()


def count_try(name: str, now: datetime) -> None:
    """Count a try at a sign-in name, in a transaction of its own; refuse when there were too many."""
    counted = count_up(SignInTries.count, name_digest=_digest(name), since=try_window(now))
    if counted == TRIES + 1:  # once: nobody fills the log by trying on
        record(ANYONE, "too_many_tries", "sign_in", now)


def tries_of(name: str, now: datetime) -> int:
    digest = _digest(name)
    row = session.get(SignInTries, (digest, try_window(now)))
    return row.count if row else 0


def check_sign_in(name: str, password: str, now: datetime) -> Person:
    """The person with this phone or card number and password; on a shared phone the password picks the person.

    One hash even where there is nobody, so that the time does not tell who has an account; a shared phone takes more.
    """
    if tries_of(name, now) > TRIES:
        raise Refused(Refusal.TOO_MANY_TRIES)
    typed = "".join(name.split())
    by_card = queries.find_by_card(typed) if is_card_number(typed) else None
    phone = normal_phone(typed)
    candidates = [by_card] if by_card else list(queries.sharing_phone(phone)) if phone else []
    found: Person | None = None
    for index in range(max(1, len(candidates))):
        person = candidates[index] if index < len(candidates) else None
        if password_fits(person, password) and found is None:
            found = person
    if found is None:
        raise Refused(Refusal.WRONG_SIGN_IN)
    return found


def password_fits(person: Person | None, password: str) -> bool:
    """Whether it is the person's password; takes as long where there is no person."""
    known = person.password_hash if person is not None and person.password_hash else None
    try:
        HASHER.verify(known or NOBODY, password[:256])
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


def attest(actor: Actor, person: Person, document: Document, now: datetime) -> Attestation:
    """A facilitator of the village confirms to have met the person; from now on their vote counts."""
    POLICY.require(actor, Can.ATTEST, Within(person.village_code))
    session.refresh(person, with_for_update=True)
    refusal = refuse_attestation(AttestationFacts(person.id, person.village_code, Level(person.level)), actor.person_id)
    if refusal:
        raise Refused(refusal)
    assert actor.person_id is not None  # facilitators are signed in
    attestation = Attestation(person_id=person.id, attester_id=actor.person_id, document=document, at=now)
    session.add(attestation)
    person.level = Level.ATTESTED
    session.flush()
    record(actor, "attest", f"person:{person.id}", now, document=document)
    return attestation
