"""Tables of what facilitators do for others, and of the paper forms they have printed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, code_column
from app.facilitation.rules import Deed


class Assistance(Base):
    """Something a facilitator has done for a resident; counted openly, never hidden."""

    __tablename__ = "assistances"
    __table_args__ = (Index("ix_assistances_facilitator", "facilitator_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    deed: Mapped[Deed] = mapped_column(code_column(Deed))
    at: Mapped[datetime]


class PaperBatch(Base):
    """Paper forms printed together; the QR of each holds the batch's code and the number of the sheet.

    A sheet is entered once: its proposal's form key is made of both.
    """

    __tablename__ = "paper_batches"
    __table_args__ = (CheckConstraint("sheets BETWEEN 1 AND 50", name="sheets"),)

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    sheets: Mapped[int]
    printed_at: Mapped[datetime]
