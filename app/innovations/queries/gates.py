"""What innovations have at their gates: their own documents, lead agency and pillar, and what rooms above supply."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select

from app.db.session import session
from app.innovations.models import Innovation, Provision, StageEntry
from app.innovations.queries.supplies import At, held_of_all, held_rows, supplies
from app.innovations.rules.gates import Asked, GateFacts, Held
from app.innovations.rules.provisions import OFFERED
from app.innovations.rules.stages import Stage, gates_passed


@supplies({Asked(kind): At("innovations.provide", kind=kind.value) for kind in OFFERED})
def documents_held() -> Select[Any]:
    """The documents that were not withdrawn."""
    told = {"text": Provision.title, "dated": Provision.dated, "provider_id": Provision.added_by_id}
    rows = held_rows(Provision.innovation_id, Provision.kind, Provision.id, **told)
    return rows.where(Provision.withdrawn_at.is_(None))


@supplies({Asked.AGENCY: At("innovations.lead")})
def agency_held() -> Select[Any]:
    """The lead agency, which stands in the innovation itself."""
    return held_rows(Innovation.id, Asked.AGENCY, Innovation.id).where(Innovation.agency_id.is_not(None))


@supplies({Asked.PILLAR: At("innovations.lead")})
def pillar_held() -> Select[Any]:
    return held_rows(Innovation.id, Asked.PILLAR, Innovation.id).where(Innovation.pillar_id.is_not(None))


def held_by(innovation_id: int) -> tuple[Held, ...]:
    """What the innovation has to show at its gates."""
    return held_of_all([innovation_id])[innovation_id]


def gate_facts(innovation: Innovation, today: date) -> GateFacts:
    return GateFacts(innovation.stage, innovation.owner_id, held_by(innovation.id), today)


def passed_by(innovation_id: int) -> tuple[Stage, ...]:
    """The gates that the innovation has behind it, the oldest first."""
    rows = session.execute(
        select(StageEntry.event, StageEntry.stage)
        .where(StageEntry.innovation_id == innovation_id)
        .order_by(StageEntry.id)
    )
    return gates_passed([(row.event, row.stage) for row in rows])
