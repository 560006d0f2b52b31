"""Pages of the inbox, and its panel on the account page."""

from app.inbox.views import pages
from app.inbox.views.blueprint import bp

__all__ = ["bp", "pages"]
