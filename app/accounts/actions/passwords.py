"""Hashing and checking passwords. Argon2id with OWASP's parameters: 19 MiB, 2 passes, 1 lane, for everybody alike."""

import hmac
from collections.abc import Callable
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts import queries
from app.accounts.actions.holding import hold
from app.accounts.models import Person
from app.accounts.rules import PASSWORD_LENGTH, Refusal, is_card_number, normal_phone
from app.accounts.rules.limits import SIGN_IN, SIGN_IN_ADDRESS
from app.audit.actions import record
from app.kernel.actor import ANYONE, Actor
from app.kernel.outcomes import Refused
from app.limits import actions as limits
from app.vault import blind_index

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Checked when there is nobody to check, so that an unknown name takes as long as a wrong password.
NOBODY = HASHER.hash("tidak ada orangnya")
SALT_BYTES = 16

Check = Callable[[Person, datetime], Refusal | None]
_checks: list[Check] = []


def may_refuse_sign_in(check: Check) -> Check:
    """Let a room above refuse whoever has typed the right password; it costs no other hash."""
    if check not in _checks:
        _checks.append(check)
    return check


def hash_password(password: str, phone: str | None = None) -> str:
    """Slow on purpose, so do it before a transaction: others wait for the end of that.

    Who shares a phone shares a salt, so that one hash tells which of them has come: signing in takes the same time
    for a phone with no account, with one and with six (decision 0013).
    """
    salt = bytes.fromhex(blind_index("salt", phone))[:SALT_BYTES] if phone else None
    return HASHER.hash(password, salt=salt)


def set_password(person: Person, password_hash: str, now: datetime, actor: Actor = ANYONE) -> None:
    """Set a new password; every session of the account ends."""
    hold(person)
    person.password_hash = password_hash
    person.epoch += 1
    record(actor, "set_password", f"person:{person.id}", now)


def name_key(name: str) -> str:
    """The same for every spelling of a name that signs in to the same account."""
    typed = "".join(name.split())
    return normal_phone(typed) or typed[:64]


def count_try(name: str, address: str, now: datetime) -> None:
    """Count a try at a sign-in name and from an address, in a transaction of its own."""
    limits.count(SIGN_IN, name_key(name), now)
    limits.count(SIGN_IN_ADDRESS, address, now)


def check_sign_in(name: str, password: str, address: str, now: datetime) -> Person:
    """The person with this phone or card number and password; on a shared phone the password picks the person.

    It is always one hash, whether there is nobody, somebody or a whole household.
    """
    limits.refuse_over(SIGN_IN, name_key(name), now)
    limits.refuse_over(SIGN_IN_ADDRESS, address, now)
    typed, password = "".join(name.split()), password[: PASSWORD_LENGTH[1] * 2]
    phone = None if is_card_number(typed) else normal_phone(typed)
    found = _of_household(phone, password) if phone else _of_card(typed, password)
    if found is None:
        raise Refused(Refusal.WRONG_SIGN_IN)
    if refusal := next(filter(None, (check(found, now) for check in _checks)), None):
        raise Refused(refusal, person_id=found.id)
    return found


def note_refused(refused: Refused, now: datetime) -> None:
    """Write down that somebody with the right password was refused; wrong ones are counted only."""
    if person_id := refused.facts.get("person_id"):
        record(ANYONE, "refuse_sign_in", f"person:{person_id}", now, reason=refused.reason)


def _of_card(typed: str, password: str) -> Person | None:
    person = queries.find_by_card(typed) if is_card_number(typed) else None
    return person if password_fits(person, password) else None


def _of_household(phone: str, password: str) -> Person | None:
    people = queries.sharing_phone(phone)
    expected = hash_password(password, phone)
    shared = [person for person in people if hmac.compare_digest(person.password_hash or "", expected)]
    if shared:
        return shared[0]
    # Hashes from before the phone was theirs have a salt of their own.
    prefix = expected.rpartition("$")[0]
    others = [person for person in people if person.password_hash and not person.password_hash.startswith(prefix)]
    return next((person for person in others if password_fits(person, password)), None)


def password_fits(person: Person | None, password: str) -> bool:
    """Whether it is the person's password; takes as long where there is no person."""
    known = person.password_hash if person is not None and person.password_hash else None
    try:
        HASHER.verify(known or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return known is not None
