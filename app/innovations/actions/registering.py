"""Entering innovations that run already; numbers and first entries of all innovations."""

from collections.abc import Sequence
from datetime import datetime

from app.audit.actions import record
from app.db.session import session
from app.db.upserts import count_up
from app.innovations import queries
from app.innovations.models import Innovation, InnovationSequence, StageEntry
from app.innovations.permissions import POLICY, Can
from app.innovations.rules.registry import Registered
from app.innovations.rules.stages import Origin, StageEvent, format_number
from app.kernel.actor import Actor, Role
from app.kernel.policy import Within
from app.plans.queries import pillars_of
from app.regions.queries import find_regency


def register(actor: Actor, rows: Sequence[Registered], now: datetime) -> int:
    """Enter innovations that run already, and tell how many were new; what is registered stays as it is."""
    added = 0
    for regency_code in sorted({row.regency_code for row in rows}):
        POLICY.require(actor, Can.REGISTER, Within(regency_code))
        added += _register(actor, regency_code, [row for row in rows if row.regency_code == regency_code], now)
    return added


def _register(actor: Actor, regency_code: str, rows: Sequence[Registered], now: datetime) -> int:
    _take(regency_code, 0)  # locks the sequence: who registers at the same moment waits, and finds the names taken
    taken = queries.names_in(regency_code)
    new = [row for row in rows if row.name.casefold() not in taken]
    if not new:
        return 0
    pillars = {pillar.number: pillar.id for pillar in pillars_of(regency_code)}
    innovations = [
        Innovation(
            number=number,
            regency_code=regency_code,
            name=row.name,
            expansion=row.expansion,
            summary=row.summary,
            pillar_id=None if row.pillar_number is None else pillars[row.pillar_number],
            stage=row.stage,
            stage_since=now,
            origin=Origin.REGISTERED,
            initiator="",
            source=row.source,
            registered_at=now,
        )
        for number, row in zip(numbers(regency_code, len(new)), new, strict=True)
    ]
    begin(actor, innovations, now)
    record(actor, "register", f"innovations:{regency_code}", now, count=len(new))
    return len(new)


def numbers(regency_code: str, count: int) -> list[str]:
    """The next numbers of the regency, each given once however many ask at the same moment."""
    regency = find_regency(regency_code)
    assert regency is not None  # a foreign key
    last = _take(regency_code, count)
    return [format_number(regency.number_prefix, sequence) for sequence in range(last - count + 1, last + 1)]


def _take(regency_code: str, count: int) -> int:
    """Raise the regency's sequence and tell where it stands; its row stays locked until the end."""
    return count_up(InnovationSequence.last, count, regency_code=regency_code)


def begin(actor: Actor, innovations: Sequence[Innovation], now: datetime) -> None:
    """Add new innovations, each with the first entry of its history."""
    session.add_all(innovations)
    session.flush()
    session.add_all(entry(actor, innovation, StageEvent.REGISTER, now) for innovation in innovations)
    session.flush()


def entry(
    actor: Actor, innovation: Innovation, event: StageEvent, now: datetime, reason: str = "", lesson: str = ""
) -> StageEntry:
    """The line of the history that says where the innovation stands now, and by which role."""
    role = Role.PLANNER if actor.holds(Role.PLANNER, innovation.regency_code) else Role.ADMINISTRATOR
    return StageEntry(
        innovation_id=innovation.id,
        event=event,
        stage=innovation.stage,
        at=now,
        actor_id=actor.person_id,
        role=role,
        reason=reason.strip(),
        lesson=lesson.strip(),
    )
