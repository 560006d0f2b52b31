"""The table of supports."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Support(Base):
    """A resident backs a proposal; the key keeps it to once each."""

    __tablename__ = "supports"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True, index=True)
    at: Mapped[datetime]
