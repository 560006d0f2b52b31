"""Pages of privacy: the notice, and what people do about their own data."""

from app.privacy.views import closing, notice, own
from app.privacy.views.blueprint import bp

__all__ = ["bp", "closing", "notice", "own"]
