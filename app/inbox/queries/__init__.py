"""Reading news: what concerns a person, the newest first, gathered when they look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select, union_all
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.db.session import session
from app.discussion.models import Comment, Follow, Support
from app.discussion.rules.comments import Voice
from app.discussion.rules.follows import Topic
from app.inbox.models import InboxMark, News, NewsFor, NewsTopic
from app.inbox.rules import FOR_SUPPORTERS, MOST_COUNTED, NewsKind
from app.kernel.paging import LARGEST, PAGE_SIZE, Page, page_of, parse_mark
from app.proposals.models import Proposal, TimelineEntry
from app.proposals.rules import Event
from app.regions.models import RegencyProfile

# So many news at most may have been numbered in another order than they happened.
AT_ONCE = 50


@dataclass(frozen=True)
class Reader:
    """A person with how far they have read and all that they follow: what, and since when."""

    person_id: int
    read_to: int
    follows: tuple[tuple[Topic, str, datetime], ...]


@dataclass(frozen=True)
class Span:
    """Which news is asked for: numbers between two others (both left out), moments in a half-open window."""

    above: int = 0
    below: int = LARGEST
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class NewsLine:
    """News as it is shown; a proposal that is hidden from this reader has no title.

    `is_own` says that the proposal is the reader's, `is_to_me` that an answer is to their comment.
    """

    id: int
    kind: NewsKind
    at: datetime
    count: int
    number: str
    slug: str
    title: str
    is_own: bool
    event: Event | None
    comment_id: int | None
    voice: Voice | None
    is_to_me: bool


def reader_of(person_id: int) -> Reader:
    """One statement."""
    rows = session.execute(
        select(InboxMark.read_to, Follow.kind, Follow.ref, Follow.at)
        .select_from(Person)
        .outerjoin(InboxMark, InboxMark.person_id == Person.id)
        .outerjoin(Follow, Follow.person_id == Person.id)
        .where(Person.id == person_id)
        .order_by(Follow.kind, Follow.ref)
    ).all()
    follows = tuple((row.kind, row.ref, row.at) for row in rows if row.kind)
    return Reader(person_id, (rows[0].read_to if rows else 0) or 0, follows)


def newest_ids(reader: Reader, span: Span, most: int) -> Sequence[int]:
    """The numbers of the newest news that concerns the reader.

    Each thing followed is asked for no more than `most` rows of its own index: whoever follows a busy misi
    waits no longer than others, and news is written once however many follow.
    """
    branches = [_direct(reader), _of_supported(reader), *(_of_topic(*follow) for follow in reader.follows)]
    found = union_all(*(_latest(branch, span, most) for branch in branches)).subquery()
    ids = select(found.c.id).distinct().order_by(found.c.id.desc()).limit(most)
    return session.scalars(ids).all()


# A branch with the column that numbers its news: the one whose index the rows come from in order.
Branch = tuple[Select[int], Any]


def _direct(reader: Reader) -> Branch:
    number = NewsFor.news_id
    return select(number).join(News, News.id == number).where(NewsFor.person_id == reader.person_id), number


def _of_topic(kind: Topic, ref: str, since: datetime) -> Branch:
    number = NewsTopic.news_id
    is_it = (NewsTopic.kind == kind) & (NewsTopic.ref == ref) & (number >= _first_since(since))
    return select(number).join(News, News.id == number).where(is_it, News.at >= since), number


def _first_since(since: Any) -> Any:
    """No news of that moment or later has a lower number: so what is older need not be read to be left out.

    Numbers follow moments but for what happened at once, hence the lowest of several.
    """
    news = aliased(News)
    first = select(news.id).where(news.at >= since).order_by(news.at, news.id).limit(AT_ONCE).correlate(Follow)
    return select(func.coalesce(func.min(first.subquery().c.id), LARGEST)).scalar_subquery()


def _of_supported(reader: Reader) -> Branch:
    """What supporters hear of the proposals that they back, though they do not follow them."""
    asked = (
        select(News.id)
        .join(Support, Support.proposal_id == News.proposal_id)
        .join(TimelineEntry, TimelineEntry.id == News.entry_id)
        .where(Support.person_id == reader.person_id, News.at >= Support.at, TimelineEntry.event.in_(FOR_SUPPORTERS))
    )
    return asked, News.id


def _latest(branch: Branch, span: Span, most: int) -> Any:
    asked, number = branch
    asked = asked.where(number > span.above, number < span.below)
    if span.since:
        asked = asked.where(News.at >= span.since)
    if span.until:
        asked = asked.where(News.at < span.until)
    newest = asked.order_by(number.desc()).limit(most).subquery()
    return select(newest.c[0].label("id"))


def lines_of(reader: Reader, ids: Sequence[int]) -> list[NewsLine]:
    """The news of these numbers, the newest first, in one statement."""
    if not ids:
        return []
    parent = aliased(Comment)
    is_own = Proposal.author_id == reader.person_id
    title = case((Proposal.public_since.is_not(None) | is_own, Proposal.title), else_="")
    rows = session.execute(
        select(
            News.id,
            News.kind,
            News.at,
            News.count,
            Proposal.number,
            RegencyProfile.slug,
            title,
            is_own,
            TimelineEntry.event,
            News.comment_id,
            Comment.voice,
            parent.author_id == reader.person_id,
        )
        .join(Proposal, Proposal.id == News.proposal_id)
        .join(RegencyProfile, RegencyProfile.code == Proposal.regency_code)
        .outerjoin(TimelineEntry, TimelineEntry.id == News.entry_id)
        .outerjoin(Comment, Comment.id == News.comment_id)
        .outerjoin(parent, parent.id == Comment.parent_id)
        .where(News.id.in_(ids))
        .order_by(News.id.desc())
    )
    return [NewsLine(*row) for row in rows]


def inbox(reader: Reader, after: str | None, size: int = PAGE_SIZE) -> Page[NewsLine]:
    """Two statements."""
    mark = parse_mark(after, 1)
    ids = newest_ids(reader, Span(below=mark[0]) if mark else Span(), size + 1)
    page = page_of(ids, size, str)
    return Page(lines_of(reader, page.rows), page.after)


def count_unread(person_id: int) -> int:
    """No more than MOST_COUNTED, in one statement that stops there: no order, and no row more than is counted."""
    mark = select(InboxMark.read_to).where(InboxMark.person_id == person_id).scalar_subquery()
    read_to, reader, number = func.coalesce(mark, 0), Reader(person_id, 0, ()), NewsTopic.news_id
    of_topics = (
        select(number)
        .join(News, News.id == number)
        .join(Follow, (Follow.kind == NewsTopic.kind) & (Follow.ref == NewsTopic.ref))
        .where(Follow.person_id == person_id, News.at >= Follow.at, number >= _first_since(Follow.at))
    )
    branches = (_direct(reader), _of_supported(reader), (of_topics, number))
    unread = (asked.where(by > read_to).limit(MOST_COUNTED).subquery() for asked, by in branches)
    found = union_all(*(select(one.c[0].label("id")) for one in unread)).subquery()
    return min(session.scalar(select(func.count(found.c.id.distinct()))) or 0, MOST_COUNTED)


def find_news(proposal_id: int, day: Any) -> News:
    """The row of a day's talk."""
    return session.scalars(select(News).where(News.proposal_id == proposal_id, News.day == day)).one()
