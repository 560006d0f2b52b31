"""Reading cards, second factors and codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from app.accounts.models import Person
from app.credentials.models import OneTimeCode, Passkey, RecoveryCode, ResidentCard, TotpSecret
from app.credentials.rules import Use
from app.db.session import session
from app.vault import open_sealed


def latest_card(person_id: int) -> ResidentCard | None:
    """The last card printed for the person, in force or not."""
    mine = select(ResidentCard).where(ResidentCard.person_id == person_id)
    return session.scalars(mine.order_by(ResidentCard.id.desc()).limit(1)).first()


@dataclass(frozen=True)
class Known:
    """What is known of a person's ways in: their last card, how many passkeys, whether there is an app."""

    issued_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None
    passkeys: int
    has_app: bool


def known_of(person_id: int) -> Known:
    """All of it in one statement, for a page that shows much else."""
    latest = select(func.max(ResidentCard.id)).where(ResidentCard.person_id == person_id).scalar_subquery()
    passkeys = select(func.count()).select_from(Passkey).where(Passkey.person_id == person_id).scalar_subquery()
    app = exists().where(TotpSecret.person_id == person_id)
    row = session.execute(
        select(ResidentCard.issued_at, ResidentCard.expires_at, ResidentCard.revoked_at, passkeys, app)
        .select_from(Person)
        .outerjoin(ResidentCard, ResidentCard.id == latest)
        .where(Person.id == person_id)
    ).one()
    return Known(*row)


def find_card(code: str) -> ResidentCard | None:
    return session.scalars(select(ResidentCard).where(ResidentCard.code == code)).first()


def totp_place(person_id: int) -> str:
    """Where a person's TOTP secret is sealed: moved to another row, it does not open."""
    return f"totp_secrets|secret|{person_id}"


def totp_of(person_id: int) -> TotpSecret | None:
    return session.get(TotpSecret, person_id)


def totp_secret_of(person_id: int) -> str | None:
    """The secret itself, decrypted."""
    row = totp_of(person_id)
    return open_sealed(row.secret_sealed, totp_place(person_id)) if row else None


def passkeys_of(person_id: int) -> Sequence[Passkey]:
    return session.scalars(select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)).all()


def find_passkey(credential_id: bytes) -> Passkey | None:
    return session.scalars(select(Passkey).where(Passkey.credential_id == credential_id)).first()


def has_factor(person_id: int) -> bool:
    """Whether the person has set up an authenticator app or a passkey."""
    return totp_of(person_id) is not None or bool(passkeys_of(person_id))


def recovery_codes_left(person_id: int) -> int:
    unused = (RecoveryCode.person_id == person_id) & RecoveryCode.used_at.is_(None)
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(unused)) or 0


def has_recovery_code(person_id: int, digest: str) -> bool:
    """Whether there is this code, used or not."""
    return session.get(RecoveryCode, (person_id, digest)) is not None


def sent_since(phone_index: str, since: datetime) -> bool:
    """Whether a code went to this phone after that moment."""
    lately = (OneTimeCode.sent_at > since) & (OneTimeCode.phone_index == phone_index)
    return session.execute(select(OneTimeCode.id).where(lately).limit(1)).first() is not None


def last_code(use: Use, browser_digest: str) -> OneTimeCode | None:
    """The last code that this browser has asked for; its row is locked."""
    asked = (OneTimeCode.browser_digest == browser_digest) & (OneTimeCode.use == use)
    return session.scalars(
        select(OneTimeCode).where(asked).order_by(OneTimeCode.id.desc()).limit(1).with_for_update()
    ).first()


def has_newer_code(row: OneTimeCode) -> bool:
    """Whether another code for the same use went to the same phone later, to whatever browser."""
    later = (OneTimeCode.sent_at >= row.sent_at) & (OneTimeCode.id > row.id)
    same = (OneTimeCode.phone_index == row.phone_index) & (OneTimeCode.use == row.use)
    return session.execute(select(OneTimeCode.id).where(later, same).limit(1)).first() is not None


def is_still_theirs(row: OneTimeCode) -> bool:
    """Whether the phone is still that of the person for whom the code was sent; to sign in it must be confirmed."""
    theirs = (Person.id == row.person_id) & (Person.phone_index == row.phone_index) & Person.closed_at.is_(None)
    if row.use is Use.SIGN_IN:
        theirs &= Person.phone_confirmed_at.is_not(None)
    return session.execute(select(Person.id).where(theirs)).first() is not None


def is_open(person_id: int) -> bool:
    """Whether the account has not been closed."""
    return (
        session.execute(select(Person.id).where(Person.id == person_id, Person.closed_at.is_(None))).first() is not None
    )
