"""Tables of commitments, legal acts, partners, tasks, changes of the silo flag, and warnings that were given."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.backing.rules.acts import ActState, Purpose
from app.backing.rules.partners import PartnerKind, TaskState
from app.backing.rules.resources import CommitmentState, Fund, Resource
from app.backing.rules.warnings import Subject
from app.db.base import Base, code_column
from app.innovations.rules.gates import LegalForm


class Commitment(Base):
    """Money of a year, a person, or technology; `until` None lasts until further notice.

    A person's name is shown since `consented_on`; `title` is the budget line, the role, or the technology.
    """

    __tablename__ = "commitments"
    __table_args__ = (
        CheckConstraint(
            "kind <> 'budget' OR (fund IS NOT NULL AND amount IS NOT NULL AND until IS NOT NULL)", name="budget"
        ),
        CheckConstraint("kind <> 'people' OR person <> ''", name="people"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("until >= since", name="period"),
        CheckConstraint("state NOT IN ('agreed', 'delivered') OR agreed_on IS NOT NULL", name="agreed"),
        CheckConstraint("state <> 'delivered' OR delivered_on IS NOT NULL", name="delivered"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    kind: Mapped[Resource] = mapped_column(code_column(Resource))
    state: Mapped[CommitmentState] = mapped_column(code_column(CommitmentState))
    title: Mapped[str] = mapped_column(String(200))
    person: Mapped[str] = mapped_column(String(80), default="")
    consented_on: Mapped[date | None]
    fund: Mapped[Fund | None] = mapped_column(code_column(Fund))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    since: Mapped[date]
    until: Mapped[date | None]
    planned_on: Mapped[date | None]
    agreed_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawal: Mapped[str] = mapped_column(Text, default="")


class LegalAct(Base):
    """A rung of the legal ladder under an innovation; its file is a document of `legal_act`."""

    __tablename__ = "legal_acts"
    __table_args__ = (
        CheckConstraint("state NOT IN ('in_force', 'revoked') OR (number <> '' AND dated IS NOT NULL)", name="enacted"),
        CheckConstraint("(state = 'revoked') = (revoked_on IS NOT NULL)", name="revoked"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
        CheckConstraint("expires >= dated", name="period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(code_column(Purpose))
    form: Mapped[LegalForm] = mapped_column(code_column(LegalForm))
    state: Mapped[ActState] = mapped_column(code_column(ActState))
    title: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(80), default="")
    dated: Mapped[date | None]
    expires: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    revoked_on: Mapped[date | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawal: Mapped[str] = mapped_column(Text, default="")


class Partner(Base):
    """Who takes part beside the lead agency; `name` stands there for all kinds."""

    __tablename__ = "innovation_partners"
    __table_args__ = (
        Index(
            "uq_innovation_partners_name",
            "innovation_id",
            "kind",
            "name",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint("(kind = 'agency') = (agency_id IS NOT NULL)", name="agency"),
        CheckConstraint("(kind = 'village') = (village_code IS NOT NULL)", name="village"),
        CheckConstraint("ends >= agreed_on", name="period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    kind: Mapped[PartnerKind] = mapped_column(code_column(PartnerKind))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(Text)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    village_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    agreement: Mapped[str] = mapped_column(String(200), default="")
    agreed_on: Mapped[date | None]
    ends: Mapped[date | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawal: Mapped[str] = mapped_column(Text, default="")


class Task(Base):
    """What an agency or a partner has to do until a day."""

    __tablename__ = "innovation_tasks"
    __table_args__ = (
        CheckConstraint("(agency_id IS NULL) = (partner_id IS NOT NULL)", name="one_doer"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed"),
        Index("ix_innovation_tasks_agency", "agency_id", "state", "due", "id"),
        Index("ix_innovation_tasks_innovation", "innovation_id", "state", "due", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    title: Mapped[str] = mapped_column(String(200))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("innovation_partners.id"))
    due: Mapped[date]
    state: Mapped[TaskState] = mapped_column(code_column(TaskState))
    note: Mapped[str] = mapped_column(Text, default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class SiloChange(Base):
    """Since when which reasons for the silo flag stood; '' is a day on which it went away. Never edited."""

    __tablename__ = "silo_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    reasons: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


class CoverWarning(Base):
    """That people were told of something that ends on a day: told once, however often the night asks."""

    __tablename__ = "cover_warnings"
    __table_args__ = (UniqueConstraint("innovation_id", "subject", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    subject: Mapped[Subject] = mapped_column(code_column(Subject))
    ends_on: Mapped[date]
    at: Mapped[datetime]
