"""Tables of people, the browsers they are signed in with, their grants, attestations, consents, and who saw them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.rules import Document
from app.accounts.rules.consents import Mode, Purpose
from app.accounts.rules.sessions import Way
from app.accounts.rules.views import Seen
from app.db.base import Base, code_column
from app.kernel.actor import Level, Role
from app.vault import open_sealed


class Person(Base):
    """An account; `epoch` rises when all its sessions must end. Without a password nobody signs in to it.

    The phone is encrypted; `phone_index` finds it. Before it is confirmed it is only what somebody has typed.
    `form_key` belongs to the form or the line of a roll by which the person was entered: sent twice, it enters once.
    A closed account keeps its row, for what refers to it, and nothing that tells who it was.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 2", name="level"),
        CheckConstraint("(phone_sealed IS NULL) = (phone_index IS NULL)", name="phone_sealed"),
        CheckConstraint("phone_confirmed_at IS NULL OR phone_index IS NOT NULL", name="phone_confirmed"),
        Index("ix_people_village_waiting", "village_code", "level", "id"),
        Index("ix_people_active", "active_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_number: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary(80))
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    phone_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(160))
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    hamlet: Mapped[str] = mapped_column(String(60), default="")
    language: Mapped[str] = mapped_column(String(8), default="id")
    level: Mapped[int] = mapped_column(default=Level.REGISTERED)
    epoch: Mapped[int] = mapped_column(default=0)
    registered_at: Mapped[datetime]
    active_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    form_key: Mapped[str | None] = mapped_column(String(36), unique=True)

    @property
    def phone(self) -> str | None:
        """In E.164, decrypted."""
        return open_sealed(self.phone_sealed, phone_place(self.card_number)) if self.phone_sealed else None


def phone_place(card_number: str) -> str:
    """Where a person's phone is sealed: moved to another row, it does not open."""
    return f"people|phone|{card_number}"


class SignIn(Base):
    """A browser in which a person is signed in; its row goes when they sign out.

    The browser holds a random id, the row only that id's digest. How long it lasts is said by `rules.sessions`.
    `factor_at` is when a second factor was shown. While `kiosk_for_id` is set the browser is in that resident's hands.
    """

    __tablename__ = "sign_ins"
    __table_args__ = (CheckConstraint("(kiosk_for_id IS NULL) = (kiosk_pin IS NULL)", name="kiosk"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    epoch: Mapped[int]
    way: Mapped[Way] = mapped_column(code_column(Way), default=Way.PASSWORD)
    begun_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    factor_at: Mapped[datetime | None]
    is_shared: Mapped[bool]
    browser: Mapped[str] = mapped_column(String(20))
    system: Mapped[str] = mapped_column(String(20))
    kiosk_for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    kiosk_pin: Mapped[str | None] = mapped_column(String(64))
    kiosk_tries: Mapped[int] = mapped_column(default=0)


class RoleGrant(Base):
    """A role within a region for a time; an empty scope is the whole installation. An officer's names their agency.

    One that was ended before its time says by whom and why, and stays as history.
    """

    __tablename__ = "role_grants"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_not_before_since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role] = mapped_column(code_column(Role))
    scope: Mapped[str] = mapped_column(String(13))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    end_reason: Mapped[str | None] = mapped_column(String(300))


class Attestation(Base):
    """A facilitator's word that the person lives in the village; one a person."""

    __tablename__ = "attestations"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    attester_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    document: Mapped[Document] = mapped_column(code_column(Document))
    at: Mapped[datetime]


class Consent(Base):
    """A person's yes to a purpose, in the words of a version; withdrawn, it stays as history.

    `witness_id` is the facilitator who read it aloud.
    """

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_person", "person_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    purpose: Mapped[Purpose] = mapped_column(code_column(Purpose))
    wording: Mapped[str] = mapped_column(String(20))
    mode: Mapped[Mode] = mapped_column(code_column(Mode))
    source: Mapped[str] = mapped_column(String(120), default="")
    witness_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class PersonView(Base):
    """Somebody of the staff has seen a person's record: which part and when. The person can read it."""

    __tablename__ = "person_views"
    __table_args__ = (Index("ix_person_views_person", "person_id", "id"), Index("ix_person_views_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    viewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    seen: Mapped[Seen] = mapped_column(code_column(Seen))
    at: Mapped[datetime]
