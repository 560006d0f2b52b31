"""Marking news as read, and forgetting what is old."""

from datetime import datetime

from sqlalchemy import delete, select, update

from app.db.session import session
from app.db.upserts import add_once
from app.inbox.models import InboxMark, News, NewsFor, NewsTopic
from app.inbox.rules import KEPT_FOR
from app.kernel.actor import Actor

MOST_SWEPT = 1000


def mark_read(actor: Actor, to: int) -> None:
    """All news up to this number is read; what came after the page was shown is not."""
    add_once(InboxMark, person_id=actor.person_id, read_to=to)
    is_behind = (InboxMark.person_id == actor.person_id) & (InboxMark.read_to < to)
    session.execute(update(InboxMark).where(is_behind).values(read_to=to))


def sweep(now: datetime) -> int:
    """Forget one batch of old news; how many. To be called until it says none."""
    old = select(News.id).where(News.at < now - KEPT_FOR).order_by(News.id).limit(MOST_SWEPT)
    ids = session.scalars(old).all()
    for column in (NewsTopic.news_id, NewsFor.news_id, News.id):
        session.execute(delete(column.class_).where(column.in_(ids)))
    return len(ids)
