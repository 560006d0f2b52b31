"""A column that points at a person."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.accounts.models import Person
from app.privacy.rules import Fate, Section

OTHER = aliased(Person)
HELPER = OTHER.name.label("by")


@dataclass(frozen=True)
class Trace:
    """A column that points at a person. `shown` goes into the file on them, never a secret and never a choice.

    `why` says why a trace is kept, or why nothing of it is shown.
    """

    column: InstrumentedAttribute[Any]
    fate: Fate
    section: Section | None = None
    shown: tuple[Any, ...] = ()
    joins: tuple[tuple[Any, Any], ...] = ()
    why: str = ""

    @property
    def model(self) -> Any:
        return self.column.class_

    @property
    def name(self) -> str:
        return f"{self.model.__tablename__}.{self.column.key}"

    def rows_of(self, person_id: int) -> Select[Any]:
        """What the file tells, the oldest first."""
        asked = select(*self.shown).select_from(self.model)
        for model, on in self.joins:
            asked = asked.join(model, on)
        return asked.where(self.column == person_id).order_by(*self.model.__table__.primary_key)
