"""Tables of one-time codes, resident cards, passkeys, TOTP secrets and recovery codes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.credentials.rules import Use
from app.db.base import Base, code_column


class OneTimeCode(Base):
    """A code sent to a phone, good once, for one use, in the browser that asked for it; only digests are kept.

    Without a person it was asked for a phone that has no account that may use it, and fits nothing.
    """

    __tablename__ = "one_time_codes"
    __table_args__ = (Index("ix_one_time_codes_browser", "browser_digest", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    use: Mapped[Use] = mapped_column(code_column(Use))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    phone_index: Mapped[str] = mapped_column(String(64))
    browser_digest: Mapped[str] = mapped_column(String(64))
    code_digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class ResidentCard(Base):
    """A printed card: the card number and three words to sign in with, and a QR that holds `code`.

    Replaced, revoked or expired it opens nothing any more; who handed it out is on record. `password_hash` is what
    the person had to sign in with when it was printed: as long as that is the password, the words come from this card.
    """

    __tablename__ = "resident_cards"
    __table_args__ = (
        CheckConstraint("expires_at > issued_at", name="expires"),
        CheckConstraint("(revoked_at IS NULL) = (revoke_reason IS NULL)", name="revoked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    password_hash: Mapped[str] = mapped_column(String(160))
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoke_reason: Mapped[str | None] = mapped_column(String(24))


class Passkey(Base):
    """A WebAuthn credential; `sign_count` only goes up, or the key was copied."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(2000))
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class TotpSecret(Base):
    """The secret shared with an authenticator app, encrypted; a time step that was used is not used again."""

    __tablename__ = "totp_secrets"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary(120))
    added_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None]


class RecoveryCode(Base):
    """A code on paper for whoever has lost the second factor; good once."""

    __tablename__ = "recovery_codes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
