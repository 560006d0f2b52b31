"""Reading news: what concerns a person, the newest first."""

from app.inbox.models import InboxMark, News, NewsFor, NewsTopic

__all__ = ["InboxMark", "News", "NewsFor", "NewsTopic"]
