"""The silo flag: judged anew whenever something it rests on changes, and every night, as time alone changes it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from app.backing import queries
from app.backing.models import SiloChange
from app.db.session import session
from app.innovations.actions import CHANGED, note_silo
from app.innovations.queries import held_of_all
from app.innovations.rules.gates import SiloRisk, silo_risk
from app.innovations.rules.provisions import day_in
from app.innovations.rules.stages import RUNNING, Stage
from app.kernel.listeners import listens
from app.regions.queries import regencies

# What has come to its end stands alone by right.
WATCHED = (*RUNNING, Stage.REVISION)


def judge(ids: Sequence[int], now: datetime) -> int:
    """Judge these innovations; how many stand differently from before. Those that run no more have no flag."""
    zones = {regency.code: regency.time_zone for regency in regencies()}
    held, changed = held_of_all(ids), defaultdict[tuple[SiloRisk, ...], list[int]](list)
    for row in queries.standing_of(ids):
        reasons = silo_risk(held[row.id], day_in(zones[row.regency_code], now)) if row.stage in WATCHED else ()
        if set(reasons) != row.known:
            changed[reasons].append(row.id)
    for reasons, together in changed.items():
        note_silo(together, reasons, now)
        codes = ",".join(reasons)
        session.execute(insert(SiloChange), [{"innovation_id": one, "reasons": codes, "at": now} for one in together])
    return sum(map(len, changed.values()))


@listens(CHANGED)
def judge_changed(what: tuple[Sequence[int], datetime]) -> None:
    judge(*what)


def judge_all(after_id: int, now: datetime) -> tuple[int | None, int]:
    """Judge the next batch; its last id, None where there is none left, and how many changed."""
    ids = queries.next_ids(after_id)
    return (ids[-1], judge(ids, now)) if ids else (None, 0)
