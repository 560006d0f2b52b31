"""The counters' table."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Tries(Base):
    """How often a key was used in a window; the key itself (a phone, an address, a person) is not kept."""

    __tablename__ = "tries"

    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    key_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    count: Mapped[int]
