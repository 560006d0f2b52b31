"""Telling, half a year before, what ends: once for each thing and day, however often the night asks."""

from collections.abc import Mapping
from datetime import date, datetime

from app.backing import queries
from app.backing.models import CoverWarning
from app.backing.queries.work import running_after, told_about
from app.backing.rules.warnings import Ending, warning_text
from app.db.session import session
from app.db.upserts import add_once
from app.inbox.actions.telling import LIVES_FOR
from app.inbox.queries.reachable import phone_to_tell
from app.innovations.rules.provisions import day_in
from app.messages.actions import write
from app.messages.rules import Channel, Kind
from app.regions.queries import regencies

BATCH = 200
Rows = Mapping[int, tuple[int, str, str, int | None]]


def warn(after_id: int, now: datetime) -> tuple[int | None, int]:
    """Warn of the next batch of innovations; its last id, None where there is none left, and how many warnings."""
    rows: Rows = {row[0]: row for row in running_after(after_id, BATCH)}
    if not rows:
        return None, 0
    zones = {regency.code: regency.time_zone for regency in regencies()}
    told = 0
    for code in sorted({row[1] for row in rows.values()}):
        ids = [number for number, row in rows.items() if row[1] == code]
        told += sum(_tell(one, rows, now) for one in queries.endings(ids, day_in(zones[code], now)))
    return max(rows), told


def _tell(ending: Ending, rows: Rows, now: datetime) -> bool:
    """Keep the warning, and write to those who have agreed to messages; False where that was done before."""
    key = {"innovation_id": ending.innovation_id, "subject": ending.subject, "ends_on": ending.ends_on}
    if not add_once(CoverWarning, **key, at=now):
        return False
    _id, code, number, agency_id = rows[ending.innovation_id]
    for person_id in told_about(code, agency_id):
        if phone := phone_to_tell(person_id):
            text, mark = warning_text(ending, number), _mark(ending, person_id)
            write(Channel.PHONE, phone, Kind.NOTICE, text, mark, now, person_id=person_id, lives_for=LIVES_FOR)
    session.flush()
    return True


def _mark(ending: Ending, person_id: int) -> str:
    """The message's key: one for each person and ending."""
    ends: date = ending.ends_on
    return f"ends:{ending.innovation_id}:{ending.subject}:{ends:%Y%m%d}:{person_id}"
