"""The silo flag: how innovations stand, who stands worst, and how it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.backing.models import SiloChange
from app.db.session import session
from app.innovations.models import Innovation
from app.innovations.queries.board import FOREVER
from app.innovations.rules.board import risks_of
from app.innovations.rules.gates import SiloRisk
from app.innovations.rules.stages import Stage
from app.kernel.paging import PAGE_SIZE, Page, page_of, parse_mark
from app.plans.models import Agency
from app.proposals.queries import from_micros, micros

BATCH = 500


@dataclass(frozen=True)
class Standing:
    """What the flag is judged by, beside what the innovation has."""

    id: int
    regency_code: str
    stage: Stage
    silo_reasons: str

    @property
    def known(self) -> set[SiloRisk]:
        """The reasons that stand there now, whatever the stage."""
        return {risk for risk in SiloRisk if risk in self.silo_reasons.split(",")}


def standing_of(ids: Sequence[int]) -> list[Standing]:
    rows: list[Standing] = []
    for start in range(0, len(ids), BATCH):
        batch = Innovation.id.in_(ids[start : start + BATCH])
        columns = (Innovation.id, Innovation.regency_code, Innovation.stage, Innovation.silo_reasons)
        rows += [Standing(*row) for row in session.execute(select(*columns).where(batch).order_by(Innovation.id))]
    return rows


def next_ids(after_id: int) -> Sequence[int]:
    """The next innovations by id, of all regencies."""
    asked = select(Innovation.id).where(Innovation.id > after_id)
    return session.scalars(asked.order_by(Innovation.id).limit(BATCH)).all()


@dataclass(frozen=True)
class SiloRow:
    """An innovation that may end with one person."""

    id: int
    number: str
    name: str
    stage: Stage
    agency: str | None
    silo_reasons: str
    since: datetime

    @property
    def risks(self) -> tuple[SiloRisk, ...]:
        return risks_of(self.silo_reasons, self.stage)

    @property
    def weight(self) -> int:
        return len(self.risks)


def worst(regency_code: str, after: str | None, size: int = PAGE_SIZE) -> Page[SiloRow]:
    """Those with the most reasons first, then those who have had them for longest."""
    commas = func.length(Innovation.silo_reasons) - func.length(func.replace(Innovation.silo_reasons, ",", ""))
    asked = (
        select(
            Innovation.id,
            Innovation.number,
            Innovation.name,
            Innovation.stage,
            Agency.name,
            Innovation.silo_reasons,
            Innovation.silo_since,
        )
        .outerjoin(Agency, Agency.id == Innovation.agency_id)
        .where(Innovation.regency_code == regency_code, Innovation.silo_reasons != "")
    )
    mark = parse_mark(after, 3)
    if mark and mark[1] < FOREVER:
        weight, since, number = mark[0] - 1, from_micros(mark[1]), mark[2]
        later = (Innovation.silo_since > since) | ((Innovation.silo_since == since) & (Innovation.id > number))
        asked = asked.where((commas < weight) | ((commas == weight) & later))
    asked = asked.order_by(commas.desc(), Innovation.silo_since, Innovation.id).limit(size + 1)
    found: Sequence[Any] = session.execute(asked).all()
    rows = [SiloRow(*row) for row in found]
    return page_of(rows, size, lambda row: f"{row.weight}-{micros(row.since)}-{row.id}")


def silo_history(innovation_id: int) -> list[tuple[datetime, tuple[SiloRisk, ...]]]:
    """When the reasons changed and what they were from then on, the latest first."""
    rows = session.execute(
        select(SiloChange.at, SiloChange.reasons)
        .where(SiloChange.innovation_id == innovation_id)
        .order_by(SiloChange.id.desc())
        .limit(BATCH)
    )
    return [(row.at, risks_of(row.reasons, Stage.IDEA)) for row in rows]
