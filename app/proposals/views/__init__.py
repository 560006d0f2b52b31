"""Pages of proposals: the list, one with its journey, writing one by questions or at once, sending, changing it."""

from app.proposals.views import mending, one_page, reading, sending, versions, wizard
from app.proposals.views.blueprint import bp

__all__ = ["bp", "mending", "one_page", "reading", "sending", "versions", "wizard"]
