"""When a proposal takes support and words, what becomes of a comment, and how much somebody may follow."""

from app.discussion.rules.comments import LIFECYCLE
from app.discussion.rules.supports import BEFORE_PUBLISHING, Refusal, last_closing, next_opening, refuse_support

__all__ = ["BEFORE_PUBLISHING", "LIFECYCLE", "Refusal", "last_closing", "next_opening", "refuse_support"]
