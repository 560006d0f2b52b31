"""The table of replications; their photos hang on `replication`, a document too."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.replication.rules import State

STANDS = text("state IN ('asked', 'confirmed')")


class Replication(Base):
    """A village that has taken up an innovation, as reported and as the lead agency found."""

    __tablename__ = "replications"
    __table_args__ = (
        Index(
            "uq_replications_village",
            "innovation_id",
            "village_code",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state NOT IN ('refused', 'ended') OR reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    state: Mapped[State] = mapped_column(code_column(State))
    adopter: Mapped[str] = mapped_column(String(160))
    adopted_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    form_key: Mapped[str] = mapped_column(String(36), unique=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text)
