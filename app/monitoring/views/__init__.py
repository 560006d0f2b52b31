"""Monitoring's pages: for everybody, for who reports and verifies, for residents, and on pages of other rooms."""

from app.monitoring.views import checking, measuring, panels, public, reporting
from app.monitoring.views.blueprint import bp

__all__ = ["bp", "checking", "measuring", "panels", "public", "reporting"]
