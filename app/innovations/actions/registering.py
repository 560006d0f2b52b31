"""Entering innovations, each with its number and the first entry of its history."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, insert

from app.db.session import session
from app.db.upserts import count_up
from app.innovations import queries
from app.innovations.actions.providing import CHANGED
from app.innovations.models import Innovation, InnovationDistrict, InnovationSequence, StageEntry
from app.innovations.rules.profile import DistrictLink
from app.innovations.rules.stages import StageEvent, format_number
from app.kernel.actor import Actor, Role
from app.kernel.listeners import announce
from app.regions.queries import find_regency
from app.search import actions as search

# In which role somebody acts who has several; without any as a resident.
ROLES = (Role.PLANNER, Role.OFFICER, Role.FACILITATOR, Role.ADMINISTRATOR)

search.searches(queries.SEARCHED)(queries.all_texts)


def numbers(regency_code: str, count: int) -> list[str]:
    """The next numbers of the regency, each given once however many ask at the same moment."""
    regency = find_regency(regency_code)
    assert regency is not None  # a foreign key
    last = count_up(InnovationSequence.last, count, regency_code=regency_code)
    return [format_number(regency.number_prefix, sequence) for sequence in range(last - count + 1, last + 1)]


def lock_numbers(regency_code: str) -> None:
    """Lock the regency's sequence until the end: nobody else begins an innovation there meanwhile."""
    count_up(InnovationSequence.last, 0, regency_code=regency_code)


def begin(actor: Actor, innovations: Sequence[Innovation], now: datetime) -> None:
    """Add new innovations, each with the first entry of its history, its kecamatan, and its words to be found by."""
    session.add_all(innovations)
    session.flush()
    session.add_all(entry(actor, innovation, StageEvent.REGISTER, now) for innovation in innovations)
    session.flush()
    place_anew(innovations)
    search.index_many(queries.SEARCHED, [(one.id, one.regency_code, queries.text_of(one)) for one in innovations])
    announce(CHANGED, ([innovation.id for innovation in innovations], now))


def place_anew(innovations: Sequence[Innovation]) -> None:
    """Let innovations be found under the kecamatan of their village."""
    districts = {one.id: one.village_code.rpartition(".")[0] for one in innovations if one.village_code}
    if not districts:
        return
    mine = InnovationDistrict.innovation_id.in_(districts) & (InnovationDistrict.link == DistrictLink.ORIGIN)
    session.execute(delete(InnovationDistrict).where(mine))
    rows = [{"innovation_id": key, "district_code": code} for key, code in districts.items()]
    session.execute(insert(InnovationDistrict).values(link=DistrictLink.ORIGIN), rows)


def entry(
    actor: Actor,
    innovation: Innovation,
    event: StageEvent,
    now: datetime,
    reason: str = "",
    lesson: str = "",
    until: date | None = None,
) -> StageEntry:
    """The line of the history that says where the innovation stands now, and by which role."""
    role = next((role for role in ROLES if actor.holds(role, innovation.village_code or innovation.regency_code)), None)
    return StageEntry(
        innovation_id=innovation.id,
        event=event,
        stage=innovation.stage,
        at=now,
        actor_id=actor.person_id,
        role=role,
        reason=reason.strip(),
        lesson=lesson.strip(),
        until=until,
    )
