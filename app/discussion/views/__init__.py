"""Pages of supports, comments and follows, and their panels on the pages of others."""

from app.discussion.views import support
from app.discussion.views.blueprint import bp

__all__ = ["bp", "support"]
