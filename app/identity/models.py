"""Tables of identities and of self-declared groups."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.identity.rules import Group, Sex


class Identity(Base):
    """What is known of who a person is; the NIK itself is never kept.

    Without a NIK (none yet, inactive, not at hand) the word of whoever attests the person carries it.
    `doubts` are the soft warnings there were (codes), for whoever attests the person.
    """

    __tablename__ = "identities"
    __table_args__ = (
        CheckConstraint("(nik_digest IS NULL) = (nik_last4 IS NULL)", name="nik"),
        CheckConstraint("birth_year BETWEEN 1900 AND 2200", name="birth_year"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    nik_digest: Mapped[str | None] = mapped_column(String(72), unique=True)
    nik_last4: Mapped[str | None] = mapped_column(String(4))
    birth_year: Mapped[int | None] = mapped_column(index=True)
    sex: Mapped[Sex | None] = mapped_column(code_column(Sex))
    doubts: Mapped[list[str]] = mapped_column(JSON)
    verifier: Mapped[str] = mapped_column(String(24))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def own_last4(self) -> str | None:
        """What its owner is shown: nothing while it is only their own word, or it would tell whether another has it."""
        return self.nik_last4 if self.recorded_by_id != self.person_id else None


class GroupMembership(Base):
    """A group to which a person says they belong; it goes when the consent to it goes."""

    __tablename__ = "group_memberships"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    group: Mapped[Group] = mapped_column(code_column(Group), primary_key=True)
