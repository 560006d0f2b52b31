"""Pages of proposals: the list, one proposal with its journey, writing one."""

from app.proposals.views import reading, writing
from app.proposals.views.blueprint import bp

__all__ = ["bp", "reading", "writing"]
