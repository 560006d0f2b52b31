"""Innovations as lists show them, with what they have to show at gates, and which are ready for their next one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from app.db.session import session
from app.innovations.models import Innovation, InnovationMisi
from app.innovations.queries.supplies import held_of_all
from app.innovations.rules.board import risks_of
from app.innovations.rules.gates import SiloRisk, missing
from app.innovations.rules.profile import Light, light_of
from app.innovations.rules.stages import Origin, Stage, targets
from app.plans.models import Agency, Misi, Pillar
from app.plans.rules import MisiFacts
from app.proposals.models import Proposal

# How many of the longest waiting innovations the planner's desk looks at.
DESK_SIZE = 100


@dataclass(frozen=True)
class Card:
    """An innovation as lists show it."""

    id: int
    number: str
    name: str
    expansion: str
    stage: Stage
    stage_since: datetime
    registered_at: datetime
    origin: Origin
    pillar_number: int | None
    pillar: str | None
    agency_id: int | None
    agency: str | None
    agency_ended_on: date | None
    proposal_number: str | None
    silo_reasons: str
    silo_since: datetime | None
    score: int | None
    misi: tuple[MisiFacts, ...] = ()

    @property
    def risks(self) -> tuple[SiloRisk, ...]:
        return risks_of(self.silo_reasons, self.stage)

    @property
    def light(self) -> Light | None:
        return None if self.score is None else light_of(self.score)

    @property
    def knows_since(self) -> bool:
        """Since when a registered innovation stands in its first stage, its file may not say."""
        return self.origin is not Origin.REGISTERED or self.stage_since != self.registered_at


@dataclass(frozen=True)
class Ready:
    """An innovation with the stages whose gates ask for nothing more."""

    card: Card
    stages: tuple[Stage, ...]


def cards_select() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Innovation.id,
            Innovation.number,
            Innovation.name,
            Innovation.expansion,
            Innovation.stage,
            Innovation.stage_since,
            Innovation.registered_at,
            Innovation.origin,
            Pillar.number.label("pillar_number"),
            Pillar.name.label("pillar"),
            Innovation.agency_id,
            Agency.short_name.label("agency"),
            Agency.ended_on.label("agency_ended_on"),
            Proposal.number.label("proposal_number"),
            Innovation.silo_reasons,
            Innovation.silo_since,
            Innovation.score,
        )
        .outerjoin(Pillar, Pillar.id == Innovation.pillar_id)
        .outerjoin(Agency, Agency.id == Innovation.agency_id)
        .outerjoin(Proposal, Proposal.id == Innovation.origin_proposal_id)
    )


def with_misi(rows: Sequence[Any]) -> list[Card]:
    """The rows as cards with their misi, in one statement for all of them."""
    misi = misi_of_all([row.id for row in rows])
    return [replace(Card(*row), misi=tuple(misi.get(row.id, ()))) for row in rows]


def misi_of_all(ids: Sequence[int]) -> dict[int, list[MisiFacts]]:
    found: dict[int, list[MisiFacts]] = {}
    if ids:
        for row in session.execute(
            select(InnovationMisi.innovation_id, Misi.id, Misi.number, Misi.text, Misi.short)
            .join(Misi, Misi.id == InnovationMisi.misi_id)
            .where(InnovationMisi.innovation_id.in_(ids))
            .order_by(InnovationMisi.innovation_id, Misi.number)
        ):
            found.setdefault(row[0], []).append(MisiFacts(*row[1:]))
    return found


def ready(regency_code: str, today: date) -> list[Ready]:
    """Innovations whose next gate is complete, the longest waiting first; looks at the longest waiting only.

    What is held until a later day does not wait.
    """
    open_to = [stage for stage in Stage if targets(stage)]
    waits = Innovation.held_until.is_(None) | (Innovation.held_until <= today)
    rows = session.execute(
        cards_select()
        .where(Innovation.regency_code == regency_code, Innovation.stage.in_(open_to), waits)
        .order_by(Innovation.stage_since, Innovation.id)
        .limit(DESK_SIZE)
    ).all()
    held = held_of_all([row.id for row in rows])
    found = [
        Ready(Card(*row), tuple(to for to in targets(row.stage) if not missing(to, held[row.id], today)))
        for row in rows
    ]
    return [one for one in found if one.stages]
