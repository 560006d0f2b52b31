"""The authenticator app and recovery codes: setting up, and checking each code once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select, update

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.permissions import POLICY, Can
from app.audit.actions import record
from app.credentials import queries
from app.credentials.actions.notices import tell
from app.credentials.models import Passkey, RecoveryCode, TotpSecret
from app.credentials.rules import Refusal
from app.credentials.rules.factors import (
    WRONG,
    is_recovery_code,
    new_recovery_codes,
    normal_recovery_code,
    refuse_removal,
    step_of,
)
from app.credentials.rules.texts import FACTOR_CHANGED
from app.db.session import session
from app.kernel.actor import Actor
from app.kernel.outcomes import Refused
from app.kernel.policy import Within
from app.limits import actions as limits
from app.limits.rules import Refusal as LimitRefusal
from app.limits.rules import minutes_left
from app.vault import blind_index, is_newest_seal, open_sealed, seal


def set_totp(person: Person, secret: str, now: datetime) -> None:
    """The authenticator app of the person from now on, instead of another one."""
    row = queries.totp_of(person.id) or TotpSecret(person_id=person.id)
    row.secret_sealed = seal(secret, queries.totp_place(person.id))
    row.added_at = row.confirmed_at = now
    row.last_step = None
    session.add(row)
    session.flush()


def add_totp(actor: Actor, person: Person, secret: str, typed: str, now: datetime) -> None:
    """Set up an app that has just shown a right code; that code is used up."""
    step = step_of(secret, typed, now)
    if step is None:
        raise Refused(Refusal.WRONG_FACTOR)
    accounts.hold(person)
    set_totp(person, secret, now)
    session.execute(update(TotpSecret).where(TotpSecret.person_id == person.id).values(last_step=step))
    note_change(actor, person, "add_totp", now)


def remove_totp(actor: Actor, person: Person, now: datetime, *, is_staff: bool) -> None:
    refuse_last(person, is_staff)
    session.execute(delete(TotpSecret).where(TotpSecret.person_id == person.id))
    note_change(actor, person, "remove_totp", now)


def refuse_last(person: Person, is_staff: bool) -> None:
    """Lock the person, and refuse where this factor is the last one of somebody who needs one."""
    accounts.hold(person)
    factors = len(queries.passkeys_of(person.id)) + (queries.totp_of(person.id) is not None)
    if refusal := refuse_removal(is_staff, factors):
        raise Refused(refusal)


def note_change(actor: Actor, person: Person, act: str, now: datetime) -> None:
    record(actor, act, f"person:{person.id}", now)
    tell(person, FACTOR_CHANGED, now)


def reset_ways_in(actor: Actor, person: Person, password_hash: str, now: datetime) -> None:
    """For staff who have lost what they need and have come in person: new words, no second factor, signed out."""
    POLICY.require(actor, Can.GRANT, Within(person.village_code))
    accounts.hold(person)
    close_other_ways(person)
    accounts.set_password(person, password_hash, now, actor)
    note_change(actor, person, "reset_ways_in", now)


def close_other_ways(person: Person) -> None:
    """What opens the account beside the password: somebody else may have set it up. A phone is confirmed again."""
    for table in (TotpSecret, Passkey, RecoveryCode):
        session.execute(delete(table).where(table.person_id == person.id))
    accounts.doubt_phone(person)


def reseal_secrets() -> int:
    """Seal the apps' secrets with the newest field key, all at once: only staff have one. How many were sealed anew."""
    rows = session.scalars(select(TotpSecret).order_by(TotpSecret.person_id).with_for_update()).all()
    older = [row for row in rows if not is_newest_seal(row.secret_sealed)]
    for row in older:
        place = queries.totp_place(row.person_id)
        row.secret_sealed = seal(open_sealed(row.secret_sealed, place), place)
    session.flush()
    return len(older)


class Outcome(StrEnum):
    """What a code was."""

    RIGHT = "right"
    WRONG = "wrong"
    USED = "used"


def count_factor_try(actor: Actor, now: datetime) -> Refused | None:
    """Count a try in a transaction of its own; the refusal where there were too many, however many come at once."""
    if limits.count(WRONG, str(actor.person_id), now, actor) > WRONG.most:
        return Refused(LimitRefusal.TOO_OFTEN, minutes=minutes_left(WRONG, now))
    return None


def use_factor(actor: Actor, typed: str, now: datetime) -> Outcome:
    """Use a code of the app or a recovery code; each is good once. A right one gives its counted try back."""
    assert actor.person_id is not None  # signed in
    is_recovery = is_recovery_code(typed)
    use = _use_recovery_code if is_recovery else _use_totp
    outcome = use(actor.person_id, typed, now)
    if outcome is Outcome.RIGHT:
        limits.count(WRONG, str(actor.person_id), now, by=-1)
    kind = "recovery_code" if is_recovery else "totp"
    record(actor, f"factor_{outcome}", f"person:{actor.person_id}", now, kind=kind)
    return outcome


def _use_totp(person_id: int, typed: str, now: datetime) -> Outcome:
    secret = queries.totp_secret_of(person_id)
    step = step_of(secret, typed, now) if secret else None
    if step is None:
        return Outcome.WRONG
    fresh = TotpSecret.last_step.is_(None) | (TotpSecret.last_step < step)
    mine = update(TotpSecret).where(TotpSecret.person_id == person_id, fresh)
    used = session.execute(mine.values(last_step=step).returning(TotpSecret.person_id)).first()
    return Outcome.RIGHT if used else Outcome.USED


def _use_recovery_code(person_id: int, typed: str, now: datetime) -> Outcome:
    mine = (RecoveryCode.person_id == person_id) & (RecoveryCode.digest == _digest(person_id, typed))
    unused = update(RecoveryCode).where(mine, RecoveryCode.used_at.is_(None))
    if session.execute(unused.values(used_at=now).returning(RecoveryCode.person_id)).first():
        return Outcome.RIGHT
    return Outcome.USED if queries.has_recovery_code(person_id, _digest(person_id, typed)) else Outcome.WRONG


def _digest(person_id: int, code: str) -> str:
    return blind_index("recovery_code", f"{person_id}|{normal_recovery_code(code)}")


def renew_recovery_codes(actor: Actor, person: Person, now: datetime) -> list[str]:
    """Eight new codes, shown once; the former ones open nothing any more."""
    accounts.hold(person)
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = new_recovery_codes()
    session.add_all(RecoveryCode(person_id=person.id, digest=_digest(person.id, code), made_at=now) for code in codes)
    session.flush()
    note_change(actor, person, "renew_recovery_codes", now)
    return codes
