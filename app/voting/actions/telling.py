"""Telling people that their vote was replaced, so that whoever did not do it themselves learns of it in time.

Told once a day, all together, and without a word on what was chosen: no message tells when a vote came.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.inbox.queries.reachable import phone_to_tell
from app.messages.actions import write
from app.messages.rules import Channel, Kind
from app.regions.queries import regencies
from app.vault import blind_index
from app.voting.queries import open_contests, roll
from app.voting.queries.roll import Replaced
from app.voting.rules.assisting import days_to_tell

LIVES_FOR = timedelta(days=1)
TEXT = (
    "Mufakat: suara Anda di {title} diganti pada {day}. Yang dihitung hanya yang terakhir. "
    "Bukan Anda? Ganti kata sandi, pilih lagi, dan lapor ke pendamping desa."
)


def tell_replaced(now: datetime) -> int:
    """Write to all whose vote in an open contest was replaced, where they have agreed to messages; how many."""
    told = 0
    for regency in regencies():
        days = days_to_tell(now.astimezone(ZoneInfo(regency.time_zone)))
        for contest in open_contests(regency.code, now):
            told += sum(_tell(one, now) for one in roll.replaced_on(contest.id, days))
    return told


def _tell(vote: Replaced, now: datetime) -> bool:
    phone = phone_to_tell(vote.person_id)
    if phone is None or vote.on is None:
        return False
    key = f"replaced:{blind_index('replaced', f'{vote.contest_id}|{vote.person_id}|{vote.on}')[:40]}"
    text = TEXT.format(title=vote.title, day=f"{vote.on:%d-%m-%Y}")
    write(Channel.PHONE, phone, Kind.NOTICE, text, key, now, person_id=vote.person_id, lives_for=LIVES_FOR)
    return True
