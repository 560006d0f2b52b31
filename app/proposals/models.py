"""Tables of proposals, their misi, their timeline and the sequence of their numbers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Computed, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.catalog.models import CatalogEntry
from app.db.base import Base, code_column
from app.proposals.rules import Event, Holder, ReasonCode, Status
from app.proposals.rules.place import Position, position_of, shown


def _indexes() -> Iterator[Index]:
    """In order for every list, with all that it asks for: no list reads a row that it does not show."""
    for name, place in (("", "regency_code"), ("district_", "district_code"), ("village_", "village_code")):
        yield Index(f"ix_proposals_{name}newest", place, "public_since", "id", "status")
        yield Index(f"ix_proposals_{name}supported", place, "support_count", "id", "status", "public_since")
        yield Index(f"ix_proposals_{name}queue", place, "status", "held_since", "id", "held_until")
    yield Index("ix_proposals_status_newest", "regency_code", "status", "public_since", "id")
    yield Index("ix_proposals_status_supported", "regency_code", "status", "support_count", "id", "public_since")
    yield Index("ix_proposals_queue_of_all", "status", "held_since", "id", "held_until")


class Proposal(Base):
    """A proposal; a draft has no number yet, and what is submitted keeps it for good."""

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        CheckConstraint("(status IN ('draft', 'withdrawn')) OR number IS NOT NULL", name="number_once_submitted"),
        CheckConstraint("estimate >= 0 AND volume > 0 AND beneficiaries >= 0", name="amounts"),
        CheckConstraint("support_count >= 0", name="support_count"),
        *_indexes(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(String(16), unique=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), index=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    district_code: Mapped[str | None] = mapped_column(String(8), Computed("substr(village_code, 1, 8)", persisted=True))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    read_back_at: Mapped[datetime | None]
    form_key: Mapped[str] = mapped_column(String(36), index=True)
    title: Mapped[str] = mapped_column(String(120))
    problem: Mapped[str] = mapped_column(Text)
    work: Mapped[str] = mapped_column(Text)
    hamlet: Mapped[str] = mapped_column(String(60))
    volume: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    estimate: Mapped[int] = mapped_column(BigInteger)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("catalog_entries.id"), index=True)
    group_name: Mapped[str] = mapped_column(String(80), default="")
    group_registration: Mapped[str] = mapped_column(String(60), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    is_at_home: Mapped[bool] = mapped_column(default=False)
    beneficiaries: Mapped[int]
    status: Mapped[Status] = mapped_column(code_column(Status))
    holder: Mapped[Holder] = mapped_column(code_column(Holder))
    held_since: Mapped[datetime]
    held_until: Mapped[datetime | None]
    written_at: Mapped[datetime]
    public_since: Mapped[datetime | None]
    support_count: Mapped[int] = mapped_column(default=0)
    entry: Mapped[CatalogEntry | None] = relationship(lazy="raise", viewonly=True)

    @property
    def shown_position(self) -> Position | None:
        """What pages, lists and exports tell of where it is."""
        return shown(position_of(self.latitude, self.longitude), is_at_home=self.is_at_home)


class ProposalMisi(Base):
    """A misi that a proposal serves."""

    __tablename__ = "proposal_misi"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    misi_id: Mapped[int] = mapped_column(ForeignKey("misi.id"), primary_key=True, index=True)


class ProposalVersion(Base):
    """What a proposal said before it was changed; the first one is what was published. Never edited."""

    __tablename__ = "proposal_versions"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ProposalDraft(Base):
    """The answers given so far to the questions of a proposal that is being written, one page at a time."""

    __tablename__ = "proposal_drafts"

    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    form_key: Mapped[str] = mapped_column(String(36), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    began_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class TimelineEntry(Base):
    """One step of a proposal's public life: what happened, by which role, with which reason; never edited."""

    __tablename__ = "proposal_timeline"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), index=True)
    event: Mapped[Event] = mapped_column(code_column(Event))
    status: Mapped[Status] = mapped_column(code_column(Status))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    holder: Mapped[Holder] = mapped_column(code_column(Holder))
    held_until: Mapped[datetime | None]
    reason_code: Mapped[ReasonCode | None] = mapped_column(code_column(ReasonCode))
    reason: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class NumberSequence(Base):
    """The last sequence number given in a cycle."""

    __tablename__ = "number_sequences"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), primary_key=True)
    last: Mapped[int]
