"""Reminding officers of a report: some days before the deadline, and once it is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from app.accounts.models import RoleGrant
from app.db.session import session
from app.inbox.actions.telling import LIVES_FOR
from app.inbox.queries.reachable import phone_to_tell
from app.kernel.actor import Role
from app.messages.actions import write
from app.messages.rules import Channel, Kind
from app.monitoring.models import Report, Standing
from app.monitoring.queries import column_of
from app.monitoring.rules.quarters import Quarter, last_ended
from app.monitoring.rules.reports import ReportStatus
from app.monitoring.rules.things import ThingKind
from app.regions.rules import Regency
from app.vault import blind_index

REMINDS_BEFORE = timedelta(days=5)
REMINDS_AFTER = timedelta(days=30)
MOST_REMINDED = 500


class Moment(StrEnum):
    BEFORE = "before"
    AFTER = "after"


# What messages say: in Indonesian, whoever reads them, and short.
TEXTS = {
    Moment.BEFORE: "Mufakat: {count} laporan triwulan {quarter} belum dikirim. Batasnya {day:%d-%m-%Y}.",
    Moment.AFTER: "Mufakat: {count} laporan triwulan {quarter} terlambat sejak {day:%d-%m-%Y}. Kirim sekarang.",
}


def moment_of(quarter: Quarter, zone: str, now: datetime) -> Moment | None:
    """Which reminder is due; none in the first days, and none for ever."""
    deadline = quarter.deadline(zone)
    if deadline - REMINDS_BEFORE <= now < deadline:
        return Moment.BEFORE
    return Moment.AFTER if deadline <= now < deadline + REMINDS_AFTER else None


def remind(regency: Regency, now: datetime) -> int:
    """Write to officers who owe reports, once before and once after the deadline; how many were addressed."""
    quarter = last_ended(now, regency.time_zone)
    moment = moment_of(quarter, regency.time_zone, now)
    if moment is None:
        return 0
    owed = _owed(regency, quarter)
    told = 0
    for person_id, agency_id in _officers(regency.code):
        phone = phone_to_tell(person_id) if owed.get(agency_id) else None
        if phone:
            facts = {"count": owed[agency_id], "quarter": quarter.number, "day": quarter.last_day_to_report}
            key = f"report:{quarter}:{moment}:{blind_index('report', str(person_id))[:32]}"
            text = TEXTS[moment].format(**facts)
            write(Channel.PHONE, phone, Kind.NOTICE, text, key, now, person_id=person_id, lives_for=LIVES_FOR)
            told += 1
    return told


def _owed(regency: Regency, quarter: Quarter) -> dict[int | None, int]:
    """How many reports of the quarter each agency owes."""
    counted = (Report.year == quarter.year) & (Report.quarter == quarter.number)
    counted &= (Report.regency_code == regency.code) & (Report.status != ReportStatus.RETURNED)
    ends = quarter.ends(regency.time_zone)
    found: dict[int | None, int] = {}
    for kind in ThingKind:
        column = column_of(Standing, kind)
        there = select(column_of(Report, kind)).where(counted, column_of(Report, kind).is_not(None))
        owing = (Standing.regency_code == regency.code) & Standing.is_open & (Standing.since < ends)
        asked = select(Standing.agency_id).where(owing, column.is_not(None), column.not_in(there))
        for agency_id in session.scalars(asked.order_by(Standing.id)):
            found[agency_id] = found.get(agency_id, 0) + 1
    return found


def _officers(regency_code: str) -> Sequence[tuple[int, int | None]]:
    asked = select(RoleGrant.person_id, RoleGrant.agency_id).where(
        RoleGrant.role == Role.OFFICER, RoleGrant.scope == regency_code, RoleGrant.until.is_(None)
    )
    rows = session.execute(asked.distinct().order_by(RoleGrant.person_id, RoleGrant.agency_id).limit(MOST_REMINDED))
    return [(person_id, agency_id) for person_id, agency_id in rows]
