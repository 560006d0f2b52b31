"""Telling by message: a few things at once, the rest once a day, to those alone who have agreed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.db.session import session
from app.db.upserts import add_once
from app.inbox.models import InboxMark
from app.inbox.queries import NewsLine, Reader, Span, lines_of, newest_ids, reader_of
from app.inbox.queries.reachable import lock_mark, not_told_on, phone_to_tell
from app.inbox.rules import MOST_COUNTED, SETTLES_IN, URGENT, digest_since, is_told_today
from app.inbox.rules.texts import Told, digest_text, urgent_text
from app.messages.actions import write
from app.messages.rules import Channel, Kind
from app.proposals.models import Proposal, TimelineEntry
from app.regions.queries import find_regency
from app.vault import blind_index

LIVES_FOR = timedelta(days=2)
_bases: list[str] = []


def configure(base_url: str) -> None:
    """Where this installation stands, once at start; where it is empty, messages come without an address."""
    _bases[:] = [base_url]


def _address(path: str) -> str:
    return f"{_bases[0]}{path}" if _bases and _bases[0] else ""


def tell_at_once(entry: TimelineEntry, proposal: Proposal) -> None:
    """Write to the author what they have waited for, or what they must do by a day."""
    phone, regency = phone_to_tell(proposal.author_id), find_regency(proposal.regency_code)
    if phone and regency and proposal.number:
        url = _address(f"/{regency.slug}/usulan/{proposal.number}")
        text = urgent_text(entry.event, proposal.number, url)
        key = f"step:{entry.id}"
        write(Channel.PHONE, phone, Kind.NOTICE, text, key, entry.at, person_id=proposal.author_id, lives_for=LIVES_FOR)


@dataclass(frozen=True)
class Digested:
    """What became of a batch: the last person looked at, None where there was nobody left, and how many were told."""

    last_id: int | None = None
    told: int = 0


def send_digests(after_id: int, now: datetime) -> Digested:
    """Tell the next batch of people what is new to them, each once a day at most.

    A batch is one transaction: what a crash undoes is done by the next run. Of two workers at the same person the
    second waits for the first, sees that they were told today, and goes on.
    """
    people = not_told_on(now.date(), after_id)
    told = sum(_digest(person_id, now) for person_id in people)
    return Digested(people[-1] if people else None, told)


def _digest(person_id: int, now: datetime) -> bool:
    add_once(InboxMark, person_id=person_id, read_to=0)
    mark, phone = lock_mark(person_id), phone_to_tell(person_id)
    if is_told_today(mark.told_on, now) or phone is None:
        return False
    until = now - SETTLES_IN
    reader = reader_of(person_id)
    span = Span(above=reader.read_to, since=digest_since(mark.told_until, now), until=until)
    news = [_told(line) for line in _unsaid(reader, span)]
    if not news:
        return False
    key = f"digest:{blind_index('digest', f'{person_id}:{now.date()}')[:40]}"
    text = digest_text(news, _address("/kotak-masuk"), _address("/akun/persetujuan"))
    write(Channel.PHONE, phone, Kind.NOTICE, text, key, now, person_id=person_id, lives_for=LIVES_FOR)
    mark.told_until, mark.told_on = until, now.date()
    session.flush()
    return True


def _unsaid(reader: Reader, span: Span) -> list[NewsLine]:
    """Unread news, without what was told at once and what is hidden by now."""
    lines = lines_of(reader, newest_ids(reader, span, MOST_COUNTED))
    return [line for line in lines if line.title and not (line.is_own and line.event in URGENT)]


def _told(line: NewsLine) -> Told:
    return Told(line.number, line.kind, line.event)
