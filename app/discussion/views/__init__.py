"""Pages of supports, comments and follows, and their panels on the pages of others."""

from app.discussion.views import comments, follows, linking, speaking, support
from app.discussion.views.blueprint import bp

__all__ = ["bp", "comments", "follows", "linking", "speaking", "support"]
