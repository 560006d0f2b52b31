"""Tables of people, the browsers they are signed in with, their grants, attestations and counted tries."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.rules import Document
from app.db.base import Base, code_column
from app.kernel.actor import Level, Role


class Person(Base):
    """An account; `epoch` rises when all its sessions must end. Without a password nobody signs in to it.

    `form_key` belongs to the form by which a facilitator enrolled the person: sent twice, it enrols once.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 2", name="level"),
        Index("ix_people_village_waiting", "village_code", "level", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_number: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str | None] = mapped_column(String(16), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(160))
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    level: Mapped[int] = mapped_column(default=Level.REGISTERED)
    epoch: Mapped[int] = mapped_column(default=0)
    registered_at: Mapped[datetime]
    form_key: Mapped[str | None] = mapped_column(String(36), unique=True)


class SignIn(Base):
    """A browser in which a person is signed in; its row goes when they sign out.

    The browser holds a random id, the row only that id's digest. How long it lasts is said by `rules.sessions`.
    """

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    epoch: Mapped[int]
    begun_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    is_shared: Mapped[bool]
    browser: Mapped[str] = mapped_column(String(20))
    system: Mapped[str] = mapped_column(String(20))


class RoleGrant(Base):
    """A role within a region for a time; an empty scope is the whole installation.

    One that was ended before its time says by whom and why, and stays as history.
    """

    __tablename__ = "role_grants"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_not_before_since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role] = mapped_column(code_column(Role))
    scope: Mapped[str] = mapped_column(String(13))
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


class SignInTries(Base):
    """How often a sign-in name was tried in a quarter of an hour; the name itself is not kept."""

    __tablename__ = "sign_in_tries"

    name_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]
