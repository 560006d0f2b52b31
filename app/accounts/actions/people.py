"""Registering, enrolling, correcting and attesting people, and their phones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from app.accounts import queries
from app.accounts.actions.consents import give_consent
from app.accounts.actions.holding import hold
from app.accounts.models import Attestation, Person, phone_place
from app.accounts.permissions import POLICY, Can
from app.accounts.rules import (
    MAX_PER_PHONE,
    AttestationFacts,
    Document,
    Refusal,
    card_number,
    refuse_attestation,
)
from app.accounts.rules.consents import Mode, Purpose
from app.audit.actions import record
from app.db.session import session
from app.kernel.actor import ANYONE, Actor, Level
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.vault import blind_index, seal

PG_LOCK = text("SELECT pg_advisory_xact_lock(71950307)")


@dataclass(frozen=True)
class Resident:
    """What an account starts from; the phone is in its normal form, and nobody has confirmed it yet."""

    name: str
    village_code: str
    phone: str | None = None
    password_hash: str | None = None
    hamlet: str = ""
    language: str = "id"
    form_key: str | None = None


def register(resident: Resident, now: datetime) -> Person:
    """A resident opens an account of their own; whose the phone is shows when a code sent to it is typed."""
    person = _add(resident, now)
    give_consent(person, Purpose.ACCOUNT, Mode.SELF, None, now)
    record(ANYONE, "register", f"person:{person.id}", now, village=person.village_code)
    return person


def enrol(actor: Actor, resident: Resident, mode: Mode, now: datetime, source: str = "") -> Person:
    """A facilitator or a village roll enters a resident; nobody signs in to the account until it gets a password.

    The same form or line sent again gives the same person.
    """
    POLICY.require(actor, Can.ENROL, Within(resident.village_code))
    # Lock the facilitator's own row: the halves of a double click come one after the other.
    if actor.person_id is not None:
        session.get(Person, actor.person_id, with_for_update=True)
    if resident.form_key and (known := queries.find_by_form_key(resident.form_key)):
        return known
    person = _add(resident, now)
    give_consent(person, Purpose.ACCOUNT, mode, actor.person_id, now, source)
    record(actor, "enrol", f"person:{person.id}", now, village=person.village_code)
    return person


def first_free_serial() -> int:
    """From here on card numbers are this transaction's until it ends, whether it takes one or five hundred.

    Who asks at the same moment waits. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(PG_LOCK)
    return queries.highest_id() + 1


def _add(resident: Resident, now: datetime) -> Person:
    """Add with the next card number; one that is there already is passed over."""
    for serial in range(start := first_free_serial(), start + 20):
        person = Person(
            card_number=card_number(serial),
            name=resident.name,
            password_hash=resident.password_hash,
            village_code=resident.village_code,
            hamlet=resident.hamlet,
            language=resident.language,
            level=Level.REGISTERED,
            epoch=0,
            registered_at=now,
            active_at=now,
            form_key=resident.form_key,
        )
        _write_phone(person, resident.phone)
        try:
            with session.begin_nested():
                session.add(person)
            return person
        except IntegrityError:
            continue
    raise RuntimeError("no free card number found")


def _write_phone(person: Person, phone: str | None) -> None:
    person.phone_sealed = seal(phone, phone_place(person.card_number)) if phone else None
    person.phone_index = blind_index("phone", phone) if phone else None
    person.phone_confirmed_at = None


def change_phone(actor: Actor, person: Person, phone: str | None, now: datetime) -> None:
    """Another phone, or none; it counts for nothing until it is confirmed."""
    _write_phone(person, phone)
    session.flush()
    record(actor, "change_phone", f"person:{person.id}", now)


def confirm_phone(person: Person, now: datetime) -> None:
    """A code sent to the phone has come back: it is in the person's hands. One phone serves a household."""
    assert person.phone_index is not None  # whoever asks has sent a code there
    # Who confirms the same phone at the same moment waits. SQLite has one writer anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(person.phone_index, 0))))
    hold(person)
    if person.phone_confirmed_at is None:
        if queries.count_confirmed(person.phone_index) >= MAX_PER_PHONE:
            raise Refused(Refusal.PHONE_FULL, most=MAX_PER_PHONE)
        person.phone_confirmed_at = now
        session.flush()
        record(ANYONE, "confirm_phone", f"person:{person.id}", now)


def doubt_phone(person: Person) -> None:
    """Somebody else may have given or got it: it counts for nothing until it is confirmed again."""
    person.phone_confirmed_at = None
    session.flush()


def correct(actor: Actor, person: Person, name: str, hamlet: str, language: str, now: datetime) -> None:
    """Put right what the account says of a person; what has changed is told by name only."""
    hold(person)
    wanted = {"name": name, "hamlet": hamlet, "language": language}
    changed = sorted(field for field, value in wanted.items() if getattr(person, field) != value)
    for field in changed:
        setattr(person, field, wanted[field])
    if changed:
        session.flush()
        record(actor, "correct", f"person:{person.id}", now, fields=changed)


def raise_level(people: Sequence[Person], level: Level) -> None:
    """Lift people to a level; nobody is lowered."""
    for person in people:
        person.level = max(person.level, level)
    session.flush()


def attest(actor: Actor, person: Person, document: Document, now: datetime) -> Attestation:
    """A facilitator of the village confirms to have met the person; from now on their vote counts."""
    POLICY.require(actor, Can.ATTEST, Within(person.village_code))
    hold(person)
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
