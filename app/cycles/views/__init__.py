"""Pages of cycles: the planner's phases and ceilings, and how ceilings were shared out, for everybody."""

from app.cycles.views import cycle, sharing
from app.cycles.views.blueprint import bp

__all__ = ["bp", "cycle", "sharing"]
