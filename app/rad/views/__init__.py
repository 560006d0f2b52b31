"""The plan's pages: for everybody, for its planner, as files, and on the pages of innovations and proposals."""

from app.rad.views import downloads, keeping, panels, public
from app.rad.views.blueprint import bp

__all__ = ["bp", "downloads", "keeping", "panels", "public"]
