"""Bringing in the registry of a regency: new innovations, and what a newer file says of those that are known."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select

from app.audit.actions import record, record_many
from app.db.session import session
from app.db.upserts import Tally
from app.innovations import queries
from app.innovations.actions.registering import begin, lock_numbers, numbers, place_anew
from app.innovations.models import Innovation, InnovationAffair
from app.innovations.permissions import POLICY, Can
from app.innovations.rules.profile import Affair
from app.innovations.rules.registry import Registered
from app.innovations.rules.stages import Origin, Stage
from app.kernel.actor import Actor
from app.kernel.policy import Within
from app.plans.queries import agencies_of, pillars_of
from app.regions.queries import find_regency
from app.search import actions as search

BATCH = 250
Progress = Callable[[int], object]
# Columns that a file fills as it names them; agencies, pillar and affairs are looked up.
SAME_NAME = (
    "expansion",
    "summary",
    "source",
    "latitude",
    "longitude",
    "initiator_kind",
    "form",
    "classification",
    "is_digital",
    "asta_cita",
    "cluster",
    "trial_on",
    "applied_on",
    "developed_on",
    "design",
    "aims",
    "benefits",
    "results",
    "cost",
    "cost_source",
)
IN_TRIAL = (Stage.TRIAL, Stage.EVALUATION)
IN_USE = (Stage.ADOPTED, Stage.INSTITUTIONALISED, Stage.REPLICATING)


@dataclass(frozen=True)
class _Here:
    """What a regency's rows refer to: its zone, the ids of pillars by number and of agencies by short name."""

    code: str
    zone: ZoneInfo
    pillars: dict[int, int]
    agencies: dict[str, int]


def bring_in(actor: Actor, rows: Sequence[Registered], now: datetime, progress: Progress | None = None) -> Tally:
    """Enter innovations that run already, and bring those up to date that are known by their name.

    A known one keeps its stage, which only gates change, and whatever the file leaves empty.
    """
    tally = Tally()
    for regency_code in sorted({row.regency_code for row in rows}):
        POLICY.require(actor, Can.REGISTER, Within(regency_code))
        here = _here(regency_code)
        lock_numbers(regency_code)  # who registers at the same moment waits, and finds the names taken
        known = queries.ids_by_name(regency_code)
        own = [row for row in rows if row.regency_code == regency_code]
        tally += _enter(actor, here, [row for row in own if row.name.casefold() not in known], now, progress or int)
        old = {known[row.name.casefold()]: row for row in own if row.name.casefold() in known}
        tally += _bring_up_to_date(actor, here, old, now, progress or int)
    return tally


def _here(regency_code: str) -> _Here:
    regency = find_regency(regency_code)
    assert regency is not None  # a foreign key
    return _Here(
        regency_code,
        ZoneInfo(regency.time_zone),
        {pillar.number: pillar.id for pillar in pillars_of(regency_code)},
        {agency.short_name: agency.id for agency in agencies_of(regency_code)},
    )


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _enter(actor: Actor, here: _Here, rows: Sequence[Registered], now: datetime, progress: Progress) -> Tally:
    if not rows:
        return Tally()
    given = iter(numbers(here.code, len(rows)))
    for batch in _batches(rows):
        innovations = [_new(here, row, next(given), now) for row in batch]
        begin(actor, innovations, now)
        _tie({one.id: row for one, row in zip(innovations, batch, strict=True)})
        progress(len(batch))
    record(actor, "register", f"innovations:{here.code}", now, count=len(rows))
    return Tally(new=len(rows))


def _new(here: _Here, row: Registered, number: str, now: datetime) -> Innovation:
    return Innovation(
        number=number,
        regency_code=here.code,
        name=row.name,
        stage=row.stage,
        stage_since=_since(here, row, now),
        origin=Origin.REGISTERED,
        initiator="",
        registered_at=now,
        **_columns(here, row),
    )


def _since(here: _Here, row: Registered, now: datetime) -> datetime:
    """Since when it stands in its stage, as far as the file tells."""
    day: date | None = row.trial_on if row.stage in IN_TRIAL else row.applied_on if row.stage in IN_USE else None
    return min(datetime.combine(day, time(), here.zone), now) if day else now


def _columns(here: _Here, row: Registered) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SAME_NAME} | {
        "pillar_id": here.pillars[row.pillar_number] if row.pillar_number is not None else None,
        "agency_id": here.agencies[row.agency] if row.agency else None,
        "contact_agency_id": here.agencies[row.contact_agency] if row.contact_agency else None,
        "village_code": row.village_code or None,
    }


def _tie(rows: dict[int, Registered]) -> None:
    """Give innovations the affairs that the file names, in place of what they had."""
    affairs = [
        {"innovation_id": key, "affair": affair, "is_main": place == 0}
        for key, row in rows.items()
        for place, affair in enumerate(row.affairs)
    ]
    if affairs:
        named = {one["innovation_id"] for one in affairs}
        session.execute(delete(InnovationAffair).where(InnovationAffair.innovation_id.in_(named)))
        session.execute(insert(InnovationAffair), affairs)


def _bring_up_to_date(
    actor: Actor, here: _Here, rows: dict[int, Registered], now: datetime, progress: Progress
) -> Tally:
    changed: list[int] = []
    for batch in _batches(list(rows)):
        found = session.scalars(select(Innovation).where(Innovation.id.in_(batch)).order_by(Innovation.id)).all()
        affairs = queries.affairs_of_all(batch)
        touched = [one for one in found if _change(here, one, rows[one.id], affairs.get(one.id, ()))]
        session.flush()
        _tie({one.id: rows[one.id] for one in touched})
        place_anew(touched)
        search.index_many(queries.SEARCHED, [(one.id, one.regency_code, queries.text_of(one)) for one in touched])
        changed += [one.id for one in touched]
        progress(len(batch))
    if changed:
        record_many(actor, "revise", [f"innovation:{key}" for key in changed], now, by="registry file")
    return Tally(changed=len(changed), same=len(rows) - len(changed))


def _change(here: _Here, innovation: Innovation, row: Registered, affairs: Sequence[Affair]) -> bool:
    """Write what the file fills and knows otherwise; whether there was anything."""
    wanted = {name: value for name, value in _columns(here, row).items() if value not in (None, "")}
    new = {name: value for name, value in wanted.items() if getattr(innovation, name) != value}
    for name, value in new.items():
        setattr(innovation, name, value)
    return bool(new) or (bool(row.affairs) and _ordered(row.affairs) != _ordered(affairs))


def _ordered(affairs: Sequence[Affair]) -> tuple[Affair, ...]:
    """The main one first, the others in a fixed order."""
    return (*affairs[:1], *sorted(affairs[1:]))
